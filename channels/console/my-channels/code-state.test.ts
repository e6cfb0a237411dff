import { expect, test } from 'vitest';
import { arrived, codeState, inHalves } from './code-state.ts';

const code = { code: '12345678', expiresAt: 10_000, before: ['a'] };
const [old, fresh] = [{ id: 'a' }, { id: 'b' }];

test('a code waits until its time is over', () => {
  expect(codeState(undefined, [old], 0)).toBe('none');
  expect(codeState(code, [old], 9_999)).toBe('waiting');
  expect(codeState(code, [old], 10_000)).toBe('expired');
});

test('it is used once a channel is there that was not, also in its last second or seen after it', () => {
  expect(codeState(code, [old, fresh], 5_000)).toBe('used');
  expect(codeState(code, [fresh, old], 20_000)).toBe('used');
  expect(arrived(code, [old, fresh])).toBe(fresh);
});

test('unlinking another channel meanwhile does not look like a link', () => {
  expect(codeState(code, [], 5_000)).toBe('waiting');
  expect(arrived(code, [])).toBeUndefined();
});

test('it is shown in halves', () => {
  expect(inHalves('12345678')).toBe('1234 5678');
});
