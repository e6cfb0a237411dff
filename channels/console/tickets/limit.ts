import type { Limit } from '../api/types.ts';

/** A limit 时限 as it stands at `now`: what is left, negative once it is over; null when it is done. */
export interface Standing {
  colour: Limit['colour'];
  leftMs: number | null;
}

/** The server's colour, except that a limit which ran out since it answered is overdue. */
export function standingOf({ dueAt, colour, doneAt }: Limit, now: number): Standing {
  if (doneAt !== null) return { colour, leftMs: null };
  const leftMs = dueAt - now;
  return { colour: leftMs < 0 ? 'overdue' : colour, leftMs };
}
