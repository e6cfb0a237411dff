import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openLog, redact } from './open-log.ts';

function logged(write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(openLog({ level: 'info', write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

describe('numbers of people', () => {
  test.each([
    ['call 13800001234 back', 'call 138****1234 back'],
    ['电话13800001234。', '电话138****1234。'],
    ['+86 13800001234', '+86 138****1234'],
    ['0571-88001234', '0571-****1234'],
  ])('%s', (text, hidden) => {
    expect(redact(text)).toBe(hidden);
  });

  test('every mobile number is hidden wherever it stands, and nothing else changes', () => {
    const digits = fc.stringMatching(/^1[3-9]\d{9}$/);
    fc.assert(
      fc.property(
        fc.constantFrom('', ' ', '"', '：', '('),
        digits,
        fc.constantFrom('', ' ', '"', '，'),
        (a, n, z) => {
          expect(redact(a + n + z)).toBe(`${a}${n.slice(0, 3)}****${n.slice(7)}${z}`);
        },
      ),
    );
  });

  test.each(['2026-06-10T02:00:00.000Z', '{"ms":1780000000000}', '018f3a5c-1380-7000-8123-13800001234a'])(
    '%s is no number of a person',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );
});

test('tokens and passwords in a sentence are hidden', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
  expect(redact(`Authorization: Bearer abc.def ${jwt}`)).toBe('Authorization: Bearer [hidden] [hidden]');
  expect(redact('connect postgres://yingda:hunter2@db/x')).toBe('connect postgres://yingda:[hidden]@db/x');
});

test('fields that carry secrets or words of customers never reach a line', () => {
  const [line] = logged((log) =>
    log.info(
      { token: 'a', body: { password: 'b', text: '我的账单' }, entryId: 'zh-1' },
      'Signed in 13800001234',
    ),
  );
  expect(line).toMatchObject({
    level: 'info',
    token: '[hidden]',
    body: { password: '[hidden]', text: '[hidden]' },
    entryId: 'zh-1',
    msg: 'Signed in 138****1234',
  });
});

test('a child adds its fields to each of its lines, and an error keeps its stack', () => {
  const [first, second] = logged((log) => {
    const child = log.child({ requestId: 'r1' });
    child.warn({}, 'one');
    child.error({ err: new Error('to 13800001234') }, 'two');
    child.debug({}, 'below the level');
  });
  expect(first).toMatchObject({ requestId: 'r1', msg: 'one' });
  expect(second).toMatchObject({ requestId: 'r1', err: { message: 'to 138****1234' } });
});

test('of an error only what explains it is kept, causes included', () => {
  const cause = Object.assign(new Error('socket closed'), {
    code: 'ECONNRESET',
    client: { password: 'hunter2' },
  });
  const [line] = logged((log) => log.warn({ err: new Error('no answer', { cause }) }, 'failed'));
  expect(line).toMatchObject({
    err: { message: 'no answer', cause: { message: 'socket closed', code: 'ECONNRESET' } },
  });
  expect(JSON.stringify(line)).not.toContain('hunter2');
});
