import type { Sql } from '../../../prisma/client.ts';
import { dutiesOf } from '../roster/duties.ts';
import { loadRoster, shiftFacts } from '../roster/store.ts';
import type { Duty } from '../roster/types.ts';
import type { Due } from './types.ts';

/**
 * What each person is to work of each shift, in one piece: who has leave in the middle signs on once and off once; the
 * team is that of the first piece. In order of `from`. Pure.
 */
export function duesOf(duties: readonly Duty[]): Due[] {
  const found = new Map<string, Due>();
  for (const { instead: _, ...duty } of duties) {
    const key = `${duty.personId} ${duty.shiftId}`;
    const known = found.get(key);
    const whole = known && { from: Math.min(known.from, duty.from), to: Math.max(known.to, duty.to) };
    found.set(key, { ...(known ?? duty), ...whole });
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}

/** What touches `from` to `to` (epoch ms), of one colleague or of all. */
export async function duesBetween(
  sql: Sql,
  { from, to, person }: { from: number; to: number; person?: string },
): Promise<Due[]> {
  const { duties } = await loadRoster(sql, { from, to, ...(person && { people: [person] }) });
  return duesOf(duties).filter(
    (due) => due.from < to && due.to > from && (!person || due.personId === person),
  );
}

/** What a colleague is to work of a shift as the roster is now; undefined: nothing any more. */
export async function dueOf(sql: Sql, personId: string, shiftId: string): Promise<Due | undefined> {
  const { shifts, overrides } = await shiftFacts(sql, [shiftId]);
  return duesOf(dutiesOf(shifts, overrides)).find((due) => due.personId === personId);
}
