import type { Roster } from '../roster/roster.ts';
import type { Duty } from '../roster/types.ts';

/** How many night and weekend shifts of a colleague begin from `from` to before `to` (epoch ms). */
export type LoadIn = (personId: string, from: number, to: number) => number;

/** When a colleague's night and weekend shifts begin, in order. */
type Heavy = Float64Array;

const known = new WeakMap<Roster, LoadIn>();

/**
 * The load 负担 that fairness goes by. Picked out once for each colleague of a roster: hundreds are compared for one
 * question, and a form asks several times.
 */
export function loadIn(roster: Roster): LoadIn {
  const had = known.get(roster);
  if (had) return had;
  const people = new Map<string, Heavy>();
  const weekend = weekends();
  const heavyOf = (personId: string): Heavy => {
    let heavy = people.get(personId);
    if (!heavy) {
      const own = roster.of(personId).filter(({ night, businessDate }) => night || weekend(businessDate));
      heavy = Float64Array.from(own, ({ from }) => from);
      people.set(personId, heavy);
    }
    return heavy;
  };
  const load: LoadIn = (personId, from, to) => {
    const heavy = heavyOf(personId);
    return before(heavy, to) - before(heavy, from);
  };
  known.set(roster, load);
  return load;
}

/** How many of these lie before an instant. */
function before(sorted: Heavy, instant: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Saturday or Sunday, each date looked at once. */
function weekends(): (date: Duty['businessDate']) => boolean {
  const dates = new Map<string, boolean>();
  return (date) => {
    const had = dates.get(date);
    if (had !== undefined) return had;
    const is = [0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay());
    dates.set(date, is);
    return is;
  };
}
