import { Alert, Button, Drawer, Steps } from 'antd';
import { useEffect, useState } from 'react';
import type { Broadcast } from '../api/types.ts';
import { go } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { useLanguage, useT } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';
import { Acts } from './acts.tsx';
import { Audience } from './audience.tsx';
import { Editor } from './editor.tsx';
import { Progress } from './progress.tsx';
import type { DetailProps } from './props.ts';
import { TestSend } from './test-send.tsx';
import { useBroadcast } from './use-broadcast.ts';

/** Stands in the address where a broadcast's id would. */
export const NEW = 'new';

interface Props {
  id: string;
  onClose(): void;
  onChanged(): void;
}

export function BroadcastDrawer({ id, onClose, onChanged }: Props) {
  const t = useT();
  const begun = (made: Broadcast) => {
    onChanged();
    go('broadcasts', made.id, { replace: true });
  };
  return (
    <Drawer
      open
      rootStyle={{ top: 52 }}
      onClose={onClose}
      size={620}
      title={t('shell.broadcasts')}
      mask={false}
    >
      <div data-testid="broadcast-drawer" className="broadcast">
        {id === NEW ? (
          <>
            <Path current={0} />
            <Editor onSaved={begun} />
          </>
        ) : (
          <Existing id={id} onChanged={onChanged} />
        )}
      </div>
    </Drawer>
  );
}

/** The way of a broadcast, and how far this one has come. */
function Path({ current }: { current: number }) {
  const t = useT();
  const words = ['stepContent', 'stepAudience', 'stepApprove', 'stepSend'] as const;
  const items = words.map((word) => ({ title: t(`broadcasts.${word}`) }));
  return <Steps size="small" current={current} items={items} className="broadcast-path" />;
}

const STEP = { submitted: 2, approved: 3, scheduled: 3, running: 3, paused: 3, done: 4, cancelled: 3 };
const stepOf = ({ state }: Broadcast) => (state === 'draft' ? 1 : STEP[state]);

function Existing({ id, onChanged }: Pick<Props, 'id' | 'onChanged'>) {
  const broadcast = useBroadcast(id);
  const { data, error, reload, set } = broadcast;
  const shown = data && [data.title, data.state, data.recipients, data.approver].join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` is what the list beside it shows too
  useEffect(onChanged, [shown]);
  if (!data) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  const changed = (next: Broadcast) => {
    set(next);
    onChanged();
  };
  return <Detail broadcast={data} onChanged={changed} onStale={reload} />;
}

function Detail(props: DetailProps) {
  const { broadcast } = props;
  const { t } = useLanguage();
  const { can } = useSession();
  const [editing, setEditing] = useState(false);
  const { state, title, text, mine, remark } = broadcast;
  const draft = state === 'draft' && mine && can('broadcast.write');
  const saved = (next: Broadcast) => {
    setEditing(false);
    props.onChanged(next);
  };
  return (
    <>
      <Path current={stepOf(broadcast)} />
      {remark && state === 'draft' && <Alert type="warning" title={t('broadcasts.returned', { remark })} />}
      {editing ? (
        <Editor broadcast={broadcast} onSaved={saved} />
      ) : (
        <section>
          <h2>{title}</h2>
          <p className="broadcast-text" data-testid="broadcast-text">
            {text}
          </p>
          {draft && (
            <Button size="small" onClick={() => setEditing(true)}>
              {t('broadcasts.edit')}
            </Button>
          )}
        </section>
      )}
      <Facts broadcast={broadcast} />
      <Audience {...props} editable={draft} />
      {draft && <TestSend id={broadcast.id} />}
      {(state === 'scheduled' || broadcast.startedAt !== null) && <Progress broadcast={broadcast} />}
      <Acts {...props} />
    </>
  );
}

function Facts({ broadcast }: { broadcast: Broadcast }) {
  const { t, locale } = useLanguage();
  const { recipients, segments, state, startAt, author, approver, account, accountName, perMinute } =
    broadcast;
  const cost =
    segments === null
      ? t('broadcasts.costUncounted', { recipients })
      : t('broadcasts.costOf', { recipients, segments, total: recipients * segments });
  const facts: [string, string | null][] = [
    [t('broadcasts.state'), t(`broadcastState.${state}`)],
    [t('broadcasts.cost'), cost],
    [t('broadcasts.account'), accountName ?? account],
    [t('broadcasts.perMinute'), String(perMinute)],
    [t('broadcasts.author'), author],
    [t('broadcasts.approver'), approver],
    [t('broadcasts.startAt'), startAt === null ? null : momentOf(startAt, locale)],
  ];
  return (
    <dl className="broadcast-facts">
      {facts.map(([label, words]) =>
        words === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{words}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
