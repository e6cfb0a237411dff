import type { Cell, RosterEntry, Spot } from './types.ts';

/** A shift in a square, by its stored name. */
export type Placed = Spot & { readonly name: string };

/** What is to become of one shift: with `from` alone it goes, with `to` alone it comes, with both it moves or changes. */
export interface Move {
  readonly from?: Placed | undefined;
  readonly to?: Placed | undefined;
  /** What stands in the other square comes back into this one; else it stays beside what comes. */
  readonly exchange?: boolean;
}

export const sameSpot = (a: Spot, b: Spot) => a.personId === b.personId && a.date === b.date;

/** The names of the shifts that somebody is planned for on a day, also under leave or a swap. */
export function plannedAt(entries: readonly RosterEntry[], spot: Spot): string[] {
  const own = entries.filter((each) => each.own && sameSpot(each, spot));
  return [...new Set(own.map(({ name }) => name))];
}

/** What stands in the square that a move leads to, besides what moves. */
export function inTheWay(entries: readonly RosterEntry[], { from, to }: Move): string[] {
  if (!to) return [];
  const there = plannedAt(entries, to);
  return from && sameSpot(from, to) ? there.filter((name) => name !== from.name) : there;
}

/** The squares as they are to be, whole. */
export function cellsFor(entries: readonly RosterEntry[], { from, to, exchange }: Move): Cell[] {
  const cells = new Map<string, Cell>();
  const at = ({ personId, date }: Spot): Cell => {
    const key = `${personId} ${date}`;
    const cell = cells.get(key) ?? { personId, date, shifts: plannedAt(entries, { personId, date }) };
    cells.set(key, cell);
    return cell;
  };
  if (from) at(from).shifts = at(from).shifts.filter((name) => name !== from.name);
  if (from && to && exchange && !sameSpot(from, to)) {
    at(from).shifts = [...new Set([...at(from).shifts, ...at(to).shifts])];
    at(to).shifts = [];
  }
  if (to) at(to).shifts = [...new Set([...at(to).shifts, to.name])];
  return [...cells.values()];
}
