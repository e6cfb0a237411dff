import { rest } from '../../policy/primitives.ts';
import type { SurgePolicy } from '../../policy/schema.ts';

/** What came in over the window, and what the past weeks lead one to expect of it. */
export interface Measured {
  readonly contacts: number;
  readonly expected: number;
}

/** Whether it is a surge (RULEBOOK §4 roster): the factor is reached, by more than a handful of contacts. */
export function isSurge({ contacts, expected }: Measured, { factor, leastContacts }: SurgePolicy): boolean {
  return contacts >= leastContacts && contacts >= expected * factor;
}

/** A stretch of time, epoch ms. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Why somebody is not asked. `on_duty`: they work then, or now. `rest`: too little of it (RULEBOOK §7) between this and
 * a shift of theirs. `leave`: they are on leave, or have asked for it.
 */
export type Unfit = 'on_duty' | 'rest' | 'leave';

/** Whether somebody could work an extra shift. @param leaves business dates (ISO), both included */
export function unfitFor(
  extra: Stretch & { readonly date: string },
  own: { readonly duties: readonly Stretch[]; readonly leaves: readonly { from: string; to: string }[] },
  { restHours, now }: { readonly restHours: number; readonly now: number },
): Unfit | undefined {
  if (own.leaves.some(({ from, to }) => from <= extra.date && extra.date <= to)) return 'leave';
  if (own.duties.some(({ from, to }) => from <= now && now < to)) return 'on_duty';
  const gaps = own.duties.map((duty) => rest(duty, extra, restHours * 3_600_000));
  if (gaps.some(({ gapMs }) => gapMs < 0)) return 'on_duty';
  return gaps.every(({ enough }) => enough) ? undefined : 'rest';
}

const QUARTER_MS = 15 * 60_000;

/** The extra shift of a call at `now` (epoch ms): on the next full quarter of an hour. */
export function extraShift(now: number, { leadMinutes, hours }: SurgePolicy): Stretch {
  const from = Math.ceil((now + leadMinutes * 60_000) / QUARTER_MS) * QUARTER_MS;
  return { from, to: from + hours * 3_600_000 };
}
