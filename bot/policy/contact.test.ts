import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { optWord, quietUntil } from './contact.ts';
import { contactSchema } from './contact-schema.ts';

const at = (local: string) => Temporal.Instant.from(`${local}+08:00`).epochMilliseconds;
const until = (local: string, hours = contactSchema.parse({}).quietHours) => {
  const end = quietUntil(hours, at(local), 'Asia/Shanghai');
  return (
    end && Temporal.Instant.fromEpochMilliseconds(end).toString({ timeZone: 'Asia/Shanghai' }).slice(0, 16)
  );
};

it('quiet hours past midnight end in the morning that follows', () => {
  expect(until('2026-06-10T20:59:59')).toBeUndefined();
  expect(until('2026-06-10T21:00:00')).toBe('2026-06-11T08:00');
  expect(until('2026-06-11T00:00:00')).toBe('2026-06-11T08:00');
  expect(until('2026-06-11T07:59:59')).toBe('2026-06-11T08:00');
  expect(until('2026-06-11T08:00:00')).toBeUndefined();
});

it('quiet hours at noon end the same day; none are never', () => {
  expect(until('2026-06-10T12:30:00', { from: '12:00', to: '14:00' })).toBe('2026-06-10T14:00');
  expect(until('2026-06-10T14:00:00', { from: '12:00', to: '14:00' })).toBeUndefined();
  expect(until('2026-06-10T23:00:00', 'none')).toBeUndefined();
});

it('opts out by a word that stands alone, however it is written', () => {
  const policy = contactSchema.parse({});
  for (const text of [
    '退订',
    ' td ',
    'ＴＤ',
    'Stop.',
    '「退订」',
    '【退订】',
    '回T',
    '请回复TD',
    '请退订',
    'stop please',
  ])
    expect(optWord(policy, text)).toBe('out');
  for (const text of ['恢复', 'start']) expect(optWord(policy, text)).toBe('in');
  for (const text of ['退订套餐', '怎么退订', 'stop it', 'TD-LTE', '回', '请', '请问怎么退订', 'please', ''])
    expect(optWord(policy, text)).toBeUndefined();
});
