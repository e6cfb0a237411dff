import type { Headcount } from './types.ts';

export type Hour = Headcount['hours'][number];

/** People missing in an hour, to a tenth. */
export const missing = ({ required, rostered }: Pick<Hour, 'required' | 'rostered'>): number =>
  Math.max(0, Math.round((required - rostered) * 10) / 10);

/** The hour of a day in which most are missing, the earliest of several; undefined: enough are on all day. */
export function worstOf(hours: readonly Hour[]): Hour | undefined {
  const most = Math.max(0, ...hours.map(missing));
  return most > 0 ? hours.find((hour) => missing(hour) === most) : undefined;
}

/** Hours one after the other in which people are missing, as [from, to) of the day with the most that miss. */
export function stretchesOf(hours: readonly Hour[]): { from: number; to: number; most: number }[] {
  const stretches: { from: number; to: number; most: number }[] = [];
  for (const hour of hours) {
    const most = missing(hour);
    if (most === 0) continue;
    const last = stretches.at(-1);
    if (last?.to === hour.hour) {
      last.to = hour.hour + 1;
      last.most = Math.max(last.most, most);
    } else stretches.push({ from: hour.hour, to: hour.hour + 1, most });
  }
  return stretches;
}
