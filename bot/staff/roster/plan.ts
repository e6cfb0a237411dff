import { Temporal } from 'temporal-polyfill';
import { OFF, type RosterPolicy, type ShiftType } from '../../policy/roster-schema.ts';
import type { RosterFacts } from './change.ts';
import type { PlannedShift, RosterChange } from './types.ts';

/** A cell of the roster as somebody wants it: all that this person is planned for on this date; nothing is a day off. */
export interface Cell {
  readonly personId: string;
  /** ISO business date. */
  readonly date: string;
  /** Names of shifts, as they are stored. */
  readonly shifts: readonly string[];
}

export interface Planner {
  readonly types: readonly ShiftType[];
  readonly timeZone: string;
  /** undefined: has no team and can't be planned for. */
  teamOf(personId: string): string | undefined;
  newId(): string;
}

/** The shift of this name: Chinese, English or its id, in whatever case. */
export function shiftType(types: readonly ShiftType[], name: string): ShiftType | undefined {
  const said = name.normalize('NFKC').trim().toLowerCase();
  return types.find(({ id, name: names }) => [id, names['zh-CN'], names.en.toLowerCase()].includes(said));
}

/** The instants of a shift on a date, epoch ms. */
export function instantsOf({ from, hours }: ShiftType, date: string, timeZone: string) {
  const start = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: from });
  const end = start.add({ minutes: Math.round(hours * 60) });
  return { startsAt: start.epochMilliseconds, endsAt: end.epochMilliseconds };
}

/**
 * What has to be planned and cancelled so that these cells are as wanted; what stands already is left alone.
 * Names that are no shift of the policy must have been refused before, unless the cell has that shift already.
 */
export function planCells(
  { shifts }: Pick<RosterFacts, 'shifts'>,
  cells: readonly Cell[],
  planner: Planner,
): Required<Pick<RosterChange, 'plan' | 'cancel'>> {
  const standing = new Map<string, PlannedShift[]>();
  for (const shift of shifts) {
    const key = `${shift.personId} ${shift.businessDate}`;
    standing.set(key, [...(standing.get(key) ?? []), shift]);
  }
  const plan: PlannedShift[] = [];
  const cancel: string[] = [];
  for (const cell of cells) {
    const own = standing.get(`${cell.personId} ${cell.date}`) ?? [];
    const wanted = new Set(cell.shifts.map((name) => shiftType(planner.types, name)?.name['zh-CN'] ?? name));
    const kept = new Set(own.filter(({ name }) => wanted.has(name)).map(({ name }) => name));
    cancel.push(...own.filter(({ name }) => !wanted.has(name)).map(({ id }) => id));
    for (const name of wanted) if (!kept.has(name)) plan.push(...plannedShift(cell, name, planner));
  }
  return { plan, cancel };
}

function plannedShift({ personId, date }: Cell, name: string, planner: Planner): PlannedShift[] {
  const type = shiftType(planner.types, name);
  const teamId = planner.teamOf(personId);
  if (!type || !teamId) return [];
  const { night } = type;
  const own = { id: planner.newId(), personId, teamId, businessDate: date, name: type.name['zh-CN'], night };
  return [{ ...own, ...instantsOf(type, date, planner.timeZone) }];
}

/**
 * The cells of a team on a rotation 轮班: each person goes through the cycle from a place of their own.
 * @param people with the place (from 0) in the cycle where they stand on `from`
 */
export function rotationCells(
  { cycle }: RosterPolicy['rotations'][number],
  types: readonly ShiftType[],
  { people, dates }: { people: readonly { personId: string; place: number }[]; dates: readonly string[] },
): Cell[] {
  return people.flatMap(({ personId, place }) =>
    dates.map((date, index) => {
      const id = cycle[(place + index) % cycle.length] ?? OFF;
      const name = types.find((type) => type.id === id)?.name['zh-CN'];
      return { personId, date, shifts: name ? [name] : [] };
    }),
  );
}
