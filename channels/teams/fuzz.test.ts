import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Stage } from '../../test/channels/teams/stage.ts';
import type { Person } from '../../test/fakes/teams/person.ts';
import { signed } from '../../test/fakes/teams/tokens.ts';

let stage: Stage;
let megan: Person;
let token = '';

beforeAll(async () => {
  // The SDK writes every token that it refuses to the console.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  stage = await Stage.open();
  megan = stage.person();
  token = signed(stage.connector.signer, megan.claims());
  expect(await post(JSON.stringify(megan.activity({ text: '您好' })), `Bearer ${token}`)).toBe(200);
});
afterAll(async () => {
  await stage.close();
  vi.restoreAllMocks();
});

/** Straight into the channel: ten thousand requests over a socket would be mostly socket. */
function post(body: string, authorization: string): Promise<number> {
  const about = { method: 'POST', url: '/channels/teams/help', headers: { authorization } };
  const request = Object.assign(Readable.from([Buffer.from(body)]), about);
  return new Promise((resolve) => {
    let status = 0;
    const response = {
      headersSent: false,
      setHeader() {},
      writeHead(given: number) {
        status = given;
        return this;
      },
      end: () => resolve(status),
    };
    stage.channel.http?.(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
}

type Json = { [key: string]: unknown };

const samples = (): Json[] => [
  megan.activity({ text: '我要请假' }),
  megan.activity(megan.mention('查班次'), { id: '19:g@thread.v2', conversationType: 'groupChat' }),
  megan.activity({
    attachments: [
      { contentType: 'image/png', contentUrl: 'https://smba.trafficmanager.net/a' },
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        name: 'a.pdf',
        content: { downloadUrl: 'https://contoso.sharepoint.com/a' },
      },
    ],
  }),
  megan.activity({ value: { token: 'abcdefghijklmnopqrst0' } }),
  megan.activity({ value: { say: '菜单' } }),
  megan.activity({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { verb: 'press', data: { token: 'abcdefghijklmnopqrst0', seq: 1 } }, trigger: 'manual' },
  }),
  megan.activity({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { verb: 'show', data: { seq: 1 } } },
  }),
  megan.activity({ type: 'conversationUpdate', membersAdded: [{ id: megan.bot }] }),
  megan.activity({ type: 'messageUpdate', text: '改了', channelData: { eventType: 'editMessage' } }),
  megan.activity({ type: 'messageDelete' }),
];

/** Every place in a value that something else can be put into. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return path.length > 0 ? [path] : [];
  const below = Object.entries(value).flatMap(([key, each]) => places(each, [...path, key]));
  return path.length > 0 ? [path, ...below] : below;
}

function put(target: unknown, [key = '', ...rest]: string[], value: unknown): void {
  if (typeof target !== 'object' || target === null) return;
  const holder = target as Json;
  if (rest.length > 0) put(holder[key], rest, value);
  else if (value === undefined) delete holder[key];
  else holder[key] = value;
}

const anything = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\0',
    '\ud800',
    '__proto__',
    '29:x',
    'personal',
    'channel',
    'message',
    'invoke',
    [],
    {},
    null,
    -1,
  ),
);
const change = fc.tuple(fc.nat(), anything);

/** A sample with one to four places changed. */
const mutated = fc
  .tuple(fc.nat(9), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([which, changes]) => {
    const body = structuredClone(samples()[which]);
    for (const [at, value] of changes) {
      const all = places(body);
      put(body, all[at % all.length] ?? [], value);
    }
    try {
      return JSON.stringify(body) ?? '';
    } catch {
      return '{';
    }
  });

/** Whatever reached the product, as one text. */
const kept = () =>
  JSON.stringify([...stage.host.threads.values()].map(({ key, inbound, signs }) => [key, inbound, signs]));

// The number ends it, never a clock: the limit is for one that hangs.
describe('ten thousand mutated payloads', { timeout: 900_000 }, () => {
  test('are taken in or refused, with a code and without an error of ours', async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(mutated, async (body) => {
        const status = await post(body, `Bearer ${token}`);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        expect([200, 400, 401, 403, 501]).toContain(status);
      }),
      { numRuns: 8_000, endOnFailure: true },
    );
    for (const status of [200, 400, 401, 403]) expect(statuses.get(status)).toBeGreaterThan(0);
    expect(stage.errors).toEqual([]);
    expect(/\\u0000|\\ud[89a-f]/.test(kept())).toBe(false);
  });

  test('no mutated token is accepted', async () => {
    const body = JSON.stringify(megan.activity({ text: 'let me in' }));
    const forged = fc.oneof(
      fc.tuple(fc.nat(token.length - 1), fc.constantFrom(...'AZaz09-_.=')).map(([at, letter]) => {
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        // The last letter of a signature carries bits that mean nothing.
        return decoded(changed) === decoded(token) ? '' : changed;
      }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .tuple(fc.anything(), fc.anything())
        .map((parts) => `${parts.map(encoded).join('.')}.${token.split('.')[2]}`),
    );
    const before = stage.heard.length;
    await fc.assert(
      fc.asyncProperty(forged, async (each) => {
        expect(await post(body, `Bearer ${each}`)).toBe(401);
      }),
      { numRuns: 2_000, endOnFailure: true },
    );
    expect(stage.heard).toHaveLength(before);
    expect(stage.errors).toEqual([]);
    expect(await post(body, `Bearer ${token}`)).toBe(200);
  });
});

const decoded = (jwt: string) =>
  jwt
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join('.');

function encoded(part: unknown): string {
  try {
    return Buffer.from(JSON.stringify(part) ?? '').toString('base64url');
  } catch {
    return '';
  }
}
