import { Agent, request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SECRET } from '../../fakes/telegram/peer.ts';
import { world } from './world.ts';

const HEADER = 'x-telegram-bot-api-secret-token';
const from = { id: 42, is_bot: false, first_name: '李娜', language_code: 'zh-hans' };
const chat = { id: 42, type: 'private' };
const message = {
  ...{ message_id: 9, date: 1_700_000_000, from, chat, text: '@ChenxingBot 套餐怎么改' },
  entities: [{ type: 'mention', offset: 0, length: 12 }],
  photo: [{ file_id: 'a', file_unique_id: 'a', width: 1, height: 1 }],
  reply_to_message: { message_id: 8, from: { id: 110201543 }, chat },
};
const under = { ...message, reply_markup: { inline_keyboard: [[{ text: '是', callback_data: 'i:1:0' }]] } };
const real = fc.constantFrom<object>(
  { update_id: 1, message },
  { update_id: 2, edited_message: { ...message, chat: { id: -100123, type: 'supergroup' } } },
  { update_id: 3, callback_query: { id: '1', from, chat_instance: '1', data: 'i:1:0', message: under } },
  { update_id: 4, callback_query: { id: '1', from, chat_instance: '1', data: 't:abc', message: under } },
  {
    update_id: 5,
    my_chat_member: {
      chat,
      from,
      date: 1,
      old_chat_member: { status: 'left' },
      new_chat_member: { status: 'member' },
    },
  },
);
const anything = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
);

/** One place of a real update changed, or its JSON broken. */
const mutated = fc
  .record({
    update: real,
    where: fc.nat(),
    value: anything,
    how: fc.constantFrom('set', 'drop', 'cut', 'splice'),
  })
  .map(({ update, where, value, how }) => {
    const copy = structuredClone(update);
    const places = placesOf(copy);
    const [object, key] = places[where % places.length] ?? [{}, ''];
    if (how === 'set') object[key] = value;
    if (how === 'drop') delete object[key];
    const json = asJson(copy);
    const at = where % (json.length + 1);
    if (how === 'cut') return json.slice(0, at);
    return how === 'splice'
      ? json.slice(0, at) + String.fromCharCode(where % 65_536) + json.slice(at + 1)
      : json;
  });

type Loose = Record<string, unknown>;
function placesOf(value: unknown): [Loose, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [value as Loose, key] as [Loose, string],
    ...placesOf(inner),
  ]);
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    return '{"circular":';
  }
}

/** A secret that isn't ours, often nearly. */
const wrongSecret = fc
  .oneof(
    fc.constantFrom(
      '',
      SECRET.slice(1),
      `${SECRET}x`,
      SECRET.toUpperCase(),
      `${SECRET},${SECRET}`,
      'undefined',
    ),
    fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  )
  .filter((secret) => secret.trim() !== SECRET && /^[\x20-\x7e]*$/.test(secret));

it('10,000 mutated updates: none crashes it, none without the secret gets in', {
  timeout: 300_000,
}, async () => {
  const at = await world();
  await at.open();
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let received = 0;
  const receive = at.host.receive.bind(at.host);
  at.host.receive = (...args) => {
    received++;
    return receive(...args);
  };
  const post = (body: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const url = `${at.origin}/channels/telegram/help`;
      const sent = httpRequest(url, { method: 'POST', agent, headers }, (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode ?? 0));
      });
      sent.once('error', reject);
      sent.end(body);
    });

  const statuses = new Map<number, number>();
  const batch = fc.record({
    bodies: fc.array(mutated, { minLength: 20, maxLength: 20 }),
    secret: wrongSecret,
    forged: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(batch, async ({ bodies, secret, forged }) => {
      const before = received;
      const headers: Record<string, string> = { [HEADER]: forged ? secret : SECRET };
      for (const status of await Promise.all(bodies.map((body) => post(body, headers)))) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect(forged ? [401] : [200, 400]).toContain(status);
      }
      if (forged) expect(received).toBe(before);
    }),
    { numRuns: 500, interruptAfterTimeLimit: 240_000, endOnFailure: true },
  );
  expect([...statuses.keys()].sort()).toEqual([200, 400, 401]);
  expect([...statuses.values()].reduce((sum, n) => sum + n)).toBe(10_000);
  expect(received).toBeGreaterThan(1000);
  for (const { key } of at.host.threads.values()) expect(key).toMatch(/^-?\d+(\/-?\d+)?$/);
  agent.destroy();
});
