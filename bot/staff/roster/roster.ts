import type { Duty } from './types.ts';

/** Duties, ready to be asked. Made once from what `dutiesOf` returns; asking costs a binary search. */
export interface Roster {
  /** Who is on 当班 at an instant (epoch ms); a stretch holds its beginning, not its end. */
  whoIsOn(instant: number): Duty[];
  /** A colleague's stretches of work, in order. */
  of(personId: string): readonly Duty[];
  /** Stretches that touch `from` (included) to `to` (not included), in order. */
  between(from: number, to: number): Duty[];
  /** All of them, in order. */
  readonly duties: readonly Duty[];
}

/** @param duties in order of `from`, as `dutiesOf` returns them */
export function rosterOf(duties: readonly Duty[]): Roster {
  const longest = duties.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  const people = new Map<string, Duty[]>();
  for (const duty of duties) {
    const own = people.get(duty.personId);
    if (own) own.push(duty);
    else people.set(duty.personId, [duty]);
  }
  // Nothing that began before `from - longest` can still run at `from`.
  const between = (from: number, to: number) =>
    duties.slice(firstFrom(duties, from - longest), firstFrom(duties, to)).filter((duty) => duty.to > from);
  return {
    duties,
    between,
    whoIsOn: (instant) => between(instant, instant + 1),
    of: (personId) => people.get(personId) ?? [],
  };
}

/** Index of the first duty that begins at or after `instant` (epoch ms), of duties in the order of `from`. */
export function firstFrom(duties: readonly Duty[], instant: number): number {
  let [low, high] = [0, duties.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((duties[middle]?.from ?? Infinity) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
