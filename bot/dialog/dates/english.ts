import type { ClockWord, DaySpec, Recogniser, Token, TokenBody } from './tokens.ts';
import type { DayPart, ShiftWord } from './types.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const MONTH =
  '(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\\b\\.?';
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?:,?\\s*(\\d{4}))?(?!\\d)';
const COUNT = '(\\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten)';
const JOIN = '(?:-|–|to|and|until|till|through|&|,)';

const monthOf = (word: string) => MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
const countOf = (word: string) => {
  const place = NUMBERS.indexOf(word.toLowerCase());
  if (place >= 0) return place + 1;
  return /^an?$/i.test(word) ? 1 : Number(word);
};
const day = (spec: DaySpec, part?: DayPart): TokenBody =>
  part ? { type: 'day', spec, part } : { type: 'day', spec };
const offset = (days: number, part?: DayPart) => day({ k: 'offset', days, asks: true }, part);

const PARTS: Readonly<Record<string, DayPart>> = {
  morning: 'morning',
  afternoon: 'afternoon',
  evening: 'evening',
  night: 'evening',
};

function dated(month: string, d: string, year: string | undefined): TokenBody {
  const spec = { k: 'date', month: monthOf(month), day: Number(d) } as const;
  return day(year ? { ...spec, year: Number(year) } : spec);
}

/** The 5 of "June 3 to 5" and of 8月3-5: a bare number counts only right after a dated range. */
function continuesRange(previous: readonly Token[]): boolean {
  const said = previous.filter((token) => token.type !== 'filler');
  const [before, join] = said.slice(-2);
  return join?.type === 'range' && before?.type === 'day' && before.spec.k === 'date';
}

const relative: Recogniser[] = [
  { pattern: /\b(?:the\s+)?day\s+after\s+tomorrow\b/, read: () => offset(2) },
  { pattern: /\b(?:the\s+)?day\s+before\s+yesterday\b/, read: () => offset(-2) },
  { pattern: /\btonight\b/, read: () => offset(0, 'evening') },
  { pattern: /\blast\s+night\b/, read: () => offset(-1, 'evening') },
  {
    pattern: /\bthis\s+(morning|afternoon|evening)\b/,
    read: ([, part = '']) => offset(0, PARTS[part.toLowerCase()]),
  },
  {
    pattern: /\b(today|tomorrow|yesterday)\b/,
    read: ([, word = '']) => offset({ today: 0, tomorrow: 1, yesterday: -1 }[word.toLowerCase()] ?? 0),
  },
  {
    pattern: new RegExp(`\\bin\\s+${COUNT}\\s+days?\\b|\\b${COUNT}\\s+days?\\s+(?:from\\s+now|later)\\b`),
    read: ([, first, second]) => offset(countOf(first ?? second ?? '')),
  },
];

relative.push({
  pattern: new RegExp(`\\bin\\s+${COUNT}\\s+weeks?\\b`),
  read: ([, count = '']) => offset(countOf(count) * 7),
});

const WEEKDAY =
  '(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\\b\\.?';

const weekdays: Recogniser[] = [
  {
    pattern: new RegExp(`\\b(?:(this|next|last|coming)\\s+)?${WEEKDAY}`),
    read: ([, which, name = '']) => {
      // "I sat in the sun": the short forms that are words count only with a capital.
      if (/^(?:sat|sun|wed|mon)$/.test(name)) return null;
      const weekday = DAYS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
      if (which?.toLowerCase() === 'this') return day({ k: 'weekday', day: weekday });
      if (which?.toLowerCase() === 'last') return day({ k: 'weekday', day: weekday, week: -1 });
      const spec = { k: 'weekday', day: weekday, english: true } as const;
      return day(which?.toLowerCase() === 'next' ? { ...spec, next: true } : spec);
    },
  },
  {
    pattern: /\b(this|next|last)\s+weekend\b/,
    read: ([, which = '']) =>
      day({ k: 'weekend', week: { this: 0, next: 1, last: -1 }[which.toLowerCase()] ?? 0 }),
  },
];

const dates: Recogniser[] = [
  {
    pattern: new RegExp(`\\b${MONTH}\\s*(?:the\\s+)?${DAY}\\b${YEAR}`),
    read: ([, m = '', d = '', y]) => dated(m, d, y),
  },
  {
    pattern: new RegExp(`\\b${DAY}\\s*(?:of\\s+)?${MONTH}${YEAR}`),
    read: ([, d = '', m = '', y]) => dated(m, d, y),
  },
  {
    pattern: new RegExp(`\\b${DAY}(?=\\s*${JOIN}\\s*\\d{1,2}(?:st|nd|rd|th)?\\s*(?:of\\s+)?${MONTH})`),
    read: ([, d = '', m = '']) => dated(m, d, undefined),
  },
  {
    pattern: /\b(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:one|option|choice|time|of))/,
    read: ([, d]) => day({ k: 'date', day: Number(d) }),
  },
  {
    pattern: /(\d{1,2})(?![\d:/.]|\s*(?:am|pm|a\.m|p\.m|o'?clock|days?|hours?|h\b|min)|[点时天个])/,
    read: ([, d], _before, previous) =>
      continuesRange(previous) ? day({ k: 'date', day: Number(d) }) : null,
  },
];

const CLOCK = '(\\d{1,2})(?::(\\d{2}))?';
const HALF = '(am|pm|a\\.m\\.?|p\\.m\\.?)';

function clock(hour: string, minute: string | undefined, half: string | undefined): TokenBody | null {
  const [h, m] = [Number(hour), Number(minute ?? 0)];
  if (h > 24 || m > 59 || (half && (h === 0 || h > 12))) return null;
  const body: ClockWord = { hour: h, minute: m, exact: h > 12 || h === 0 };
  if (!half) return { type: 'clock', clock: body };
  const part = half.toLowerCase().startsWith('p') ? 'afternoon' : h === 12 ? 'beforeDawn' : 'morning';
  return { type: 'clock', clock: { ...body, part } };
}

const clocks: Recogniser[] = [
  { pattern: new RegExp(`\\b${CLOCK}\\s*${HALF}(?!\\w)`), read: ([, h = '', m, half]) => clock(h, m, half) },
  {
    pattern: new RegExp(
      `\\b${CLOCK}(?=\\s*(?:-|–|to|until|till)\\s*(\\d{1,2})(?::\\d{2})?\\s*${HALF}(?!\\w))`,
    ),
    read: ([, h = '', m, end = '', half = '']) => {
      const sameHalf = Number(h) % 12 < Number(end) % 12;
      const other = half.toLowerCase().startsWith('p') ? 'am' : 'pm';
      return clock(h, m, sameHalf ? half : other);
    },
  },
  {
    pattern: /\bat\s+(\d{1,2})(?![\d:/.]|\s*(?:st|nd|rd|th|am|pm|[ap]\.m))/,
    read: ([, h = '']) => clock(h, undefined, undefined),
  },
  { pattern: /\b(\d{1,2})\s*o['’]?clock\b/, read: ([, h = '']) => clock(h, undefined, undefined) },
];

const durations: Recogniser[] = [
  // "A week from Friday" is no length, and Friday is not the day: better to ask.
  { pattern: new RegExp(`\\b${COUNT}\\s+weeks?\\s+from\\s+\\w+`), read: () => ({ type: 'filler' }) },
  {
    pattern: /\b(\d{1,2})\s*h(?:rs?)?\b/,
    read: ([, count = '']) => ({ type: 'duration', duration: { minutes: Number(count) * 60 } }),
  },
  {
    pattern: /\b(?:half\s+(?:a\s+)?day|a\s+half[\s-]day)\b/,
    read: () => ({ type: 'duration', duration: { days: 0.5 } }),
  },
  { pattern: /\bhalf\s+an\s+hour\b/, read: () => ({ type: 'duration', duration: { minutes: 30 } }) },
  {
    pattern: new RegExp(`\\b${COUNT}[\\s-]+(days?|weeks?|hours?|minutes?|mins?)\\b`),
    read: ([, count = '', unit = '']) => {
      const n = countOf(count);
      if (/^day/i.test(unit)) return { type: 'duration', duration: { days: n } };
      if (/^week/i.test(unit)) return { type: 'duration', duration: { days: n * 7 } };
      return { type: 'duration', duration: { minutes: /^h/i.test(unit) ? n * 60 : n } };
    },
  },
];

const SHIFTS: Readonly<Record<string, ShiftWord>> = {
  early: 'early',
  morning: 'early',
  day: 'day',
  middle: 'middle',
  late: 'late',
  evening: 'late',
  night: 'night',
};

const words: Recogniser[] = [
  {
    pattern: /\b(early|morning|day|middle|late|evening|night)[\s-]+shift\b/,
    read: ([, word = '']) => ({ type: 'shift', shift: SHIFTS[word.toLowerCase()] ?? 'day' }),
  },
  {
    pattern: /\b(?:in\s+the\s+|at\s+)?(morning|afternoon|evening|night)\b/,
    read: ([, word = '']) => ({ type: 'part', part: PARTS[word.toLowerCase()] ?? 'morning' }),
  },
  { pattern: /\b(?:to|until|till|through|thru)\b/, read: () => ({ type: 'range' }) },
  { pattern: /\band\b|&/, read: () => ({ type: 'list', soft: false }) },
  { pattern: /\b(?:on|from|at|the|starting)\b|'s\b/, read: () => ({ type: 'filler' }) },
];

/** In order of precedence; shift words come first, for "night shift" is no evening and "day shift" no day. */
export const ENGLISH: readonly Recogniser[] = [
  ...words.slice(0, 1),
  ...relative,
  ...weekdays,
  ...dates,
  ...clocks,
  ...durations,
  ...words.slice(1),
];
