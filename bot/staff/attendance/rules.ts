import type { AttendancePolicy } from '../../policy/schema.ts';
import type { Due, Finding, Weight } from './types.ts';

const MINUTE_MS = 60_000;

/** Whole minutes that have passed; less than one is one, so that what is on record is never nothing. */
const minutesIn = (ms: number) => (ms <= 0 ? 0 : Math.max(1, Math.floor(ms / MINUTE_MS)));

/** `limit` minutes and more are a breach, less is recorded (RULEBOOK §4 leave 9, §7). */
function weigh(ms: number, limit: number): Weight {
  if (ms <= 0) return 'pass';
  return ms >= limit * MINUTE_MS ? 'breach' : 'record';
}

/**
 * Coming at `at` (epoch ms): before the shift; for teams with a roll call, before that (handover 1); 20 minutes late
 * without excuse is a breach (leave 9). Who was called in for somebody else is not late.
 */
export function judgeArrival(
  { from, calledIn }: Pick<Due, 'from' | 'calledIn'>,
  at: number,
  { late, rollCall }: AttendancePolicy,
  calledOut: boolean,
): Finding[] {
  const { breachMinutes } = late;
  const lateMs = calledIn ? 0 : at - from;
  const lateness: Finding = {
    ...{ rule: 'late', clause: 'leave.9', quote: 'attendance.quote_late' },
    ...{ quoteVars: { minutes: breachMinutes }, result: weigh(lateMs, breachMinutes) },
    minutes: minutesIn(lateMs),
  };
  if (!calledOut) return [lateness];
  const after = at - (from - rollCall.minutes * MINUTE_MS);
  const called: Finding = {
    ...{ rule: 'rollCall', clause: 'handover.1', quote: 'attendance.quote_roll_call' },
    ...{ quoteVars: { minutes: rollCall.minutes }, result: after > 0 ? 'record' : 'pass' },
    minutes: minutesIn(after),
  };
  return [lateness, called];
}

/** Going at `at`: whoever goes early is away from the desk for what is left (leave 9). */
export function judgeDeparture(
  { to }: Pick<Due, 'to'>,
  at: number,
  { away: { breachMinutes } }: AttendancePolicy,
): Finding {
  return {
    ...{ rule: 'early', clause: 'leave.9', quote: 'attendance.quote_away' },
    ...{ quoteVars: { minutes: breachMinutes }, result: weigh(to - at, breachMinutes) },
    minutes: minutesIn(to - at),
  };
}

/** Away from the desk until `at`, where leave was given until `until`, or none since then (leave 9). */
export function judgeAway(until: number, at: number, { away: { breachMinutes } }: AttendancePolicy): Finding {
  return {
    ...{ rule: 'away', clause: 'leave.9', quote: 'attendance.quote_away' },
    ...{ quoteVars: { minutes: breachMinutes }, result: weigh(at - until, breachMinutes) },
    minutes: minutesIn(at - until),
  };
}

/** Asking to leave the desk 离席 for so many minutes; only who is at it can leave it. */
export function mayAskAway(
  minutes: number,
  atDesk: boolean,
  { away: { mostMinutes } }: AttendancePolicy,
): Finding[] {
  return [
    {
      ...{ rule: 'permission', clause: 'leave.9', quote: 'attendance.quote_permission', quoteVars: {} },
      ...{ result: atDesk ? 'pass' : 'refuse', minutes },
    },
    {
      ...{ rule: 'length', clause: 'product', quote: 'attendance.quote_length' },
      ...{ quoteVars: { minutes: mostMinutes }, result: minutes > mostMinutes ? 'refuse' : 'pass', minutes },
    },
  ];
}

/** Permitting it: a leader's word, never one's own (leave 9). */
export function mayPermit(personId: string, by: string, leads: boolean): Finding {
  return {
    ...{ rule: 'permission', clause: 'leave.9', quote: 'attendance.quote_permission', quoteVars: {} },
    ...{ result: leads && by !== personId ? 'pass' : 'refuse', minutes: 0 },
  };
}

/** Until those who come are at the desk, nobody leaves it (handover 4). `open`: the handover has not ended. */
export function mayGo(open: boolean, { signOff }: AttendancePolicy): Finding {
  return {
    ...{ rule: 'handover', clause: 'handover.4', quote: 'attendance.quote_handover', quoteVars: {} },
    ...{ result: open && signOff.afterHandover ? 'refuse' : 'pass', minutes: 0 },
  };
}
