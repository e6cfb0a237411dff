import { expect, test } from 'vitest';
import { openRefusals } from './refusals.ts';

test('a refusal is logged at once, then once a minute with how many there were; what is granted is not', () => {
  const lines: unknown[] = [];
  const log = { warn: (fields: object) => void lines.push(fields) };
  let now = 0;
  const refused = openRefusals({ ...log, child: () => log } as never, () => now);
  refused('/channels/telegram', 200);
  refused('/channels/telegram', 503);
  for (let i = 0; i < 1000; i++) refused('/channels/telegram', 401);
  refused('/channels/teams', 401);
  now = 60_000;
  refused('/channels/telegram', 401);
  expect(lines).toEqual([
    { prefix: '/channels/telegram', status: 401, before: 0 },
    { prefix: '/channels/teams', status: 401, before: 0 },
    { prefix: '/channels/telegram', status: 401, before: 999 },
  ]);
});
