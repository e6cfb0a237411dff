import { z } from 'zod';
import type { hot } from '../../../prisma/client.ts';
import { t } from '../../i18n/index.ts';
import type { Talk } from '../talk.ts';
import { deskLeaveById } from './away.ts';
import { sayAwayCard } from './away-card.ts';
import { explainFinding } from './explain.ts';
import { type BreachRecord, breachesWhere } from './record.ts';
import { missingIn, rollCallById } from './roll-call.ts';
import { sayRollCard } from './roll-card.ts';
import type { BreachKind, Finding } from './types.ts';
import { clockText, spokenDuty } from './words.ts';

const word = z.object({
  deskLeaveId: z.uuid().optional(),
  rollCallId: z.uuid().optional(),
  breachIds: z.array(z.uuid()).optional(),
});

/** Says a word about attendance from elsewhere. What is out of date is not said. */
export async function sayAttendanceWord({ kind, data }: hot.InboxRow, talk: Talk): Promise<void> {
  const { deskLeaveId, rollCallId, breachIds } = word.parse(data);
  if (deskLeaveId) return sayAway(kind, deskLeaveId, talk);
  if (rollCallId) return sayRoll(rollCallId, talk);
  if (breachIds) return sayBreaches(breachIds, talk);
}

async function sayAway(kind: string, id: string, talk: Talk): Promise<void> {
  const { turn, locale, reader } = talk;
  const record = await deskLeaveById(turn.unit.sql, id);
  if (!record) return;
  const { state, dueAt, minutes } = record;
  const name = record.deciderName ?? '';
  const at = dueAt === null ? '' : clockText(dueAt, reader);
  switch (kind) {
    case 'attendance.away_ask':
      if (state === 'asked') await sayAwayCard(record, talk);
      return;
    case 'attendance.away_decided':
      if (state === 'permitted')
        turn.say('notice', t(locale, 'attendance.told_permitted', { name, minutes, at }), {
          actions: [back(talk)],
        });
      if (state === 'refused') turn.say('notice', t(locale, 'attendance.told_refused', { name }));
      return;
    case 'attendance.away_over':
      if (state === 'permitted')
        turn.say('notice', t(locale, 'attendance.told_over', { at }), { actions: [back(talk)] });
      return;
    case 'attendance.away_expired':
      if (state === 'expired') turn.say('notice', t(locale, 'attendance.told_expired'));
  }
}

const back = ({ locale }: Talk) => {
  const title = t(locale, 'attendance.button_back');
  return { title, value: title };
};

async function sayRoll(id: string, talk: Talk): Promise<void> {
  const call = await rollCallById(talk.turn.unit.sql, id);
  if (call?.state !== 'open') return;
  const count = missingIn(call).length;
  const text = t(talk.locale, 'attendance.roll_call', { team: call.teamName, count });
  await sayRollCard(call, talk, text, 'notice');
}

/** One's own breach with its clause; for who leads, all of them with how to excuse one. */
async function sayBreaches(ids: readonly string[], talk: Talk): Promise<void> {
  const { turn, person, locale } = talk;
  const all = await breachesWhere(turn.unit.sql, `b.id = ANY($1) AND b.state = 'recorded'`, [ids]);
  const [first] = all;
  if (!first) return;
  if (first.personId === person.id && all.length === 1) {
    const what = t(locale, `attendance.breach_${first.kind}`, { minutes: first.minutes });
    const said = t(locale, 'attendance.breach_own', { shift: spokenDuty(first, talk), what });
    return turn.say('notice', `${said}\n${explainFinding(findingOf(first, talk), locale)}`);
  }
  const lines = all.map(({ name, kind, minutes }) => {
    return t(locale, 'attendance.breach_line', {
      name,
      what: t(locale, `attendance.breach_${kind}`, { minutes }),
    });
  });
  const actions = all.slice(0, 6).map(({ name }) => {
    const title = t(locale, 'attendance.button_excuse', { name });
    return { title, value: title };
  });
  const shift = spokenDuty(first, talk);
  turn.say('notice', t(locale, 'attendance.breach_told', { shift, list: lines.join('\n') }), { actions });
}

const RULES = { late: 'late', early: 'early', away: 'away' } as const satisfies Record<
  BreachKind,
  Finding['rule']
>;

function findingOf({ kind, minutes }: BreachRecord, { parts }: Talk): Finding {
  const { late, away } = parts.policy().policy.attendance;
  const limit = kind === 'late' ? late.breachMinutes : away.breachMinutes;
  const quote = kind === 'late' ? 'attendance.quote_late' : 'attendance.quote_away';
  return {
    ...{
      rule: RULES[kind],
      clause: 'leave.9',
      quote,
      quoteVars: { minutes: limit },
      result: 'breach',
      minutes,
    },
  };
}
