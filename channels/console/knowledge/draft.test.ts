import { expect, test } from 'vitest';
import { changes, type Draft, tidy, validityOf, variablesIn } from './draft.ts';
import { smsSize } from './sms.ts';

const draft: Draft = {
  title: '套餐变更',
  questions: ['怎么改套餐'],
  body: '次月1日生效',
  sms: '次月1日生效',
  validFrom: '2026-01-01',
  validTo: null,
};

test('blank lines and doubled questions are not published', () => {
  const written = { ...draft, title: ' 套餐变更 ', questions: ['怎么改套餐', '', ' 改套餐 ', '怎么改套餐'] };
  expect(tidy(written)).toEqual({ ...draft, questions: ['怎么改套餐', '改套餐'] });
  expect(changes(draft, tidy({ ...draft, body: '次月1日生效\n' }))).toEqual([]);
});

test('changes are named field by field, an end of validity among them', () => {
  const changed = changes(draft, { ...draft, body: '当月1日生效', validTo: '2026-12-31' });
  expect(changed.map(({ field }) => field)).toEqual(['body', 'validTo']);
});

test('the last day of an entry counts; the day after it is expired', () => {
  const spring = { validFrom: '2026-03-01', validTo: '2026-06-15' };
  expect(validityOf(spring, '2026-02-28')).toBe('future');
  expect(validityOf(spring, '2026-03-01')).toBe('valid');
  expect(validityOf(spring, '2026-06-15')).toBe('valid');
  expect(validityOf(spring, '2026-06-16')).toBe('expired');
  expect(validityOf({ ...spring, validTo: null }, '2099-01-01')).toBe('valid');
});

test('variables are found once each', () => {
  expect(variablesIn('拨打{hotline}', '{site} 或 {hotline}', '{}')).toEqual(['{hotline}', '{site}']);
});

test.each([
  ['', 0, 0],
  ['a'.repeat(160), 160, 1],
  ['a'.repeat(161), 161, 2],
  // From the extension table: two each.
  ['€'.repeat(80), 160, 1],
  ['€'.repeat(81), 162, 2],
  ['好'.repeat(70), 70, 1],
  ['好'.repeat(71), 71, 2],
  ['好'.repeat(134), 134, 2],
  ['好'.repeat(135), 135, 3],
  // A surrogate pair travels as two.
  ['😀'.repeat(35), 70, 1],
  ['😀'.repeat(36), 72, 2],
])('%.6s… is %i characters in %i short messages', (text, characters, segments) => {
  expect(smsSize(text)).toMatchObject({ characters, segments });
});
