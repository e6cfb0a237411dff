import { NUMBER, numberOf } from './numerals.ts';
import type { Recogniser, Token, TokenBody } from './tokens.ts';
import type { DayPart, ShiftWord } from './types.ts';

const OFFSETS: Readonly<Record<string, number>> = {
  大前: -3,
  前: -2,
  昨: -1,
  今: 0,
  当: 0,
  明: 1,
  后: 2,
  大后: 3,
};

const PARTS: Readonly<Record<string, DayPart>> = {
  凌晨: 'beforeDawn',
  早: 'morning',
  早上: 'morning',
  早晨: 'morning',
  清晨: 'morning',
  一早: 'morning',
  上午: 'morning',
  前半天: 'morning',
  上半天: 'morning',
  下午: 'afternoon',
  午后: 'afternoon',
  后半天: 'afternoon',
  下半天: 'afternoon',
  傍晚: 'evening',
  晚: 'evening',
  晚上: 'evening',
  晚间: 'evening',
  夜: 'evening',
  夜里: 'evening',
  夜间: 'evening',
  半夜: 'evening',
};

const SHIFTS: Readonly<Record<string, ShiftWord>> = {
  早班: 'early',
  白班: 'day',
  日班: 'day',
  中班: 'middle',
  晚班: 'late',
  夜班: 'night',
  通宵班: 'night',
  大夜: 'night',
};

const weekdayOf = (text: string) => (/[日天7]/.test(text) ? 7 : numberOf(text));
const day = (spec: Extract<TokenBody, { type: 'day' }>['spec'], part?: DayPart): TokenBody =>
  part ? { type: 'day', spec, part } : { type: 'day', spec };

/** 本周 0, 下周 1, 下下周 2, 上周 −1; undefined for a bare 周三. */
function weekOf(prefix: string | undefined): number | undefined {
  if (!prefix) return undefined;
  const next = prefix.match(/下/g)?.length ?? 0;
  return next - (prefix.match(/上/g)?.length ?? 0);
}

const relative: Recogniser[] = [
  {
    pattern: /明后(?:两|二|2)?天/,
    read: () => day({ k: 'offset', days: 1, span: 2, asks: true }),
  },
  {
    pattern: /(大前|大后|前|昨|今|当|明|后)(?:天|日|儿个?)(?!气)/,
    // 前天 but not 目前天气, 之后天天, 三天后天气; 当天 and 当日 belong to another date.
    read: ([, word = ''], before) =>
      word === '当' || /[之以目天年月]$/.test(before)
        ? null
        : day({ k: 'offset', days: OFFSETS[word] ?? 0, asks: true }),
  },
  {
    pattern: /(昨|今|明)(早|晚|夜)(?!班|报)(?:上)?/,
    read: ([, word = '', part = '']) =>
      day({ k: 'offset', days: OFFSETS[word] ?? 0, asks: true }, PARTS[part]),
  },
  // 明晚班 is tomorrow's late shift, not tomorrow evening.
  {
    pattern: /(今|明)(?=[早晚夜]班)/,
    read: ([, word = '']) => day({ k: 'offset', days: OFFSETS[word] ?? 0, asks: true }),
  },
  {
    pattern: new RegExp(`(${NUMBER})天(?:之后|以后|后)(?!天)`),
    read: ([, count = '']) => day({ k: 'offset', days: numberOf(count), asks: true }),
  },
  {
    pattern: new RegExp(`(${NUMBER})天(?:之前|以前|前)`),
    read: ([, count = ''], before) =>
      /[提早]$/.test(before) ? null : day({ k: 'offset', days: -numberOf(count), asks: true }),
  },
];

/** Right after a weekday, or after one and a 、, a bare figure is another weekday. */
function continuesWeekday(previous: readonly Token[], at: number): boolean {
  if (previous.at(-1)?.end !== at) return false;
  const [latest, before] = [previous.at(-1), previous.at(-2)];
  const weekday = (token: Token | undefined) => token?.type === 'day' && token.spec.k === 'weekday';
  if (latest?.type === 'list') return !latest.soft && weekday(before);
  return weekday(latest) && !(latest?.type === 'day' && latest.part);
}

const weekdays: Recogniser[] = [
  {
    pattern:
      /(?:[一二两三四五六七八九十半每隔单双\d]个?|[几数])(?:周|星期|礼拜)(?!末)(?=[一二三四五六日天\d])/,
    read: () => ({ type: 'filler' }),
  },
  {
    pattern: /(本|这个?|上上?个?|下下?个?)?(?:周|星期|礼拜)([一二三四五六日天]|[1-7](?!\d))(?!之前|以前)/,
    read: ([, week, name = '']) => {
      const offset = weekOf(week);
      const weekday = weekdayOf(name);
      return day(
        offset === undefined ? { k: 'weekday', day: weekday } : { k: 'weekday', day: weekday, week: offset },
      );
    },
  },
  {
    // The 四 of 周三四 and of 下周三、四; not the 一 of 周三一点.
    pattern: /([一二三四五六日])(?![天个点号月日年班次两十语程常周])/,
    read: ({ 1: name = '', index }, _before, previous) =>
      continuesWeekday(previous, index) ? day({ k: 'weekday', day: weekdayOf(name) }) : null,
  },
  {
    pattern: /(本|这个?|上个?|下下?个?)?周末/,
    read: ([, week]) => day({ k: 'weekend', week: weekOf(week) ?? 0 }),
  },
];

const MONTH_DAY = String.raw`(${NUMBER})月份?\s*(${NUMBER})(?:(?:日|号)(?!之前|以前)|(?![个天月日号\d点时元块]))`;

const dates: Recogniser[] = [
  {
    pattern: /(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号|(?!\d))/,
    read: ([, y, m, d]) => day({ k: 'date', year: Number(y), month: Number(m), day: Number(d) }),
  },
  {
    pattern: new RegExp(`(今年|明年|去年)?的?${MONTH_DAY}`),
    read: ([, year, m = '', d = '']) => {
      const spec = { k: 'date', month: numberOf(m), day: numberOf(d) } as const;
      if (!year) return day(spec);
      return day({ ...spec, year: year === '今年' ? 0 : year === '明年' ? 1 : -1 });
    },
  },
  {
    pattern: new RegExp(`(本|这个?|上个?|下个?)月的?(${NUMBER})(?:日|号)`),
    read: ([, month, d = '']) => day({ k: 'date', monthOffset: weekOf(month) ?? 0, day: numberOf(d) }),
  },
  {
    // 20号, but not 2号线, 工号1001号, 第3号; 3日 only where it is no count of days.
    pattern: new RegExp(
      `(${NUMBER})(?:号(?![线机楼座台窗位员工套码门院店厅柜铺桌])|日(?![内间游均后前语程]))(?!之前|以前|前)`,
    ),
    read: ([, d = ''], before) =>
      /[\d第月年工]$/.test(before) ? null : day({ k: 'date', day: numberOf(d) }),
  },
  {
    // The first ones of 3-5号 and 12、13、14号.
    pattern: new RegExp(`(${NUMBER})(?=(?:\\s*(?:-|~|—+|–|到|至|、|,|和|及)\\s*${NUMBER})+(?:号|日))`),
    read: ([, d = ''], before) => (/[\d第年工]$/.test(before) ? null : day({ k: 'date', day: numberOf(d) })),
  },
  {
    pattern: /(\d{1,2})\/(\d{1,2})(?![\d/])/,
    read: ([, m, d], before) => {
      const [month, date] = [Number(m), Number(d)];
      if (/[\d/]$/.test(before) || month < 1 || month > 12 || date < 1 || date > 31) return null;
      return day({ k: 'date', month, day: date });
    },
  },
];

const CLOCK_PART = '(凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜里|晚间)?';

const clocks: Recogniser[] = [
  {
    pattern: new RegExp(
      `${CLOCK_PART}\\s*(${NUMBER})\\s*(?:点|时)(?:整|钟|(半)|([一三])刻|(${NUMBER})分?)?(?:钟)?`,
    ),
    read: (match, before) => {
      const [whole, part, hour = '', half, quarter, minutes] = match;
      // 晚一点, 有一点发烧: 一点 is an hour only where something makes it one.
      if (
        whole === '一点' &&
        (/[早晚有快慢多少]$/.test(before) || !/^\s*(?:[到至~—–-]|之?前|开始)/.test(after(match)))
      )
        return null;
      const minute = half ? 30 : quarter ? (quarter === '一' ? 15 : 45) : minutes ? numberOf(minutes) : 0;
      return clock(numberOf(hour), minute, part, false);
    },
  },
  {
    pattern: new RegExp(`${CLOCK_PART}\\s*(\\d{1,2}):(\\d{2})(?!\\d)`),
    read: ([, part, hour = '', minute]) => clock(Number(hour), Number(minute), part, hour.length === 2),
  },
];

const after = (match: RegExpExecArray) => match.input.slice(match.index + match[0].length);

function clock(hour: number, minute: number, word: string | undefined, exact: boolean): TokenBody | null {
  if (!(hour >= 0 && hour <= 24 && minute >= 0 && minute <= 59) || (hour === 24 && minute > 0)) return null;
  const part = word === '中午' ? (hour <= 3 ? 'afternoon' : 'morning') : word ? PARTS[word] : undefined;
  const body = { hour, minute, exact: exact || hour > 12 || hour === 0 };
  return { type: 'clock', clock: part ? { ...body, part } : body };
}

const durations: Recogniser[] = [
  { pattern: /半天|半日/, read: () => ({ type: 'duration', duration: { days: 0.5 } }) },
  {
    pattern: new RegExp(`(${NUMBER})(个?半)?天(半)?(?!气)`),
    read: ([, count = '', , half], before) =>
      /[第后]$/.test(before)
        ? null
        : { type: 'duration', duration: { days: numberOf(count) + (half ? 0.5 : 0) } },
  },
  {
    pattern: new RegExp(`(${NUMBER})个?(?:周|星期|礼拜)(?![一二三四五六日天末年])`),
    read: ([, count = ''], before) =>
      /[第后]$/.test(before) ? null : { type: 'duration', duration: { days: numberOf(count) * 7 } },
  },
  { pattern: /半个?(?:小时|钟头)/, read: () => ({ type: 'duration', duration: { minutes: 30 } }) },
  {
    pattern: new RegExp(`(${NUMBER})个?(半)?(?:小时|钟头)(半)?`),
    read: ([, count = '', half, after]) => ({
      type: 'duration',
      duration: { minutes: numberOf(count) * 60 + (half || after ? 30 : 0) },
    }),
  },
  {
    pattern: new RegExp(`(${NUMBER})分钟`),
    read: ([, count = '']) => ({ type: 'duration', duration: { minutes: numberOf(count) } }),
  },
];

const words: Recogniser[] = [
  {
    pattern: /早班|白班|日班|中班|晚班|夜班|通宵班|大夜/,
    read: ([word]) => ({ type: 'shift', shift: SHIFTS[word] ?? 'day' }),
  },
  {
    pattern: /凌晨|早上|早晨|清晨|一早|上午|[前上]半天|下午|午后|[后下]半天|傍晚|晚上|晚间|夜里|夜间|半夜/,
    read: ([word]) => ({ type: 'part', part: PARTS[word] ?? 'morning' }),
  },
  { pattern: /到|至|~|—+|–|-/, read: () => ({ type: 'range' }) },
  { pattern: /、|和|及|以及/, read: () => ({ type: 'list', soft: false }) },
  { pattern: /,/, read: () => ({ type: 'list', soft: true }) },
  { pattern: /从|自|开始|起|的|\s|\(|\)|止/, read: () => ({ type: 'filler' }) },
];

/** In order of precedence: a date wins over a clock, a clock over a length of time. */
export const CHINESE: readonly Recogniser[] = [
  ...relative,
  ...weekdays,
  ...dates,
  ...clocks,
  ...words.slice(0, 2),
  ...durations,
  ...words.slice(2),
];
