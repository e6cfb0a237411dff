import type { Temporal } from 'temporal-polyfill';

/** One run of days off as announced, and the weekend days worked in exchange 调休上班. ISO dates. */
export interface HolidayPeriod {
  readonly name: { readonly 'zh-CN': string; readonly en: string };
  readonly from: string;
  readonly to: string;
  readonly makeUpWorkdays: readonly string[];
}

/**
 * A table of public holidays 节假日. Outside `coveredFrom..coveredThrough` nothing is known: a library
 * that calls an uncovered 1 October a workday is the fault this type exists to prevent.
 */
export interface HolidayTable {
  readonly coveredFrom: string;
  readonly coveredThrough: string;
  readonly periods: readonly HolidayPeriod[];
}

export type DayKind = 'holiday' | 'makeUpWorkday' | 'weekend' | 'workday' | 'unknown';

/** Mainland China, 2026, as announced by the State Council. 2027 is not announced and so not in it. */
export const HOLIDAYS_CN: HolidayTable = {
  coveredFrom: '2026-01-01',
  coveredThrough: '2026-12-31',
  periods: [
    period('元旦', "New Year's Day", '2026-01-01', '2026-01-03', ['2026-01-04']),
    period('春节', 'Spring Festival', '2026-02-15', '2026-02-23', ['2026-02-14', '2026-02-28']),
    period('清明节', 'Qingming Festival', '2026-04-04', '2026-04-06'),
    period('劳动节', 'Labour Day', '2026-05-01', '2026-05-05', ['2026-05-09']),
    period('端午节', 'Dragon Boat Festival', '2026-06-19', '2026-06-21'),
    period('中秋节', 'Mid-Autumn Festival', '2026-09-25', '2026-09-27'),
    period('国庆节', 'National Day', '2026-10-01', '2026-10-07', ['2026-09-20', '2026-10-10']),
  ],
};

/** What kind of day `date` is by `table`; `unknown` beyond it, which means that a person must decide. */
export function dayKind(date: Temporal.PlainDate, table: HolidayTable = HOLIDAYS_CN): DayKind {
  const day = date.toString();
  if (day < table.coveredFrom || day > table.coveredThrough) return 'unknown';
  if (holidayOn(date, table)) return 'holiday';
  if (table.periods.some((entry) => entry.makeUpWorkdays.includes(day))) return 'makeUpWorkday';
  return date.dayOfWeek >= 6 ? 'weekend' : 'workday';
}

/** The holiday that `date` belongs to, if the table has one. */
export function holidayOn(
  date: Temporal.PlainDate,
  table: HolidayTable = HOLIDAYS_CN,
): HolidayPeriod | undefined {
  const day = date.toString();
  return table.periods.find((entry) => entry.from <= day && day <= entry.to);
}

function period(
  zh: string,
  en: string,
  from: string,
  to: string,
  makeUpWorkdays: string[] = [],
): HolidayPeriod {
  return { name: { 'zh-CN': zh, en }, from, to, makeUpWorkdays };
}
