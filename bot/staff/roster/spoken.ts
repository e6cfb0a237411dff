import { Temporal } from 'temporal-polyfill';
import type { ShiftWord } from '../../dialog/dates/index.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Period } from './period.ts';
import type { Duty } from './types.ts';

const NAMED: Readonly<Record<ShiftWord, RegExp>> = {
  early: /早/,
  day: /白|日/,
  middle: /中/,
  late: /晚/,
  night: /夜/,
};

/**
 * The stretches of work that were asked for: a whole day's by business date, a shift's by its name, an hour's and half
 * a day's by instants.
 */
export function dutiesIn(
  duties: readonly Duty[],
  { window, span }: Period,
  { centre, leave }: Policy,
): Duty[] {
  if (!window) return [];
  const { shift, time, part } = span ?? {};
  const ofDate = duties.filter(
    ({ businessDate }) => businessDate >= window.from && businessDate <= window.to,
  );
  if (shift) return ofShift(ofDate, shift);
  const at = (clock: Temporal.PlainTime | string, days = 0) =>
    Temporal.PlainDate.from(window.from)
      .add({ days })
      .toZonedDateTime({ timeZone: centre.timeZone, plainTime: clock }).epochMilliseconds;
  if (time) {
    const from = at(time.from);
    const to = time.to ? at(time.to, time.toNextDay ? 1 : 0) : from + 1;
    return touching(duties, from, to);
  }
  if (!part) return ofDate;
  const [from, to] = leave.parts[part];
  return touching(duties, at(from), at(to, to <= from ? 1 : 0));
}

const touching = (duties: readonly Duty[], from: number, to: number) =>
  duties.filter((duty) => duty.from < to && duty.to > from);

function ofShift(duties: readonly Duty[], word: ShiftWord): Duty[] {
  const nights = duties.filter(({ night }) => night);
  if (word === 'night') return nights;
  const named = duties.filter(({ name }) => NAMED[word].test(name));
  // Where there is no 晚班, 晚班 is what people call the night shift.
  return named.length === 0 && word === 'late' ? nights : named;
}
