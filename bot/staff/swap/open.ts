import { t } from '../../i18n/index.ts';
import { tellPeople } from '../post.ts';
import { dutiesOf, plannedDuty } from '../roster/duties.ts';
import { loadRosterFacts } from '../roster/store.ts';
import type { Duty } from '../roster/types.ts';
import type { Talk } from '../talk.ts';
import { factsOn, loadSwapDesk } from './desk.ts';
import { dutyText } from './explain.ts';
import { insertSwap } from './keep.ts';
import { isOpen } from './recheck.ts';
import { checkSwap } from './rules.ts';

const DAY_MS = 86_400_000;
const AHEAD_MS = 14 * DAY_MS;
const SHOWN = 6;

/** 缺班: the team's shifts that nobody has, to choose which is offered; with an id, offers that one. */
export async function offerOpenShift(text: string, talk: Talk): Promise<void> {
  const { turn, locale, reader } = talk;
  const open = await openShifts(talk);
  const named = open.find(({ shiftId }) => text.includes(shiftId));
  if (named) return offer(named, talk);
  if (open.length === 0) return turn.say('answer', t(locale, 'swap.open_none'));
  const actions = open.slice(0, SHOWN).map((duty) => ({
    ...{ title: dutyText(duty, reader), value: `/openshift ${duty.shiftId}` },
  }));
  turn.say('choices', t(locale, 'swap.open_list'), { actions });
}

/** Shifts of the next days that were planned for somebody of the leader's team and that nobody has now. */
async function openShifts({ turn, person }: Talk): Promise<Duty[]> {
  const { now, unit } = turn;
  const { shifts, overrides } = await loadRosterFacts(unit.sql, { from: now, to: now + AHEAD_MS });
  const taken = new Set(dutiesOf(shifts, overrides).map(({ shiftId }) => shiftId));
  const offered = await unit.sql.query<{ shiftId: string }>({
    text: `SELECT shift_id AS "shiftId" FROM swap WHERE kind = 'open' AND state IN ('peer_pending', 'leader_pending', 'approved', 'applied')`,
  });
  const gone = new Set(offered.rows.map(({ shiftId }) => shiftId));
  return shifts
    .filter(
      ({ id, startsAt, teamId }) =>
        startsAt > now && !taken.has(id) && !gone.has(id) && teamId === person.teamId,
    )
    .map(plannedDuty);
}

/** Tells everybody whom the rules let take it; the first who agrees has it. */
async function offer(shift: Duty, talk: Talk): Promise<void> {
  const { turn, person, parts, locale, reader } = talk;
  const { unit, now } = turn;
  const { id: policyId, policy } = parts.policy();
  const said = dutyText(shift, reader);
  const planned = shift.personId;
  const about = { ids: [planned], planned, from: shift.from - 16 * DAY_MS, to: shift.to + 16 * DAY_MS };
  const alone = await loadSwapDesk(unit.sql, policy.swap, about);
  const giver = alone.people.get(planned);
  if (!giver || !(await isOpen(unit.sql, shift.shiftId)))
    return turn.say('answer', t(locale, 'swap.open_taken'));
  const desk = await loadSwapDesk(unit.sql, policy.swap, { ...about, jobType: giver.jobType });
  const able = [...desk.people.values()].filter(
    (taker) =>
      taker.id !== planned &&
      taker.id !== person.id &&
      checkSwap(
        factsOn(desk, { kind: 'open', legs: [{ duty: shift, giver, taker }] }),
        policy.swap,
        now,
        desk.days,
      ).result !== 'refuse',
  );
  if (able.length === 0) return turn.say('answer', t(locale, 'swap.open_nobody', { shift: said }));
  const told = able.slice(0, policy.swap.open.tell).map(({ id }) => id);
  const checked = { checks: { result: 'pass' as const, verdicts: [] }, versions: {}, seats: [] };
  const swap = {
    kind: 'open' as const,
    giverId: planned,
    requesterId: person.id,
    partnerId: null,
    shift,
    back: null,
  };
  const record = await insertSwap(unit, parts, { ...swap, reason: '', checked, policyId }, policy, now);
  await tellPeople(unit, parts, told, { kind: 'swap.ask', data: { swapId: record.id } }, now);
  turn.say('answer', t(locale, 'swap.open_told', { shift: said, count: told.length }));
}
