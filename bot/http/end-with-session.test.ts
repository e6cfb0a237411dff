import { expect, test } from 'vitest';
import { endWithSession } from './end-with-session.ts';
import type { EventStream } from './event-stream.ts';
import type { SignedIn } from './route.ts';

function open() {
  const closing = new AbortController();
  const stream: EventStream = { send() {}, closed: closing.signal, close: () => closing.abort() };
  return { stream, closed: closing.signal };
}
const person = {
  id: '1',
  number: '1001',
  name: '周晓彤',
  role: 'agent',
  teamId: null,
  locale: 'zh-CN',
} as const;
const session = (alive: SignedIn['alive']): SignedIn => ({ person, csrfToken: '', sessionId: '', alive });

test('a stream ends soon after its session, and not because the database was away for a moment', async () => {
  let state: 'alive' | 'broken' | 'over' = 'alive';
  let asked = 0;
  const alive = async () => {
    asked++;
    if (state === 'broken') throw new Error('no database');
    return state === 'alive';
  };
  const { stream, closed } = open();
  endWithSession(stream, session(alive), 5);
  await expect.poll(() => asked).toBeGreaterThan(2);
  state = 'broken';
  await expect.poll(() => asked).toBeGreaterThan(5);
  expect(closed.aborted).toBe(false);
  state = 'over';
  await expect.poll(() => closed.aborted).toBe(true);
  const before = asked;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked).toBe(before);
});
