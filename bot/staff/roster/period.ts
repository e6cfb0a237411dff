import type { Temporal } from 'temporal-polyfill';
import {
  type DateReading,
  type DateSpan,
  type DayPart,
  dateContext,
  readDates,
} from '../../dialog/dates/index.ts';
import type { DateWindow } from './dates.ts';

const WEEK =
  /(?<which>上|这|本|下下|下)个?(?:周|星期|礼拜)(?![一二三四五六日天\d])|(?<en>last|this|next) week/iu;
const MONTH = /(?<which>上|这|本|下)个?月|(?<en>last|this|next) month/iu;
const OFFSET: Readonly<Record<string, number>> = {
  ...{ 上: -1, 这: 0, 本: 0, 下: 1, 下下: 2, last: -1, this: 0, next: 1 },
};

/** What was said about when: whole weeks and months, days, a shift, an hour. Nothing said: `window` is undefined. */
export interface Period {
  readonly window?: DateWindow;
  readonly span?: Pick<DateSpan, 'part' | 'shift' | 'time'>;
  /** To be asked back. */
  readonly ambiguous?: DateReading['ambiguous'];
  readonly problem?: DateReading['problem'];
}

/** Reads it; a shift or an hour without a day is today's. `now` is epoch ms. */
export function periodIn(text: string, now: number, timeZone: string, businessDayStartsAt: string): Period {
  const context = dateContext(now, timeZone, businessDayStartsAt);
  const whole = weekIn(text, context.today) ?? monthIn(text, context.today);
  if (whole) return { window: whole };
  const { spans, ambiguous, problem, part, shift, time } = readDates(text, context);
  if (ambiguous) return { ambiguous };
  if (problem) return { problem };
  const [span] = spans;
  const said: { part?: DayPart } & Period['span'] = span ?? {
    ...{ ...(part && { part }), ...(shift && { shift }), ...(time && { time }) },
  };
  if (span) return { window: { from: span.from.toString(), to: span.to.toString() }, span: said };
  if (!part && !shift && !time) return {};
  const today = context.today.toString();
  return { window: { from: today, to: today }, span: said };
}

function weekIn(text: string, today: Temporal.PlainDate): DateWindow | undefined {
  const offset = offsetIn(WEEK.exec(text));
  if (offset === undefined) return undefined;
  const monday = today.subtract({ days: today.dayOfWeek - 1 }).add({ weeks: offset });
  return { from: monday.toString(), to: monday.add({ days: 6 }).toString() };
}

function monthIn(text: string, today: Temporal.PlainDate): DateWindow | undefined {
  const offset = offsetIn(MONTH.exec(text));
  if (offset === undefined) return undefined;
  const first = today.with({ day: 1 }).add({ months: offset });
  return { from: first.toString(), to: first.with({ day: first.daysInMonth }).toString() };
}

function offsetIn(found: RegExpExecArray | null): number | undefined {
  const said = found?.groups?.which ?? found?.groups?.en?.toLowerCase();
  return said === undefined ? undefined : OFFSET[said];
}
