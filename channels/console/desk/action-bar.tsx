import { CheckOutlined, RollbackOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { asApiError } from '../api/error.ts';
import type { Conversation } from '../api/types.ts';
import { useSession } from '../app/session.tsx';
import { named, useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import { FinishDialog } from './finish-dialog.tsx';

interface Props {
  conversation: Conversation;
  onMoved(): void;
  onTakenBy(name: string): void;
}

/** 接起, 交还, 结束: who has the conversation, and handing it on. */
export function ActionBar({ conversation, onMoved, onTakenBy }: Props) {
  const t = useT();
  const { person, scope } = useSession();
  const { episode, channel, site } = conversation;
  const open = episode !== null && episode.closedAt === null;
  const held = open && episode.owner === 'agent';
  const mine = held && episode.personId === person.id;
  // Whoever has it open may read it, so it lies in their team or centre.
  const may = (action: string) => mine || (held && ['team', 'centre'].includes(scope(action) ?? ''));
  return (
    <div className="action-bar">
      <h2>
        {named(t, 'channel', channel)} · {site}
      </h2>
      <div className="action-bar-acts">
        {open && episode.owner !== 'agent' && (
          <Take id={conversation.id} from={episode.owner} onMoved={onMoved} onTakenBy={onTakenBy} />
        )}
        {may('desk.release') && <Release id={conversation.id} onMoved={onMoved} />}
        {may('desk.finish') && <Finish id={conversation.id} onMoved={onMoved} />}
      </div>
    </div>
  );
}

function Take({
  id,
  from,
  onMoved,
  onTakenBy,
}: { id: string; from: 'queue' | 'bot' } & Pick<Props, 'onMoved' | 'onTakenBy'>) {
  const t = useT();
  const { can } = useSession();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  if (!can('desk.take')) return null;
  const take = async () => {
    setBusy(true);
    try {
      await call(
        'POST /api/v1/desk/conversations/:id/take',
        { params: { id }, body: { from } },
        { clientId: newClientId() },
      );
    } catch (error) {
      const told = asApiError(error);
      if (told.code === 'already_taken') onTakenBy(String(told.details.by ?? ''));
      message.warning(wordsFor(error, t));
    } finally {
      setBusy(false);
      onMoved();
    }
  };
  return (
    <Button type="primary" onClick={take} loading={busy} data-testid="take">
      {t('desk.take')}
    </Button>
  );
}

function Release({ id, onMoved }: { id: string; onMoved(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const release = async () => {
    try {
      await call(
        'POST /api/v1/desk/conversations/:id/release',
        { params: { id } },
        { clientId: newClientId() },
      );
      message.success(t('desk.released'));
    } catch (error) {
      message.error(wordsFor(error, t));
    }
    onMoved();
  };
  // No question is asked: whoever pressed it by mistake can take the conversation again.
  return (
    <Button icon={<RollbackOutlined />} onClick={release} data-testid="release">
      {t('desk.release')}
    </Button>
  );
}

function Finish({ id, onMoved }: { id: string; onMoved(): void }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon={<CheckOutlined />} onClick={() => setAsking(true)} data-testid="finish">
        {t('desk.finish')}
      </Button>
      {asking && <FinishDialog conversationId={id} onClose={() => setAsking(false)} onFinished={onMoved} />}
    </>
  );
}
