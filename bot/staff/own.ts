import { Temporal } from 'temporal-polyfill';
import type { Button } from '../../channels/channel.ts';
import { dateContext, describeDate, readDates } from '../dialog/dates/index.ts';
import { t } from '../i18n/index.ts';
import { type LeaveRecord, leavesOf } from './leave/record.ts';
import { withdrawLeave } from './leave/withdraw.ts';
import { leaveText, spanText, standingText } from './leave/words.ts';
import type { Talk } from './talk.ts';

const REQUESTS_SHOWN = 8;

/** 我的申请: how each stands, and a button to take back those that wait. */
export async function showRequests(_text: string, talk: Talk): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const records = await leavesOf(turn.unit.sql, person.id, REQUESTS_SHOWN);
  if (records.length === 0) return turn.say('answer', t(locale, 'staff.requests_none'));
  const lines = records.map((record) => {
    const leave = ofWhom(record, talk);
    return t(locale, 'staff.request', { leave, standing: standingText(record, reader) });
  });
  const actions = records
    .filter((record) => canTakeBack(record, turn.now))
    .map((record) => withdrawButton(record, talk));
  turn.say(
    'answer',
    t(locale, 'staff.requests', { list: lines.join('\n') }),
    actions.length > 0 ? { actions } : {},
  );
}

/** 撤回: one's own request that still waits; of several the date tells which. */
export async function withdrawTyped(text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  const all = await leavesOf(turn.unit.sql, person.id, 50);
  const open = all.filter((record) => canTakeBack(record, turn.now));
  const named = onDate(text, open, talk);
  const [record, ...more] = named;
  if (!record) return turn.say('answer', t(locale, 'leave.withdraw_none'));
  if (more.length > 0) {
    const actions = named.map((each) => withdrawButton(each, talk));
    return turn.say('choices', t(locale, 'leave.withdraw_which'), { actions });
  }
  const withdrawn = await withdrawLeave(turn.unit, parts, {
    requestId: record.id,
    by: person.id,
    reader,
    now: turn.now,
  });
  if (!withdrawn) return turn.say('answer', t(locale, 'leave.withdraw_none'));
  const leave = ofWhom(withdrawn.record, talk);
  const standing = standingText(withdrawn.record, reader);
  if (withdrawn.why === 'roster') return turn.say('answer', t(locale, 'leave.return_roster', { leave }));
  const said = withdrawn.done
    ? t(locale, 'leave.withdrawn', { leave })
    : t(locale, 'leave.withdraw_closed', { leave, standing });
  turn.say('answer', said);
}

/** It waits, or was granted and has not begun. */
const canTakeBack = ({ state, startsAt }: LeaveRecord, now: number) =>
  state === 'pending' || (state === 'approved' && startsAt !== null && now < startsAt);

function onDate(text: string, open: LeaveRecord[], { parts, turn }: Talk): LeaveRecord[] {
  const { timeZone } = parts.policy().policy.centre;
  const { spans } = readDates(text, dateContext(turn.now, timeZone));
  const [span] = spans;
  if (!span) return open;
  const [from, to] = [span.from.toString(), span.to.toString()];
  const meant = open.filter((record) => record.span.from <= to && record.span.to >= from);
  // 「撤回明天的」 where several lie: those that begin on that very day first.
  const exact = meant.filter((record) => record.span.from === from);
  return exact.length === 1 ? exact : meant;
}

function withdrawButton({ span }: LeaveRecord, { locale, reader }: Talk): Button {
  const first = { from: span.from, to: span.from };
  const dates =
    span.from === span.to
      ? spanText(first, reader)
      : describeDate(Temporal.PlainDate.from(span.from), locale, reader.today);
  const title = t(locale, 'leave.withdraw_button', { dates });
  return { title, value: title };
}

/** A request in one line; whose it is, if it was reported for another. */
function ofWhom(record: LeaveRecord, { person, locale, reader }: Talk): string {
  const leave = leaveText(record, reader);
  if (record.personId === person.id) return leave;
  return t(locale, 'staff.request_other', { person: record.personName, leave });
}
