import { expect, test } from 'vitest';
import { HOLIDAYS_CN } from './calendar.ts';
import { readHolidays, withYears } from './holiday-import.ts';

test('a pasted year: heading, Chinese dates, make-up workdays', () => {
  const { periods, problems } = readHolidays(
    '名称,英文名,开始,结束,调休\n元旦,New Year,2027-01-01,2027/1/3,2027-01-09\n春节\t\t2027年2月5日\t2027年2月11日\t2027-01-31 2027-02-14',
  );
  expect(problems).toEqual([]);
  expect(periods).toEqual([
    {
      name: { 'zh-CN': '元旦', en: 'New Year' },
      from: '2027-01-01',
      to: '2027-01-03',
      makeUpWorkdays: ['2027-01-09'],
    },
    {
      ...{ name: { 'zh-CN': '春节', en: '春节' }, from: '2027-02-05', to: '2027-02-11' },
      makeUpWorkdays: ['2027-01-31', '2027-02-14'],
    },
  ]);
});

test.each([
  ['元旦,2027-01-01', 'columns'],
  ['元旦,,2027-02-29,2027-03-01', 'date'],
  ['元旦,,2027-01-03,2027-01-01', 'reversed'],
  ['元旦,,2027-01-01,2027-01-03,2027-01-02', 'makeUpInHoliday'],
  ['', 'empty'],
])('「%s」 is refused: %s', (text, code) => {
  expect(readHolidays(text).problems.map((problem) => problem.code)).toEqual([code]);
});

test('two that overlap: the second is named', () => {
  expect(readHolidays('甲,,2027-05-01,2027-05-05\n乙,,2027-05-05,2027-05-06').problems).toMatchObject([
    { line: 2, code: 'overlap' },
  ]);
});

test('a year joins on to those known, or is put anew; one that lies apart is not taken', () => {
  const { periods } = readHolidays('元旦,,2027-01-01,2027-01-03');
  const next = withYears(HOLIDAYS_CN, [2027], periods);
  expect(next).toMatchObject({ coveredFrom: '2026-01-01', coveredThrough: '2027-12-31' });
  expect(next?.periods).toHaveLength(HOLIDAYS_CN.periods.length + 1);
  expect(withYears(HOLIDAYS_CN, [2028], [])).toBeUndefined();
  expect(withYears(HOLIDAYS_CN, [2026], periods)).toBeUndefined();
  expect(withYears(HOLIDAYS_CN, [2026], [])?.periods).toEqual([]);
});
