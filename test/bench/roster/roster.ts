import { HOLIDAYS_CN } from '../../../bot/policy/calendar.ts';
import { defaultPolicy } from '../../../bot/policy/default.ts';
import { dutiesOf } from '../../../bot/staff/roster/duties.ts';
import { rosterOf } from '../../../bot/staff/roster/roster.ts';
import type { PlannedShift } from '../../../bot/staff/roster/types.ts';
import type { SwapDesk } from '../../../bot/staff/swap/desk.ts';
import { whoCan } from '../../../bot/staff/swap/find.ts';
import { calendarDays } from '../../../bot/staff/swap/rules.ts';
import type { PersonFact } from '../../../bot/staff/swap/types.ts';
import type { Bench } from '../main.ts';

const PEOPLE = 500;
const DAYS = 365;
const DAY_MS = 86_400_000;
const FIRST = Date.parse('2026-01-01T00:00+08:00');
/** Three early, two middle, two night shifts, a day off after each kind, as the demo centre works. */
const ROTA = [8, 8, 8, -1, 16, 16, -1, 0, 0, -1];

const people = Array.from({ length: PEOPLE }, (_, i): PersonFact => {
  const [number, teamId] = [String(10_000 + i), `team-${i % 25}`];
  return { id: `p${i}`, number, name: number, role: 'agent', teamId, jobType: 'hotline', grade: 1 };
});

function planned(): PlannedShift[] {
  return people.flatMap((person, i) =>
    Array.from({ length: DAYS }, (_, day) => day).flatMap((day) => {
      const hour = ROTA[(day + i) % ROTA.length] ?? -1;
      if (hour < 0) return [];
      const startsAt = FIRST + day * DAY_MS + hour * 3_600_000;
      const businessDate = new Date(FIRST + day * DAY_MS + DAY_MS / 2).toISOString().slice(0, 10);
      const times = { businessDate, startsAt, endsAt: startsAt + DAY_MS / 3, night: hour === 0 };
      return [
        {
          id: `${person.id}-${day}`,
          personId: person.id,
          teamId: person.teamId ?? '',
          name: `${hour}`,
          ...times,
        },
      ];
    }),
  );
}

const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1] ?? NaN;

function timed(runs: number, act: (run: number) => unknown): number {
  const once = (run: number) => {
    const from = performance.now();
    act(run);
    return performance.now() - from;
  };
  return median(Array.from({ length: runs }, (_, run) => once(run)));
}

/**
 * A year of 500 people in memory, medians: who is on at an instant; and, as the chat asks it, the five fairest colleagues
 * who may take one's shift by all rules and have a return shift. The search ends when it has found them.
 */
export const roster: Bench = async (say) => {
  const duties = rosterOf(dutiesOf(planned(), []));
  say(`${PEOPLE} people, ${duties.duties.length} shifts`);
  const whoIsOnMs = timed(200, (run) => duties.whoIsOn(FIRST + ((run * 7919) % (DAYS * 24)) * 3_600_000));
  say(`whoIsOn ${whoIsOnMs} ms`);
  const known = new Map(people.map((person) => [person.id, person]));
  const desk: SwapDesk = {
    people: known,
    roster: duties,
    counted: () => 0,
    leavesOf: () => [],
    givenBy: () => [],
    days: calendarDays(HOLIDAYS_CN),
  };
  const policy = defaultPolicy().policy.swap;
  const ask = (run: number) => {
    const me = people[run % PEOPLE] as PersonFact;
    const shift = duties.of(me.id)[60 + (run % 100)];
    if (!shift) throw new Error('no shift to swap');
    const wanted = { desk, policy, days: desk.days, now: shift.from - 2 * DAY_MS, me, shift };
    return whoCan(wanted, { most: 5, backs: 1 });
  };
  // The first question picks out everybody's night and weekend shifts.
  const firstMs = timed(1, () => {
    if (ask(0).length !== 5) throw new Error('five colleagues can take the shift');
  });
  say(`who can swap, asked for the first time ${firstMs} ms`);
  const whoCanSwapMs = timed(20, ask);
  return { people: PEOPLE, whoIsOnMs: round(whoIsOnMs), whoCanSwapMs: round(whoCanSwapMs) };
};

const round = (ms: number) => Math.round(ms * 10_000) / 10_000;
