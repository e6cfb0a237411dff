import { Temporal } from 'temporal-polyfill';
import { type Locale, t } from '../../i18n/index.ts';
import type { DateSpan } from './types.ts';

const WEEKDAYS_ZH = ['一', '二', '三', '四', '五', '六', '日'];
const WEEKDAYS_EN = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS_EN = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * A date with its weekday, as every understood date is echoed: 「6月12日（周五）」, "Fri 12 June".
 * With `today` given, a date of another year says its year. `readDates` reads it back to the same date.
 */
export function describeDate(date: Temporal.PlainDate, locale: Locale, today?: Temporal.PlainDate): string {
  const otherYear = today !== undefined && today.year !== date.year;
  const weekday = date.dayOfWeek - 1;
  if (locale === 'en') {
    const year = otherYear ? ` ${date.year}` : '';
    return `${WEEKDAYS_EN[weekday]} ${date.day} ${MONTHS_EN[date.month - 1]}${year}`;
  }
  return `${otherYear ? `${date.year}年` : ''}${date.month}月${date.day}日（周${WEEKDAYS_ZH[weekday]}）`;
}

/** An instant (epoch ms) on the centre's clock: 「6月11日（周四）08:00」, "Thu 11 June 08:00". */
export function describeTime(
  instant: number,
  timeZone: string,
  locale: Locale,
  today?: Temporal.PlainDate,
): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const gap = locale === 'en' ? ' ' : '';
  return `${describeDate(zoned.toPlainDate(), locale, today)}${gap}${clock(zoned.toPlainTime())}`;
}

/** A whole span: 「6月15日（周一）至6月17日（周三）」, 「6月15日（周一）14:00–18:00」. */
export function describeSpan(span: DateSpan, locale: Locale, today?: Temporal.PlainDate): string {
  const gap = locale === 'en' ? ' ' : '';
  const part = span.part ? gap + t(locale, `dates.part_${span.part}`) : '';
  const endPart = span.endPart ? gap + t(locale, `dates.part_${span.endPart}`) : '';
  const shift = span.shift ? gap + t(locale, `dates.shift_${span.shift}`) : '';
  const from = describeDate(span.from, locale, today) + part;
  const times = span.time ? [clock(span.time.from), span.time.to && clock(span.time.to)] : [];
  if (span.from.equals(span.to)) {
    const next = span.time?.toNextDay ? t(locale, 'dates.next_day') : '';
    const [start, end] = times;
    return from + (start ? gap + start : '') + (end ? `–${next}${end}` : '') + shift;
  }
  const to = describeDate(span.to, locale, today) + endPart;
  const [start, end] = times;
  return (
    t(locale, 'dates.range', {
      from: from + (start ? gap + start : ''),
      to: to + (end ? gap + end : ''),
    }) + shift
  );
}

const clock = (time: Temporal.PlainTime) => time.toString({ smallestUnit: 'minute' });
