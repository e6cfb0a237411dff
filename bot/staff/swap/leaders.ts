import type { Policy } from '../../policy/schema.ts';
import type { PersonFact } from './types.ts';

/**
 * Who must agree to a swap: the leader of each shift's team, the same one once (RULEBOOK §4 shift swap 1). A leader who
 * is party to it, or whom a team has not got, is replaced by whoever stands one level up.
 * @param holders the active colleagues who hold posts, and the deputies
 * @returns undefined if there is nobody to decide
 */
export function leadersOf(
  teams: readonly string[],
  parties: readonly string[],
  holders: readonly PersonFact[],
  { people: { ranks, deputies } }: Pick<Policy, 'people'>,
): PersonFact[] | undefined {
  const able = holders.filter(({ id }) => !parties.includes(id));
  const found = [...new Set(teams)].map((team) => {
    for (const rank of ranks) {
      const holder = able.find(({ role, teamId }) => role === rank && (rank !== ranks[0] || teamId === team));
      const deputy = able.find(({ number }) => deputies[rank]?.includes(number));
      if (holder ?? deputy) return holder ?? deputy;
    }
    return undefined;
  });
  const known = found.filter((each) => each !== undefined);
  return known.length === found.length
    ? [...new Map(known.map((each) => [each.id, each])).values()]
    : undefined;
}
