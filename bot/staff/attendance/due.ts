import type { Sql } from '../../../prisma/client.ts';
import type { RosterFacts } from '../roster/change.ts';
import { dutiesOf } from '../roster/duties.ts';
import { loadRoster, shiftFacts } from '../roster/store.ts';
import type { Duty, Override } from '../roster/types.ts';
import type { Due } from './types.ts';

/**
 * What each person is to work of each shift, in one piece: who has leave in the middle signs on once and off once; the
 * team is that of the first piece. In order of `from`. Pure.
 */
export function duesOf(duties: readonly Duty[]): Due[] {
  const found = new Map<string, Due>();
  for (const { instead, ...duty } of duties) {
    const key = keyOf(duty);
    const known = found.get(key);
    const calledIn = instead?.cause === 'stand_in' && { calledIn: true as const };
    const whole = known && { from: Math.min(known.from, duty.from), to: Math.max(known.to, duty.to) };
    found.set(key, { ...(known ?? duty), ...whole, ...calledIn });
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}

const keyOf = ({ personId, shiftId }: { personId: string; shiftId: string }) => `${personId} ${shiftId}`;

/**
 * The same, with what another took over from somebody who did not come: they were to work it, and are absent from all of
 * it, but for what leave was granted for after all.
 */
export async function owedOf(sql: Sql, { shifts, overrides }: RosterFacts): Promise<Due[]> {
  const stoodIn = overrides.filter(({ cause, off, on }) => cause === 'stand_in' && on !== null && on !== off);
  const missed = await withoutLeave(sql, stoodIn);
  const before = dutiesOf(
    shifts,
    overrides.filter((each) => !stoodIn.includes(each)),
  );
  return duesOf([...dutiesOf(shifts, overrides), ...before.filter((duty) => missed.has(keyOf(duty)))]);
}

async function withoutLeave(sql: Sql, stoodIn: readonly Override[]): Promise<Set<string>> {
  const missed = stoodIn.map(({ off: personId, shiftId }) => ({ personId, shiftId }));
  if (missed.length === 0) return new Set();
  const { rows } = await sql.query<{ personId: string; shiftId: string }>({
    text: `SELECT r.person_id AS "personId", s.id AS "shiftId"
      FROM leave_request r, jsonb_array_elements_text(r.shift_ids) AS s (id)
      WHERE r.state = 'approved' AND r.person_id = ANY($1) AND s.id = ANY($2)`,
    values: [missed.map(({ personId }) => personId), missed.map(({ shiftId }) => shiftId)],
  });
  const granted = new Set(rows.map(keyOf));
  return new Set(missed.map(keyOf).filter((key) => !granted.has(key)));
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

/** What a colleague was to work of a shift, though another stood in for them. */
export async function owedBy(sql: Sql, personId: string, shiftId: string): Promise<Due | undefined> {
  return (await owedOf(sql, await shiftFacts(sql, [shiftId]))).find((due) => due.personId === personId);
}
