import { Temporal } from 'temporal-polyfill';
import type { HolidayTable } from '../../policy/calendar.ts';
import { NUMBER, numberOf } from './numerals.ts';
import type { DaySpec, Recogniser, TokenBody } from './tokens.ts';

type Festival = Extract<DaySpec, { k: 'festival' }>;
type PlainDate = Temporal.PlainDate;

/** How each holiday is called, and the beginning of its name in the table. */
const NAMES: readonly (readonly [name: string, zh: RegExp, en: RegExp])[] = [
  ['元旦', /元旦/, /new year'?s?(?: day)?/],
  ['春节', /春节|过年/, /spring festival|chinese new year/],
  ['清明', /清明/, /qingming/],
  ['劳动', /五一|劳动节?/, /labou?r day|may day/],
  ['端午', /端午/, /dragon boat/],
  ['中秋', /中秋/, /mid-?autumn/],
  ['国庆', /国庆|十一(?=节|长?假|期间|黄金周)/, /national day/],
];
const nameOf = (word: string) =>
  NAMES.find(([, zh, en]) => zh.test(`${word}节`) || en.test(word.toLowerCase()))?.[0] ?? '';

const ZH = NAMES.map(([, zh]) => zh.source).join('|');
const EN = NAMES.map(([, , en]) => en.source).join('|');
const REST = '(?:节(?!前|后))?(?:小?长假|放假|假期|黄金周)?(?:期间|的)?';

const day = (spec: Omit<Festival, 'k'>): TokenBody => ({ type: 'day', spec: { k: 'festival', ...spec } });
const count = (text: string | undefined) => (text ? numberOf(text) : 1);

/** 国庆, 国庆三天, 国庆第二天, 中秋节前一天, 节后第一天, "the day before National Day". */
export const FESTIVALS: readonly Recogniser[] = [
  {
    pattern: new RegExp(
      `(今年|明年)?的?(${ZH})?(节)?(前|后)(?:的)?(第?)(${NUMBER})(?:天|日)|(${ZH})(节)?的?(前夕|前夜)`,
    ),
    read: ([whole, year, name, feast, side, nth, days, eve]) => {
      if (eve) return day({ name: nameOf(eve), at: 'before', days: 1 });
      // 三天前后两天: before and after need a holiday.
      if (!name && !feast) return null;
      const about = {
        name: name ? nameOf(name) : '',
        days: count(days),
        ...(year && { year: yearOf(year) }),
      };
      if (side === '后') return day({ ...about, at: nth ? 'nthAfter' : 'after' });
      // 国庆前三天 is said of the three days before and of the first three.
      const either = name !== undefined && !feast && about.days > 1 && !/节前/.test(whole);
      return day({ ...about, at: 'before', ...(either && { either: true }) });
    },
  },
  {
    pattern: new RegExp(
      `(今年|明年)?的?(${ZH})${REST}(?:第(${NUMBER})天|(最后)(${NUMBER})?天|头?(${NUMBER})天)?(?!之?前|以前|后|月|点|号|日|个)`,
    ),
    read: ([, year, name = '', nth, last, lastDays, days], before) => {
      if (/[周期拜月第]$/.test(before)) return null;
      const about = { name: nameOf(name), ...(year && { year: yearOf(year) }) };
      if (nth) return day({ ...about, at: 'nth', days: count(nth) });
      if (last) return day({ ...about, at: 'last', days: count(lastDays) });
      return day(days ? { ...about, at: 'first', days: count(days) } : { ...about, at: 'all', days: 0 });
    },
  },
  {
    pattern: new RegExp(
      `\\b(?:the )?(?:(day|eve) (before|after|of) )?(?:the )?(${EN})(?: festival)?(?: holidays?| week)?\\b`,
    ),
    read: ([, , side, name = '']) => {
      const about = { name: nameOf(name), days: 1 };
      if (side?.toLowerCase() === 'after') return day({ ...about, at: 'after' });
      return day(side ? { ...about, at: 'before' } : { ...about, at: 'all', days: 0 });
    },
  },
  {
    pattern: new RegExp(`(?:(本|这个?|上个?|下下?个?)|(${NUMBER}))?月(底|末|初)(?!之?前|以前)`),
    read: ([, offset, month, edge], before) => {
      if (/[\d每]$/.test(before)) return null;
      const spec = { k: 'monthEdge', edge: edge === '初' ? 'first' : 'last' } as const;
      const shift = (offset?.match(/下/g)?.length ?? 0) - (offset?.match(/上/g)?.length ?? 0);
      if (month) return { type: 'day', spec: { ...spec, month: numberOf(month) } };
      return { type: 'day', spec: offset ? { ...spec, monthOffset: shift } : spec };
    },
  },
];

const yearOf = (word: string) => (word === '明年' ? 1 : 0);

/** The days that are meant, each a run; none where the table doesn't have that holiday, or not so many days of it. */
export function festivalDays(spec: Festival, base: PlainDate, table: HolidayTable): [PlainDate, PlainDate][] {
  const today = base.toString();
  const year = spec.year === undefined ? undefined : String(base.year + spec.year);
  const period = table.periods
    .filter(({ from, to }) => (spec.at === 'before' ? from > today : to >= today))
    .filter(({ name, from }) => name['zh-CN'].startsWith(spec.name) && (!year || from.startsWith(year)))
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0];
  if (!period) return [];
  const [from, to] = [Temporal.PlainDate.from(period.from), Temporal.PlainDate.from(period.to)];
  const within = (...run: [PlainDate, PlainDate]): [PlainDate, PlainDate][] =>
    Temporal.PlainDate.compare(run[0], from) < 0 || Temporal.PlainDate.compare(run[1], to) > 0 ? [] : [run];
  const { days } = spec;
  switch (spec.at) {
    case 'all':
      return [[from, to]];
    case 'first':
      return within(from, from.add({ days: days - 1 }));
    case 'nth':
      return within(from.add({ days: days - 1 }), from.add({ days: days - 1 }));
    case 'last':
      return within(to.subtract({ days: days - 1 }), to);
    case 'before': {
      const before: [PlainDate, PlainDate] = [from.subtract({ days }), from.subtract({ days: 1 })];
      return spec.either ? [before, ...within(from, from.add({ days: days - 1 }))] : [before];
    }
    case 'after':
      return [[to.add({ days: 1 }), to.add({ days })]];
    case 'nthAfter':
      return [[to.add({ days }), to.add({ days })]];
  }
}

/** 月底 is the month's last day, 月初 its first; one that has passed is the next one. */
export function monthEdge(
  { edge, month, monthOffset }: Extract<DaySpec, { k: 'monthEdge' }>,
  base: PlainDate,
): PlainDate | undefined {
  if (month !== undefined && !(month >= 1 && month <= 12)) return undefined;
  const on = (first: PlainDate) => (edge === 'first' ? first : first.with({ day: first.daysInMonth }));
  const first = base.with({ day: 1 });
  if (monthOffset !== undefined) return on(first.add({ months: monthOffset }));
  const said = on(month === undefined ? first : first.with({ month }));
  if (Temporal.PlainDate.compare(said, base) >= 0) return said;
  return on(month === undefined ? first.add({ months: 1 }) : first.with({ month }).add({ years: 1 }));
}
