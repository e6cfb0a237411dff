import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { EXAMPLES as CHINESE_EXAMPLES } from './examples.testdata.ts';
import { ENGLISH_EXAMPLES } from './examples-en.testdata.ts';
import {
  type DateReading,
  type DateSpan,
  dateContext,
  describeDate,
  describeSpan,
  readDates,
} from './index.ts';

const EXAMPLES = [...CHINESE_EXAMPLES, ...ENGLISH_EXAMPLES];

const ZONE = 'Asia/Shanghai';
const at = (instant: string) => dateContext(Date.parse(instant), ZONE, '06:00');
const wednesday = at('2026-06-10T10:00+08:00');

const short = (date: Temporal.PlainDate) => date.toString().replace(/^2026-/, '');
const clock = (time: Temporal.PlainTime) => time.toString({ smallestUnit: 'minute' });

function hours(time: DateSpan['time']): string {
  if (!time) return '';
  return clock(time.from) + (time.to ? `-${time.toNextDay ? '+' : ''}${clock(time.to)}` : '');
}

function spanText(span: DateSpan): string {
  const days = span.from.equals(span.to) ? short(span.from) : `${short(span.from)}..${short(span.to)}`;
  const end = span.endPart && `..${span.endPart}`;
  return [days, span.part, end, span.shift, hours(span.time), span.note].filter(Boolean).join(' ');
}

function readingText(reading: DateReading): string {
  if (reading.problem) return `!${reading.problem.code}`;
  if (reading.ambiguous)
    return `?${reading.ambiguous.code} ${reading.ambiguous.choices.map(spanText).join(' / ')}`;
  if (reading.spans.length > 0) return reading.spans.map(spanText).join(' | ');
  const { part, shift, time, duration } = reading;
  const length = duration?.days !== undefined ? `${duration.days}d` : duration && `${duration.minutes}m`;
  const loose = [part, shift, hours(time), length].filter(Boolean).join(' ');
  return loose ? `~${loose}` : '-';
}

const read = (text: string, context = wednesday) => readingText(readDates(text, context));

describe('written examples, on Wednesday 10 June 2026', () => {
  test('there are enough of them', () => expect(EXAMPLES.length).toBeGreaterThanOrEqual(300));
  test.each(EXAMPLES)('「%s」 → %s', (said, understood) => expect(read(said)).toBe(understood));
});

describe('other moments', () => {
  test.each([
    ['周三 said on a Thursday', '2026-06-11T10:00+08:00', '周三', '?passed 06-17 / 06-10'],
    ['明天 at two in the morning', '2026-06-11T02:00+08:00', '明天', '?businessDay 06-11 / 06-12'],
    [
      '今晚 one minute before six',
      '2026-06-11T05:59+08:00',
      '今晚',
      '?businessDay 06-10 evening / 06-11 evening',
    ],
    ['明天 at six sharp', '2026-06-11T06:00+08:00', '明天', '06-12'],
    [
      'a range of relative days at night',
      '2026-06-11T02:00+08:00',
      '明天到后天',
      '?businessDay 06-11..06-12 / 06-12..06-13',
    ],
    ['a weekday settles the question at night', '2026-06-11T02:00+08:00', '明天（周五）', '06-12'],
    ['a date is no question at night', '2026-06-11T02:00+08:00', '6月12日', '06-12'],
    ['the day after the last of the year', '2026-12-31T10:00+08:00', '明天', '2027-01-01'],
    ['the 5th at the end of the year', '2026-12-31T10:00+08:00', '5号', '2027-01-05 nextMonth'],
    ['the 30th, at the end of January', '2027-01-31T10:00+08:00', '30号', '!noSuchDate'],
    ['29 February in a leap year', '2028-02-01T10:00+08:00', '2月29日', '2028-02-29'],
    ['31号 in a month that has one', '2026-07-02T10:00+08:00', '31号', '07-31'],
    ['下周一 on a Sunday', '2026-06-14T10:00+08:00', '下周一', '06-15'],
    [
      '昨天夜里 after midnight',
      '2026-06-11T01:30+08:00',
      '昨天夜里的交接记录',
      '?businessDay 06-09 evening / 06-10 evening',
    ],
    [
      '今天夜班 after midnight',
      '2026-06-11T03:00+08:00',
      '今天夜班',
      '?businessDay 06-10 night / 06-11 night',
    ],
    ['大后天 after midnight', '2026-06-11T00:00+08:00', '大后天', '?businessDay 06-13 / 06-14'],
    ['三天后 after midnight', '2026-06-11T04:00+08:00', '三天后', '?businessDay 06-13 / 06-14'],
    ['a holiday is no question at night', '2026-06-11T02:00+08:00', '国庆', '10-01..10-07'],
    ['月底 on the last day', '2026-06-30T10:00+08:00', '月底', '06-30'],
    ['月底 in February', '2026-02-10T10:00+08:00', '月底', '02-28'],
    ['月初 on the first', '2026-06-01T10:00+08:00', '月初', '06-01'],
    ['月初 in December', '2026-12-05T10:00+08:00', '月初', '2027-01-01 nextMonth'],
    ['明天 on the last of February', '2026-02-28T10:00+08:00', '明天', '03-01'],
    ['后天 at the end of a month', '2026-06-29T10:00+08:00', '后天', '07-01'],
    ['31号到2号', '2026-08-20T10:00+08:00', '31号到2号', '08-31..09-02'],
    ['国庆 within it', '2026-10-03T10:00+08:00', '国庆最后一天', '10-07'],
    ['国庆 after it', '2026-10-08T10:00+08:00', '国庆', '!noHoliday'],
    ['节前一天 in September', '2026-09-10T10:00+08:00', '节前一天', '09-24'],
    ['清明 in March', '2026-03-20T10:00+08:00', '清明节请两天', '04-04..04-05'],
    ['五一 in April', '2026-04-20T10:00+08:00', '五一三天', '05-01..05-03'],
    ['春节 in January', '2026-01-20T10:00+08:00', '春节前一天夜班', '02-14 night'],
    ['元旦 in December', '2026-12-20T10:00+08:00', '元旦', '!noHoliday'],
    ['周一 on a Sunday', '2026-06-14T10:00+08:00', '周一', '?passed 06-15 / 06-08'],
  ])('%s', (_, now, said, understood) => expect(read(said, at(now))).toBe(understood));

  test('a missing day names the month and its last day', () => {
    const { problem } = readDates('我31号请假', wednesday);
    expect(problem).toMatchObject({
      code: 'noSuchDate',
      text: '31号',
      index: 1,
      year: 2026,
      month: 6,
      lastDay: 30,
    });
  });

  test('a wrong weekday names the right date', () => {
    const { problem } = readDates('6月12日周四', wednesday);
    expect(problem?.date?.toString()).toBe('2026-06-12');
  });
});

describe('a span says where it was read', () => {
  test('by text and index', () => {
    const [span] = readDates('我想８月３日至５日请假', wednesday).spans;
    expect(span).toMatchObject({ text: '８月３日至５日', index: 2 });
  });
});

describe('said back', () => {
  test.each([
    ['6月12日', '6月12日（周五）', 'Fri 12 June'],
    ['2027年1月3日', '2027年1月3日（周日）', 'Sun 3 January 2027'],
    ['8月3日至5日', '8月3日（周一）至8月5日（周三）', 'Mon 3 August to Wed 5 August'],
    ['下周一下午两点到六点', '6月15日（周一）14:00–18:00', 'Mon 15 June 14:00–18:00'],
    ['明天夜班', '6月11日（周四）夜班', 'Thu 11 June night shift'],
    ['周五22:00到6:00', '6月12日（周五）22:00–次日06:00', 'Fri 12 June 22:00–next day 06:00'],
  ])('「%s」', (said, zh, en) => {
    const [span] = readDates(said, wednesday).spans;
    if (!span) throw new Error('nothing read');
    expect(describeSpan(span, 'zh-CN', wednesday.today)).toBe(zh);
    expect(describeSpan(span, 'en', wednesday.today)).toBe(en);
  });
});

const anyDate = fc
  .integer({ min: 0, max: 365 * 12 })
  .map((days) => Temporal.PlainDate.from('2020-01-01').add({ days }));

test('every date that is said back is read back to itself, on any day and at any hour', () => {
  fc.assert(
    fc.property(
      anyDate,
      anyDate,
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom('zh-CN', 'en'),
      (date, today, hour, locale) => {
        const now = today.toZonedDateTime({ timeZone: ZONE, plainTime: new Temporal.PlainTime(hour) });
        const reading = readDates(describeDate(date, locale, today), { today, now });
        expect(reading.problem ?? reading.ambiguous).toBeUndefined();
        expect(reading.spans.map((span) => `${span.from} ${span.to}`)).toEqual([`${date} ${date}`]);
      },
    ),
    { numRuns: 1000 },
  );
});

test('it never throws, and what it returns is sound', () => {
  const bits = EXAMPLES.map(([said]) => said).concat([
    '到',
    '-',
    '、',
    '0',
    '99',
    '点',
    '月',
    '号',
    '24:60',
    '廿',
    '十十',
  ]);
  const babble = fc.array(fc.oneof(fc.constantFrom(...bits), fc.string({ unit: 'binary' })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(babble, anyDate, fc.integer({ min: 0, max: 23 }), (words, today, hour) => {
      const text = words.join('');
      const now = today.toZonedDateTime({ timeZone: ZONE, plainTime: new Temporal.PlainTime(hour) });
      const reading = readDates(text, { today, now });
      for (const span of [...reading.spans, ...(reading.ambiguous?.choices ?? [])]) {
        expect(Temporal.PlainDate.compare(span.from, span.to)).toBeLessThanOrEqual(0);
        expect(text.slice(span.index, span.index + span.text.length)).toBe(span.text);
      }
    }),
    { numRuns: 300 },
  );
});
