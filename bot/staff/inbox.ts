import { z } from 'zod';
import type { hot } from '../../prisma/client.ts';
import { t } from '../i18n/index.ts';
import { sayAttendanceWord } from './attendance/inbox.ts';
import { sayCard } from './deciding.ts';
import { sayLogWord } from './duty/log/inbox.ts';
import { sayMatterWord } from './duty/matters/inbox.ts';
import { sayHandoverWord } from './handover/inbox.ts';
import { insteadOf, mayDecide } from './leave/away.ts';
import { currentStep } from './leave/decide.ts';
import { sayAdjusted } from './leave/ledger-talk.ts';
import { type LeaveRecord, leaveById, progressOf } from './leave/record.ts';
import { sayLater } from './leave/told.ts';
import { approverText, leaveText, standingText } from './leave/words.ts';
import { sayMeetingWord } from './meetings/talk.ts';
import { sayNoticeWord } from './notices/talk.ts';
import { sayEdited } from './roster/told.ts';
import { saySurgeWord } from './surge/inbox.ts';
import { saySwapWord } from './swap/say.ts';
import type { Talk } from './talk.ts';

const word = z.object({
  requestId: z.uuid(),
  state: z.string().optional(),
  level: z.number().optional(),
  reminder: z.boolean().optional(),
  escalated: z.boolean().optional(),
  certificateId: z.uuid().optional(),
});

/** Says a word from elsewhere: a card to decide, an outcome, news for a shift leader. What is out of date is not said. */
export async function sayWord(told: hot.InboxRow, talk: Talk): Promise<void> {
  const { kind, data } = told;
  const { turn } = talk;
  turn.note('notice');
  if (kind === 'card.outcome') return turn.say('notice', String(data.text ?? ''));
  if (kind.startsWith('notice.')) return sayNoticeWord(told, talk);
  if (kind === 'leave.adjusted') return sayAdjusted(data, talk);
  if (kind === 'roster.edited') return sayEdited(data, talk);
  if (kind.startsWith('handover.')) return sayHandoverWord(told, talk);
  if (kind.startsWith('swap.')) return saySwapWord(told, talk);
  if (kind.startsWith('surge.')) return saySurgeWord(told, talk);
  if (kind.startsWith('attendance.')) return sayAttendanceWord(told, talk);
  if (kind.startsWith('dutylog.')) return sayLogWord(told, talk);
  if (kind.startsWith('meeting.')) return sayMeetingWord(told, talk);
  if (kind.startsWith('matter.')) return sayMatterWord(told, talk);
  const read = word.safeParse(data);
  if (!read.success) return;
  const { requestId, state, level, certificateId } = read.data;
  // Held: a card must not be opened for a request that is being withdrawn.
  const record = await leaveById(turn.unit.sql, requestId, { hold: kind === 'leave.decide' });
  if (!record) return;
  switch (kind) {
    case 'leave.decide':
      return sayAsked(record, read.data, talk);
    case 'leave.outcome':
      return sayOutcome(record, level ?? record.level, talk);
    case 'leave.informed':
      return sayNews(newsOf(record, state), record, talk);
    case 'leave.withdrawn':
      return sayNews('leave.withdrawn_told', record, talk);
    default:
      return sayLater(kind, record, certificateId, talk);
  }
}

/** The card, if this colleague may decide now; those who are asked again, or instead of another, are told why. */
async function sayAsked(
  record: LeaveRecord,
  { reminder, escalated }: { reminder?: boolean | undefined; escalated?: boolean | undefined },
  talk: Talk,
): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  const instead = await insteadOf(turn.unit.sql, record, parts.policy().policy, turn.now);
  if (!mayDecide(progressOf(record), person.id, instead, turn.now)) return;
  const step = currentStep(progressOf(record));
  const words = {
    leave: leaveText(record, reader),
    person: record.personName,
    approver: step?.approverName ?? '',
  };
  const own = step?.approverId === person.id;
  const why =
    reminder && own
      ? 'leave.ask_again'
      : escalated
        ? 'leave.ask_escalated'
        : own
          ? undefined
          : 'leave.ask_instead';
  await sayCard(record, talk, why && t(locale, why, words));
}

function sayOutcome(record: LeaveRecord, level: number, talk: Talk): void {
  const { turn, person, locale, reader } = talk;
  // Whoever reported a colleague ill hears of it as news.
  if (record.personId !== person.id) {
    sayNews('leave.informed_closed', record, talk);
    return;
  }
  const leave = leaveText(record, reader);
  // As it stood after this level: another may have decided since, and has left its own word.
  const decisions = record.decisions.filter((each) => each.level <= level);
  const refused = decisions.at(-1)?.decision === 'refuse';
  const standing = standingText({ ...record, decisions, state: refused ? 'refused' : 'approved' }, reader);
  const next = refused ? undefined : record.ladder.steps[level + 1];
  if (next) {
    const so = t(locale, 'leave.decided_next', { standing, approver: approverText(next, reader) });
    turn.say('notice', t(locale, 'leave.told_next', { leave, standing: so }));
  } else
    turn.say(
      'notice',
      t(locale, refused ? 'leave.told_refused' : 'leave.told_approved', { leave, standing }),
    );
}

/** Told when it is handed in and when it is decided; who was reported ill reads who did it. */
function newsOf({ personId, requesterId }: LeaveRecord, state: string | undefined): News {
  if (state !== 'pending') return 'leave.informed_closed';
  return personId === requesterId ? 'leave.informed_pending' : 'leave.informed_reported';
}

type News =
  | 'leave.informed_reported'
  | 'leave.informed_pending'
  | 'leave.informed_closed'
  | 'leave.withdrawn_told';

function sayNews(key: News, record: LeaveRecord, { turn, locale, reader }: Talk): void {
  const leave = leaveText(record, reader);
  const names = { person: record.personName, requester: record.requesterName };
  turn.say('notice', t(locale, key, { ...names, leave, standing: standingText(record, reader) }));
}
