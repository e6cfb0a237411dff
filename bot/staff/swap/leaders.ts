import type { Policy } from '../../policy/schema.ts';
import type { PersonFact } from './types.ts';

/** One leader's word that a swap needs. Safe as JSON. */
export interface SwapSeat {
  /** Ids; any of them decides, as a team may have two leaders. */
  readonly leaders: readonly string[];
  /** Decide in their place while all of them are away: deputies of the post, and whoever stands a level up. */
  readonly above: readonly string[];
  /** Whose word it was. */
  readonly by?: string;
  /** Those above were asked. */
  readonly handed?: boolean;
}

/**
 * Whose word a swap needs: the leader's of each shift's team, the same one's once (RULEBOOK §4 shift swap 1). A leader
 * who is party to it, or whom a team has not got, is replaced by whoever stands one level up.
 * @param holders the active colleagues who hold posts, and the deputies
 * @returns undefined if there is nobody to decide
 */
export function seatsOf(
  teams: readonly string[],
  parties: readonly string[],
  holders: readonly PersonFact[],
  { people: { ranks, deputies } }: Pick<Policy, 'people'>,
): SwapSeat[] | undefined {
  const able = holders.filter(({ id }) => !parties.includes(id));
  const inPost = (rank: number, team: string) =>
    able.filter(({ role, teamId }) => role === ranks[rank] && (rank > 0 || teamId === team));
  const standIns = (rank: number) =>
    able.filter(({ number }) => deputies[ranks[rank] ?? 'agent']?.includes(number));
  const seats = new Map<string, SwapSeat>();
  for (const team of new Set(teams)) {
    const at = (rank: number) => (inPost(rank, team).length > 0 ? inPost(rank, team) : standIns(rank));
    const levels = ranks.map((_, rank) => rank);
    const level = levels.find((rank) => at(rank).length > 0);
    if (level === undefined) return undefined;
    const leaders = at(level).map(({ id }) => id);
    const next = levels.find((rank) => rank > level && at(rank).length > 0);
    const above = [...standIns(level), ...(next === undefined ? [] : at(next))].map(({ id }) => id);
    const others = [...new Set(above)].filter((id) => !leaders.includes(id));
    seats.set(leaders.join(), { leaders, above: others });
  }
  return [...seats.values()];
}

/** Whether somebody's word is missing here and counts now. @param away leaders who can't decide now */
export function sitsAt({ leaders, above, by }: SwapSeat, id: string, away: readonly string[] = []): boolean {
  if (by !== undefined) return false;
  return leaders.includes(id) || (above.includes(id) && leaders.every((leader) => away.includes(leader)));
}
