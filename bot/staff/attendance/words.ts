import { Temporal } from 'temporal-polyfill';
import { describeDate } from '../../dialog/dates/index.ts';
import type { Reader } from '../leave/explain.ts';
import { shiftName } from '../roster/words.ts';
import type { Talk } from '../talk.ts';

/** 「07:52」 on the centre's clock; `instant` is epoch ms. */
export function clockText(instant: number, { timeZone }: Pick<Reader, 'timeZone'>): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  return at.toPlainTime().toString({ smallestUnit: 'minute' });
}

/** 「6月12日（周五）早班」. */
export function spokenDuty(
  { businessDate, shiftName: name }: { businessDate: string; shiftName: string },
  { locale, reader, parts }: Pick<Talk, 'locale' | 'reader' | 'parts'>,
): string {
  const types = parts.policy().policy.roster.shifts;
  const date = describeDate(Temporal.PlainDate.from(businessDate), locale, reader.today);
  return `${date}${locale === 'en' ? ' ' : ''}${shiftName(name, { locale, types })}`;
}
