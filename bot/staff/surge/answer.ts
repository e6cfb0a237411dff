import { type Unit, uuidv7 } from '../../../prisma/client.ts';
import type { Person } from '../../people/person.ts';
import type { AttendanceParts } from '../attendance/parts.ts';
import { tellPeople } from '../post.ts';
import { applyChange, holdRosters } from '../roster/apply.ts';
import { dateOf, fitPeople } from './call.ts';
import { joinedIn, type Surge, surgeById } from './record.ts';

/** The name that an extra shift 加班 has in the roster. */
export const EXTRA = '加班';

/** `unfit`: they may not work then any more. `closed`: answered before, filled or over; the surge says which. */
export interface Answered {
  readonly surge: Surge;
  readonly kind: 'joined' | 'declined' | 'unfit' | 'closed';
}

/**
 * One answer, whole: with the surge held, the first who say yes get an extra shift, planned in the same transaction,
 * until enough have; then everybody else hears that it is filled.
 */
export async function answerSurge(
  unit: Unit,
  parts: AttendanceParts,
  { id, by, yes }: { id: string; by: Person; yes: boolean },
  now: number,
): Promise<Answered | undefined> {
  const surge = await surgeById(unit.sql, id, { hold: true });
  const mine = surge?.answers.find(({ personId }) => personId === by.id);
  if (!surge || !mine) return undefined;
  if (mine.state !== 'asked' || surge.state !== 'calling') return { surge, kind: 'closed' };
  const shiftId = yes ? await planned(unit, parts, surge, by, now) : null;
  if (yes && !shiftId) return { surge, kind: 'unfit' };
  await unit.sql.query({
    text: `UPDATE surge_answer SET state = $3, answered_at = $4, shift_id = $5
      WHERE surge_id = $1 AND person_id = $2 AND state = 'asked'`,
    values: [id, by.id, yes ? 'joined' : 'declined', new Date(now), shiftId],
  });
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: by.id }, action: 'surge.answer', object: 'surge', objectId: id },
    details: { yes },
  });
  await settleCall(unit, parts, id, now);
  return { surge: (await surgeById(unit.sql, id)) ?? surge, kind: yes ? 'joined' : 'declined' };
}

/** Their extra shift in the roster; undefined where the rules or another shift stand against it by now. */
async function planned(
  unit: Unit,
  parts: AttendanceParts,
  { startsAt, endsAt }: Surge,
  { id: personId, teamId }: Person,
  now: number,
): Promise<string | undefined> {
  if (startsAt === null || endsAt === null || !teamId) return undefined;
  const { policy } = parts.policy();
  await holdRosters(unit.sql, [personId]);
  const extra = { from: startsAt, to: endsAt };
  if ((await fitPeople(unit.sql, extra, policy, now, personId)).length === 0) return undefined;
  const shift = { id: uuidv7(now), personId, teamId, name: EXTRA, night: false, startsAt, endsAt };
  const businessDate = dateOf(startsAt, policy.centre.timeZone);
  const applied = await applyChange(unit, { plan: [{ ...shift, businessDate }] }, now);
  return 'done' in applied ? shift.id : undefined;
}

/** Enough have come, or nobody is left to answer: the call is over, and whoever called reads how it went. */
async function settleCall(unit: Unit, parts: AttendanceParts, id: string, now: number): Promise<void> {
  const surge = await surgeById(unit.sql, id);
  if (!surge) return;
  const filled = joinedIn(surge).length >= surge.needed;
  if (filled || surge.answers.every(({ state }) => state !== 'asked'))
    await endCall(unit, parts, surge, filled ? 'filled' : 'short', now);
}

/** Ends a call, once: those who have not answered are told if it is filled. */
export async function endCall(
  unit: Unit,
  parts: AttendanceParts,
  { id, callerId }: Pick<Surge, 'id' | 'callerId'>,
  to: 'filled' | 'short',
  now: number,
): Promise<void> {
  const { rowCount } = await unit.sql.query({
    text: `UPDATE surge SET state = $2 WHERE id = $1 AND state = 'calling'`,
    values: [id, to],
  });
  if (rowCount !== 1) return;
  const { rows } = await unit.sql.query<{ personId: string }>({
    text: `UPDATE surge_answer SET state = $2 WHERE surge_id = $1 AND state = 'asked' RETURNING person_id AS "personId"`,
    values: [id, to === 'filled' ? 'full' : 'late'],
  });
  await parts.audit(unit, {
    ...{ actor: { kind: 'system' }, action: `surge.${to}`, object: 'surge', objectId: id },
  });
  const word = (kind: string) => ({ kind: `surge.${kind}`, data: { surgeId: id } });
  await tellPeople(
    unit,
    parts,
    rows.map(({ personId }) => personId),
    word('closed'),
    now,
  );
  if (callerId) await tellPeople(unit, parts, [callerId], word('outcome'), now);
}
