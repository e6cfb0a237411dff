import { Temporal } from 'temporal-polyfill';
import type { MessageFile } from '../../conversation/message.ts';
import { dateContext, readDates } from '../../dialog/dates/index.ts';
import { t } from '../../i18n/index.ts';
import type { Talk } from '../talk.ts';
import { reportBack } from './back.ts';
import { handInCertificate } from './certificate.ts';
import { type LeaveRecord, leavesOf, select } from './record.ts';
import { extendLeave } from './talk.ts';
import { datesText, leaveText, spanText, timeText } from './words.ts';

const RECENT = 50;

/** 销假: closes one's own leave; one that runs still is cut short once that is confirmed. */
export async function reportBackTyped(text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  const own = (await leavesOf(turn.unit.sql, person.id, RECENT)).filter(
    ({ personId, state, returnedAt, startsAt }) =>
      personId === person.id && state === 'approved' && returnedAt === null && startsAt !== null,
  );
  const begun = own.filter(({ startsAt }) => (startsAt ?? 0) <= turn.now);
  // The oldest first: the one that has waited longest to be closed.
  const record = begun.at(-1);
  if (!record) {
    const [coming] = own;
    if (!coming) return turn.say('answer', t(locale, 'leave.return_none'));
    return turn.say('answer', t(locale, 'leave.return_not_begun', { leave: leaveText(coming, reader) }));
  }
  const early = /提前|early/iu.test(text);
  const asked = { requestId: record.id, by: person.id, early, now: turn.now };
  const result = await reportBack(turn.unit, parts, asked);
  if (!result) return turn.say('answer', t(locale, 'leave.return_none'));
  const leave = leaveText(result.record, reader);
  if (result.kind === 'early') {
    const title = t(locale, 'leave.return_early_button');
    const until = timeText(record.endsAt ?? turn.now, reader);
    const actions = [{ title, value: title }];
    return turn.say('choices', t(locale, 'leave.return_early', { leave, until }), { actions });
  }
  if (result.kind === 'roster') return turn.say('answer', t(locale, 'leave.return_roster', { leave }));
  const due = result.record.certificateState === 'due' ? result.record.certificateDue : null;
  const more =
    due === null ? [] : [t(locale, 'leave.certificate_due', { date: datesText([due], talk.reader) })];
  turn.say('answer', [t(locale, 'leave.returned', { leave }), ...more].join('\n'));
}

/** 续假: a new request that begins where the present leave ends, and counts together with it. */
export async function extendTyped(text: string, talk: Talk): Promise<void> {
  const { turn, person, locale } = talk;
  const [record] = (await leavesOf(turn.unit.sql, person.id, RECENT))
    .filter(({ personId, state }) => personId === person.id && state === 'approved')
    .filter(({ returnedAt }) => returnedAt === null)
    .sort((a, b) => (a.span.to < b.span.to ? 1 : -1));
  if (!record) return turn.say('answer', t(locale, 'leave.extend_none'));
  const { id, kind, span } = record;
  await extendLeave(text, { id, kind, to: span.to }, talk);
}

/** 班组请假: who is away or will be, who has not reported back, whose certificate is due; for who leads a team. */
export async function showTeamLeaves(_text: string, talk: Talk): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const records = await teamLeaves(turn.unit, person, turn.now);
  if (records.length === 0) return turn.say('answer', t(locale, 'leave.team_none'));
  const line = (record: LeaveRecord) => {
    const notes = [
      record.state === 'pending' && t(locale, 'leave.state_pending'),
      isOverdue(record, turn.now) && t(locale, 'leave.note_overdue'),
      record.certificateState === 'due' && t(locale, 'leave.note_certificate_due'),
      record.certificateState === 'missing' && t(locale, 'leave.note_certificate_missing'),
    ].filter(Boolean);
    const words = { person: record.personName, leave: leaveText(record, reader) };
    const text = t(locale, 'staff.request_other', words);
    return `· ${text}${notes.length > 0 ? ` — ${notes.join(t(locale, 'leave.list_separator'))}` : ''}`;
  };
  turn.say('answer', [t(locale, 'leave.team'), ...records.map(line)].join('\n'));
}

export const isOverdue = ({ state, returnedAt, endsAt }: LeaveRecord, now: number): boolean =>
  state === 'approved' && returnedAt === null && endsAt !== null && endsAt <= now;

/** What still concerns whoever leads a team: of their team, or of all where they answer for the centre. */
export function teamLeaves(
  unit: Pick<Talk['turn']['unit'], 'sql'>,
  { role, teamId }: { role: string; teamId: string | null },
  now: number,
): Promise<LeaveRecord[]> {
  const where = `(r.state = 'pending' OR (r.state = 'approved' AND (r.returned_at IS NULL AND r.ends_at IS NOT NULL
      OR r.ends_at > $1 OR r.certificate_state IN ('due', 'handed_in', 'missing'))))
    AND ($2::uuid IS NULL OR p.team_id = $2)`;
  return select(unit.sql, where, [new Date(now), role === 'shift_leader' ? teamId : null]);
}

/**
 * A photo or PDF sent in the chat: the certificate of a sick leave. Without its dates they are asked for.
 * @returns false where no certificate is wanted from this colleague
 */
export async function takeFiles(files: readonly MessageFile[], text: string, talk: Talk): Promise<boolean> {
  const { turn, person, memory, locale, reader } = talk;
  const wanted = (await leavesOf(turn.unit.sql, person.id, RECENT)).filter(
    ({ state, certificateState }) =>
      state === 'approved' && certificateState !== null && certificateState !== 'accepted',
  );
  const record = wanted.at(-1);
  const usable = files.filter(({ state }) => state !== 'failed');
  if (!record || usable.length === 0) return false;
  memory.certificate = { requestId: record.id, from: record.span.from, files: usable.map(({ id }) => id) };
  if (await continueCertificate(text, talk)) return true;
  const { from, to } = record.span;
  const title = spanText({ from, to }, reader);
  const actions = [{ title, value: title }];
  const asked = t(locale, 'leave.certificate_which_dates', { leave: leaveText(record, reader) });
  turn.say('choices', asked, { actions });
  return true;
}

/** The dates that a certificate names, said with it or after it. @returns false if the text names none */
export async function continueCertificate(text: string, talk: Talk): Promise<boolean> {
  const { turn, parts, person, memory, locale } = talk;
  const waiting = memory.certificate;
  if (!waiting) return false;
  // Read as on the first day of the leave: 「6月14日」 said on the 16th is this year's.
  const { timeZone } = parts.policy().policy.centre;
  const then = Temporal.PlainDate.from(waiting.from).toZonedDateTime({ timeZone, plainTime: '12:00' });
  const [span] = readDates(text, dateContext(then.epochMilliseconds, timeZone)).spans;
  if (!span) return false;
  delete memory.certificate;
  const dates = { from: span.from.toString(), to: span.to.toString() };
  const { requestId, files } = waiting;
  let open: readonly string[] | undefined;
  for (const fileId of files) {
    const handing = { requestId, fileId, ...dates, by: person.id, now: turn.now };
    open = (await handInCertificate(turn.unit, parts, handing))?.open;
  }
  if (open === undefined) turn.say('answer', t(locale, 'leave.certificate_none'));
  else if (open.length === 0) turn.say('answer', t(locale, 'leave.certificate_sent'));
  else turn.say('answer', t(locale, 'leave.certificate_sent_open', { dates: datesText(open, talk.reader) }));
  return true;
}
