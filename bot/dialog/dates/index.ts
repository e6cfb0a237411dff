import { Temporal } from 'temporal-polyfill';
import { CHINESE } from './chinese.ts';
import { type Composition, compose, type Item, type Loose } from './compose.ts';
import { ENGLISH } from './english.ts';
import { FESTIVALS } from './festivals.ts';
import { hoursOf } from './hours.ts';
import { halfWidth } from './numerals.ts';
import { spansOf } from './spans.ts';
import { tokeniser } from './tokens.ts';
import type { DateContext, DateReading } from './types.ts';

export { describeDate, describeSpan, describeTime } from './describe.ts';
export type {
  Ambiguity,
  DateContext,
  DateProblem,
  DateReading,
  DateSpan,
  DayPart,
  Duration,
  ShiftWord,
  TimeSpan,
} from './types.ts';

const tokenise = tokeniser([
  ...FESTIVALS,
  ...ENGLISH.slice(0, 1),
  ...CHINESE.slice(0, -5),
  ...ENGLISH.slice(1),
  ...CHINESE.slice(-5),
]);

/** Longer texts are no answer to "when?"; what follows is not looked at. */
const MAX_CHARACTERS = 1000;

/**
 * Reads the days and hours in a Chinese or English sentence. Pure, never throws; what it is not sure of it
 * returns as `ambiguous` (with complete spans to choose from) or `problem`, never as a guess.
 */
export function readDates(text: string, context: DateContext): DateReading {
  const { squeezed, places } = squeeze(halfWidth(text.slice(0, MAX_CHARACTERS)));
  const at = (place: number) => places[place] ?? text.length;
  const tokens = tokenise(squeezed).map((t) => ({ ...t, index: at(t.index), end: at(t.end - 1) + 1 }));
  const composition = compose(tokens);
  attach(composition);
  const read = tokens
    .filter((token) => !['filler', 'list', 'range'].includes(token.type))
    .map((token) => ({ index: token.index, length: token.end - token.index }));
  const items = composition.items.map(({ index, end }) => ({ index, length: end - index }));
  return { ...spansOf(composition, context, text), ...looseOf(composition.loose), read: [...items, ...read] };
}

/** 6 月 13 日, as many write it: such blanks mean nothing. `places[i]` is where character i stood before. */
function squeeze(text: string): { squeezed: string; places: number[] } {
  const blank = new Set<number>();
  for (const { index, 0: found } of text.matchAll(/(?<=\d) +(?=[年月日号点时分])|(?<=[年月日点时]) +(?=\d)/g))
    for (let i = 0; i < found.length; i++) blank.add(index + i);
  const places = Array.from({ length: text.length }, (_, i) => i).filter((i) => !blank.has(i));
  return { squeezed: places.map((i) => text.charAt(i)).join(''), places };
}

/** 明天我想请下午的假: hours said apart from the only day belong to it. */
function attach({ items, loose }: Composition): void {
  const [item] = items;
  if (!item || items.length > 1) return;
  if (!hasHours(item)) {
    if (loose.from) item.from = loose.from;
    if (loose.to) item.to = loose.to;
    if (loose.shift) item.shift = loose.shift;
    if (loose.part) item.first.part ??= loose.part;
  }
  extend(item, loose);
}

const hasHours = (item: Item) => Boolean(item.from || item.shift || item.first.part || item.last);

/** 明天起三天: a single whole day with a length becomes a range. */
function extend(item: Item, loose: Loose): void {
  const days = loose.duration?.days ?? 0;
  // 国庆请一天 is not the whole holiday.
  const least = item.first.spec.k === 'festival' ? 1 : 1.5;
  if (days < least || hasHours(item) || item.first.spec.k === 'weekend') return;
  item.days = Math.ceil(days);
  if (days % 1 !== 0) item.endPart = 'morning';
}

function looseOf(loose: Loose): Pick<DateReading, 'part' | 'shift' | 'time' | 'duration'> {
  return {
    ...(loose.part && { part: loose.part }),
    ...(loose.shift && { shift: loose.shift }),
    ...(loose.from && { time: hoursOf(loose.from, loose.to, loose.part).time }),
    ...(loose.duration && { duration: loose.duration }),
  };
}

/** The context of an instant on the centre's clock. */
export function dateContext(now: number, timeZone: string, businessDayStartsAt?: string): DateContext {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const context = { today: zoned.toPlainDate(), now: zoned };
  return businessDayStartsAt === undefined ? context : { ...context, businessDayStartsAt };
}
