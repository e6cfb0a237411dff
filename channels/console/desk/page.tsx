import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { usePresence } from '../app/presence.tsx';
import { go, usePlace } from '../app/router.ts';
import { useT } from '../i18n/index.tsx';
import { Notice } from '../ui/notice.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { Steps } from '../ui/steps.tsx';
import { ContextPanel } from './context-panel.tsx';
import { ConversationPane } from './conversation-pane.tsx';
import { Lists } from './lists.tsx';
import { useDesk } from './use-desk.ts';
import './desk.css';
import './transcript.css';

/** 坐席工作台: who waits on the left, the conversation in the middle, what is known about it on the right. */
export default function DeskPage() {
  const { id } = usePlace();
  const t = useT();
  const state = useDesk(id);
  const { desk, open, item, unread, live } = state;
  const [about, setAbout] = useState(false);
  const choose = (next: string) => {
    setAbout(false);
    go('desk', next);
  };
  useTitleMark(
    (desk.data?.waiting.length ?? 0) + (desk.data?.mine.reduce((sum, each) => sum + unread(each), 0) ?? 0),
  );
  if (desk.loading) return <Loading />;
  if (!desk.data) return desk.error ? <Failed error={desk.error} retry={desk.reload} /> : null;
  return (
    <div className={`desk panes panes-${id ? (about ? 'third' : 'second') : 'first'}`}>
      <h1 className="sr-only">{t('shell.desk')}</h1>
      <aside className="desk-lists pane" aria-label={t('desk.list')}>
        <Notices live={live} />
        <Lists desk={desk.data} chosen={id} unread={unread} onChoose={choose} />
      </aside>
      <section className="desk-middle pane" aria-label={t('transcript.label')}>
        {id && (
          <Steps back={t('desk.list')} onBack={() => go('desk')}>
            <Button type="link" onClick={() => setAbout(true)} data-testid="pane-about">
              {t('desk.context')}
            </Button>
          </Steps>
        )}
        {id ? (
          <ConversationPane
            key={id}
            open={open}
            item={item}
            takenBy={state.takenBy}
            onTakenBy={state.tellTaken}
            onMoved={() => moved(state)}
          />
        ) : (
          <Nothing words={t('desk.choose')}>
            <p className="desk-hint">{t('desk.chooseHint')}</p>
          </Nothing>
        )}
      </section>
      <aside className="desk-context pane" aria-label={t('desk.context')}>
        {id && <Steps back={t('transcript.label')} onBack={() => setAbout(false)} />}
        {id && open.conversation.data && !open.conversation.error && (
          <ContextPanel conversation={open.conversation.data} onTickets={state.onTickets} />
        )}
      </aside>
    </div>
  );
}

function moved({ desk, open }: ReturnType<typeof useDesk>): void {
  desk.reload();
  open.reload();
}

function Notices({ live }: { live: boolean }) {
  const t = useT();
  const { status } = usePresence();
  return (
    <div aria-live="polite">
      {!live && <Notice kind="warning">{t('app.offline')}</Notice>}
      {live && status && status !== 'available' && (
        <Notice kind="info">{t('presence.hint', { status: t(`presence.${status}`) })}</Notice>
      )}
    </div>
  );
}

/** Says in the tab's title how much waits: seen from another tab, and silent. */
function useTitleMark(count: number): void {
  const t = useT();
  useEffect(() => {
    document.title = count > 0 ? `(${count}) ${t('app.title')}` : t('app.title');
    return () => {
      document.title = t('app.title');
    };
  }, [count, t]);
}
