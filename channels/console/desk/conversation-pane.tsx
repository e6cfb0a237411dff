import type { Conversation, DeskItem } from '../api/types.ts';
import { usePresence } from '../app/presence.tsx';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { Notice } from '../ui/notice.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { ActionBar } from './action-bar.tsx';
import { Composer } from './composer.tsx';
import { TranscriptView } from './transcript-view.tsx';
import type { OpenConversation } from './use-conversation.ts';
import type { Hindered } from './use-hindered.ts';

interface Props {
  open: OpenConversation;
  item: DeskItem | undefined;
  takenBy: string | undefined;
  onTakenBy(name: string): void;
  /** The conversation changed hands. */
  onMoved(): void;
}

/** The middle of the desk: transcript, what can be done, and where one writes. */
export function ConversationPane({ open, item, takenBy, onTakenBy, onMoved }: Props) {
  const t = useT();
  const { data, error } = open.conversation;
  // Whoever has it now is not me, and I may not read along; or a link led to what is gone.
  if (error?.code === 'forbidden' || error?.code === 'not_found') {
    const why = error.code === 'forbidden' ? t('joined.notYours') : error.message;
    return (
      <div className="desk-taken" data-testid={takenBy ? 'taken-by' : 'conversation-closed'}>
        <Nothing words={takenBy ? t('desk.taken', { name: takenBy }) : why} />
      </div>
    );
  }
  if (!data) return error ? <Failed error={error} retry={open.reload} /> : <Loading />;
  if (!open.loaded) return <Loading />;
  if (open.error && open.transcript.messages.length === 0)
    return <Failed error={open.error} retry={open.reload} />;
  return (
    <>
      <ActionBar conversation={data} onMoved={onMoved} onTakenBy={onTakenBy} />
      <Standing conversation={data} takenBy={takenBy} />
      <Unreachable hindered={open.hindered} />
      <TranscriptView open={open} />
      <Writing conversation={data} open={open} waiting={item?.owner === 'queue'} />
    </>
  );
}

/** One line that says whose it is, when it isn't mine. */
function Standing({ conversation, takenBy }: { conversation: Conversation; takenBy: string | undefined }) {
  const t = useT();
  const { person } = useSession();
  const { episode } = conversation;
  if (!episode || episode.closedAt !== null) return <Notice kind="info">{t('desk.ended')}</Notice>;
  if (episode.owner === 'agent' && episode.personId === person.id) return null;
  const name = episode.owner === 'agent' ? (episode.personName ?? '') : takenBy;
  if (name)
    return (
      <div data-testid="taken-by">
        <Notice kind="warning">{t('desk.takenByOther', { name })}</Notice>
      </div>
    );
  return <Notice kind="info">{t(episode.owner === 'queue' ? 'desk.waitingNow' : 'desk.withBot')}</Notice>;
}

/** The customer blocked us, or has no such address any more: what is written will not arrive. */
function Unreachable({ hindered }: { hindered: Hindered | undefined }) {
  const t = useT();
  if (!hindered?.mark) return null;
  const why = t(`undelivered.why.${hindered.mark === 'unknown' ? 'unknown' : 'blocked'}`);
  return (
    <div data-testid="unreachable">
      <Notice kind="warning">{t('desk.unreachable', { why })}</Notice>
    </div>
  );
}

interface WritingProps {
  conversation: Conversation;
  open: OpenConversation;
  waiting: boolean;
}

function Writing({ conversation: { id, episode }, open, waiting }: WritingProps) {
  const { person, scope } = useSession();
  const owner = usePresence().colleague(episode?.personId ?? null);
  const mine = episode?.owner === 'agent' && episode.personId === person.id && episode.closedAt === null;
  const notes =
    mine || waiting
      ? scope('desk.note') !== undefined
      : reaches(scope('desk.note'), person.teamId, owner?.teamId);
  if (!mine && !notes) return null;
  return <Composer conversationId={id} canReply={mine} onSend={open.send} />;
}

/** Whether a right of this reach covers what belongs to a colleague of that team. */
function reaches(
  scope: 'own' | 'team' | 'centre' | undefined,
  mine: string | null,
  theirs: string | null | undefined,
): boolean {
  return scope === 'centre' || (scope === 'team' && mine !== null && mine === theirs);
}
