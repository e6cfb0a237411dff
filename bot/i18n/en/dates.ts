import type { Translation } from '../types.ts';
import type { dates as source } from '../zh-CN/dates.ts';

export const dates: Translation<typeof source> = {
  part_beforeDawn: 'before dawn',
  part_morning: 'morning',
  part_afternoon: 'afternoon',
  part_evening: 'evening',
  shift_early: 'early shift',
  shift_day: 'day shift',
  shift_middle: 'middle shift',
  shift_late: 'late shift',
  shift_night: 'night shift',
  next_day: 'next day ',
  range: '{from} to {to}',

  ask_passed: 'Which day do you mean by “{text}”?',
  ask_businessDay: 'It is not yet {start}: which day do you mean by “{text}”?',
  ask_thisOrNext: 'Which day do you mean by “{text}”?',
  ask_amPm: 'Which time do you mean by “{text}”?',
  ask_festival: 'Which days do you mean by “{text}”?',
  problem_noHoliday:
    'The holiday table does not have “{text}” yet. Please write the dates, for example “1 to 3 October”.',
  problem_noSuchDate: 'There is no such day as “{text}”. Please give another date.',
  problem_lastDay:
    'Month {month} of {year} has {lastDay} days, so there is no “{text}”. Please give another date.',
  problem_weekdayMismatch: '“{text}” does not fit: that day is {date}. Please give the date again.',
  problem_reversed: '“{text}” ends before it begins. Please say it again.',
  note_nextMonth: 'That day of this month has passed, so I take it as {date}.',
  note_nextYear: 'That day of this year has passed, so I take it as {date}.',
};
