import type { Button, Card } from '../../../channels/channel.ts';
import { type CardHandler, openCard, tokensOf } from '../../dialog/cards.ts';
import { AppError } from '../../errors.ts';
import { localeOf, t } from '../../i18n/index.ts';
import { personById } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';
import type { Reader } from '../leave/explain.ts';
import { readerOf, timeText } from '../leave/words.ts';
import type { StaffParts } from '../parts.ts';
import type { Talk } from '../talk.ts';
import { leads } from './leaders.ts';
import type { AttendanceRecord } from './record.ts';
import {
  endRollCall,
  markOne,
  missingIn,
  presentIn,
  type RollCall,
  reread,
  rollCallById,
} from './roll-call.ts';

/** The list of those who come, for the leader. */
export const ROLL_CARD = 'roll_call';
const DONE = 'done';
/** Two buttons for each who is missing and one to end it: a card has 36 at most. */
const MOST = 17;

const choiceOf = (act: 'present' | 'absent', id: string) => `${act} ${id}`;

export function rollCard(call: RollCall, reader: Reader): Card {
  const { locale } = reader;
  const present = presentIn(call).length;
  const count = t(locale, 'attendance.roll_count', { present, all: call.people.length });
  const lines = call.people.map((each) => stateLine(each, reader));
  return {
    title: t(locale, 'attendance.roll_title', { team: call.teamName, at: timeText(call.startsAt, reader) }),
    facts: [
      { label: t(locale, 'attendance.fact_present'), value: count },
      { label: t(locale, 'attendance.fact_list'), value: lines.join('\n') },
    ],
  };
}

function stateLine({ name, number, onAt, lateMinutes, rollCall }: AttendanceRecord, reader: Reader): string {
  const { locale } = reader;
  const who = { name, number };
  if (onAt === null)
    return t(locale, rollCall === 'absent' ? 'attendance.line_absent' : 'attendance.line_missing', who);
  const at = timeText(onAt, reader).slice(-5);
  if (lateMinutes > 0) return t(locale, 'attendance.line_late', { ...who, at, minutes: lateMinutes });
  return t(locale, 'attendance.line_on', { ...who, at });
}

/** Says the card; `text` is said with it. */
export async function sayRollCard(call: RollCall, talk: Talk, text: string, as: 'answer' | 'notice') {
  const { turn, person, locale, reader } = talk;
  const conversationId = turn.conversation.id;
  const choices = [
    ...call.people
      .slice(0, MOST)
      .flatMap(({ personId }) => [choiceOf('present', personId), choiceOf('absent', personId)]),
    DONE,
  ];
  // A new one each time: whom a button of an open one means was fixed when it was opened.
  const { tokens } = await openCard(turn.unit, {
    ...{ kind: ROLL_CARD, subjectId: call.id, conversationId, personId: person.id, choices },
    ...{ data: { locale, choices }, now: turn.now },
  });
  turn.say(as, text, {
    card: { ...rollCard(call, reader), buttons: buttons(call, tokens, person.id, reader) },
  });
}

/** For each who is missing 到岗 and 缺勤; nobody marks themselves. */
function buttons(call: RollCall, tokens: Record<string, string>, by: string, { locale }: Reader): Button[] {
  const open = missingIn(call).filter(({ personId, rollCall }) => personId !== by && rollCall === null);
  const marks = open.flatMap(({ personId, name }) =>
    (['present', 'absent'] as const).flatMap((act) => {
      const token = tokens[choiceOf(act, personId)];
      return token ? [{ title: t(locale, `attendance.mark_${act}`, { name }), token }] : [];
    }),
  );
  return [
    ...marks,
    { title: t(locale, 'attendance.roll_done'), token: tokens[DONE] ?? '', style: 'primary' },
  ];
}

/** A mark answers with the list as it is then, and the card still counts; 点名完成 ends it. */
export function rollCardHandler(parts: StaffParts): CardHandler {
  return async (unit, press) => {
    const by = press.presserId ? await personById(unit.sql, press.presserId) : undefined;
    if (!by || !may(by, 'card.press', { personId: press.personId })) throw new AppError('forbidden');
    const call = await rollCallById(unit.sql, press.subjectId);
    if (!call) throw new AppError('gone');
    if (!leads(by, call.teamId)) throw new AppError('forbidden');
    const locale = localeOf(String(press.data.locale ?? ''));
    const reader = readerOf(locale, parts.policy().policy, press.now);
    const [act, personId] = press.choice.split(' ');
    if (act === DONE) await endRollCall(unit, parts, call, by, press.now);
    else if (call.state === 'open' && personId)
      await markOne(unit, parts, call, { personId, by, present: act === 'present' }, press.now);
    const now = await reread(unit.sql, call);
    const card = rollCard(now, reader);
    if (now.state === 'done') return { decided: { ...card, outcome: outcomeOf(now, reader) } };
    const tokens = tokensOf(press.token, press.data.choices as string[]);
    return { open: { ...card, buttons: buttons(now, tokens, by.id, reader) } };
  };
}

export function outcomeOf(call: RollCall, { locale }: Reader): string {
  const counts = { present: presentIn(call).length, all: call.people.length };
  if (call.doneByName === null) return t(locale, 'attendance.roll_over', counts);
  return t(locale, 'attendance.roll_ended', { ...counts, name: call.doneByName });
}
