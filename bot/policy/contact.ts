import { Temporal } from 'temporal-polyfill';
import type { ContactPolicy } from './contact-schema.ts';

/** When the quiet hours 免打扰时段 end that run at `now`, as epoch milliseconds; undefined outside them. */
export function quietUntil(
  hours: ContactPolicy['quietHours'],
  now: number,
  timeZone: string,
): number | undefined {
  if (hours === 'none' || hours.from === hours.to) return undefined;
  const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const time = zoned.toPlainTime().toString({ smallestUnit: 'minute' });
  const { from, to } = hours;
  const quiet = from < to ? time >= from && time < to : time >= from || time < to;
  if (!quiet) return undefined;
  const day = time >= to ? zoned.toPlainDate().add({ days: 1 }) : zoned.toPlainDate();
  return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(to) }).epochMilliseconds;
}

/**
 * Whether a message is nothing but a word that opts out 退订 or in again, as people copy it from what they were sent:
 * 「td」「ＴＤ。」「【退订】」「回T」「请退订」.
 */
export function optWord({ optOutWords, optInWords }: ContactPolicy, text: string): 'out' | 'in' | undefined {
  if (text.length > 40) return undefined;
  const said = bare(text);
  if (optOutWords.some((word) => bare(word) === said)) return 'out';
  if (optInWords.some((word) => bare(word) === said)) return 'in';
  return undefined;
}

const bare = (text: string) =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{P}]/gu, '')
    .replace(/^(?:请?(?:回复?|发送?)|请|PLEASE)(?=.)|(?<=.)PLEASE$/g, '');
