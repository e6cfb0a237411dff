import { defaultPolicy } from '../../policy/default.ts';
import type { LeaveFacts, PersonFact, Role, ShiftFact } from './types.ts';

export const { policy } = defaultPolicy();
export const TODAY = '2026-06-10';

/** Epoch ms of a time in the centre's zone. */
export const at = (date: string, time: string) =>
  Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}+08:00`);

const next = (date: string) => new Date(Date.parse(`${date}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** 早班 08:00–16:00 of a business date. */
export function dayShift(date: string): ShiftFact {
  const times = { startsAt: at(date, '08:00'), endsAt: at(date, '16:00') };
  return { id: `day-${date}`, businessDate: date, ...times, name: '早班', night: false };
}

/** 夜班: midnight to 08:00 of the morning after its business date. */
export function nightShift(date: string): ShiftFact {
  const times = { startsAt: at(next(date), '00:00'), endsAt: at(next(date), '08:00') };
  return { id: `night-${date}`, businessDate: date, ...times, name: '夜班', night: true };
}

/** 夜班 that starts the evening before: 20:00 to 08:00. */
export function longNight(date: string): ShiftFact {
  const times = { startsAt: at(date, '20:00'), endsAt: at(next(date), '08:00') };
  return { id: `long-${date}`, businessDate: date, ...times, name: '夜班', night: true };
}

export function person(number: string, role: Role = 'agent', teamId: string | null = 'A'): PersonFact {
  return { id: `id-${number}`, number, name: `员工${number}`, role, teamId, jobType: 'hotline', grade: 1 };
}

export const agent = person('1001');
export const colleague = person('1003');
export const leader = person('2001', 'shift_leader');
export const otherLeader = person('2002', 'shift_leader', 'B');
export const head = person('4001', 'department_head', null);
export const director = person('5001', 'director', null);
export const everybody = [agent, colleague, leader, otherLeader, head, director];

/** A request of agent 1001 for 12 June, a day shift, unless said otherwise. */
export function facts(change: Partial<LeaveFacts> = {}): LeaveFacts {
  const span = change.span ?? { from: '2026-06-12', to: '2026-06-12' };
  return {
    kind: 'personal',
    span,
    person: agent,
    requester: change.person ?? agent,
    shifts: [dayShift('2026-06-12')],
    roster: { from: '2026-05-01', through: '2026-12-31' },
    others: [],
    ...change,
  };
}
