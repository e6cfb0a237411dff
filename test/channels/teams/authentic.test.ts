import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Person } from '../../fakes/teams/person.ts';
import { confused, newSigner, signed, unsigned } from '../../fakes/teams/tokens.ts';
import { Stage } from './stage.ts';

const HOUR = 3600;
const now = () => Math.floor(Date.now() / 1000);

describe('only Teams gets in', () => {
  let stage: Stage;
  let megan: Person;

  beforeAll(async () => {
    // The SDK writes every token that it refuses to the console.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    stage = await Stage.open();
    megan = stage.person();
  });
  afterAll(async () => {
    await stage.close();
    vi.restoreAllMocks();
  });
  afterEach(() => expect(stage.errors).toEqual([]));

  const valid = (change: Record<string, unknown> = {}) =>
    signed(stage.connector.signer, megan.claims(change));

  test('a valid token is let in, and the handler runs', async () => {
    expect((await megan.says('您好')).status).toBe(200);
    expect(stage.heard).toEqual(['您好']);
  });

  test('a clock that is off by less than five minutes is forgiven', async () => {
    const token = valid({ nbf: now() + 240, exp: now() + HOUR });
    const late = valid({ nbf: now() - HOUR, exp: now() - 240 });
    expect((await megan.post(megan.activity({ text: 'early' }), token)).status).toBe(200);
    expect((await megan.post(megan.activity({ text: 'late' }), late)).status).toBe(200);
  });

  test.each<[string, () => string]>([
    [
      'forged: signed by somebody else with our kid',
      () => signed(newSigner(), megan.claims(), stage.connector.signer.kid),
    ],
    ['forged: a signature over other claims', () => swap(valid({ aud: randomUUID() }), valid())],
    ['a key that nobody published', () => signed(newSigner(), megan.claims())],
    ['a key endorsed for another channel', () => signed(stage.connector.unendorsed, megan.claims())],
    ['alg none', () => unsigned(megan.claims(), stage.connector.signer.kid)],
    ['HMAC with the public key', () => confused(stage.connector.signer, megan.claims())],
    ['expired', () => valid({ nbf: now() - 2 * HOUR, exp: now() - 301 })],
    ['without an end', () => valid({ exp: undefined })],
    ['not valid yet', () => valid({ nbf: now() + 302 })],
    ['wrong audience', () => valid({ aud: randomUUID() })],
    ['no audience', () => valid({ aud: undefined })],
    ['wrong issuer', () => valid({ iss: 'https://evil.example' })],
    ['the issuer of the emulator', () => valid({ iss: EMULATOR, ver: '1.0', appid: megan.appId })],
    ['another bot, as a skill', () => valid({ iss: EMULATOR, ver: '1.0', appid: randomUUID() })],
    ['wrong serviceUrl', () => valid({ serviceurl: 'https://smba.trafficmanager.net/emea/' })],
    ['no serviceUrl', () => valid({ serviceurl: undefined })],
    ['no JWT', () => 'abc'],
    ['three dots', () => '...'],
  ])('%s: 401, and the handler did not run', async (_name, token) => {
    const before = stage.heard.length;
    const response = await megan.post(megan.activity({ text: 'let me in' }), token());
    expect(response.status).toBe(401);
    expect(stage.heard).toHaveLength(before);
  });

  test('a right token does not carry an activity that says it came elsewhere', async () => {
    const before = stage.heard.length;
    for (const change of [
      { serviceUrl: 'https://evil.example/' },
      { serviceUrl: `${stage.connector.serviceUrl}other/` },
      { channelId: 'emulator' },
      { channelId: 'AseChannel' },
    ])
      expect((await megan.says('x', change)).status).toBe(401);
    const { serviceUrl: _, ...nowhere } = megan.activity({ text: 'x' });
    expect((await megan.post(nowhere)).status).toBe(400);
    expect(stage.heard).toHaveLength(before);
  });

  test('without any token, with another scheme, by another method or path, too large, or no activity at all', async () => {
    const before = stage.heard.length;
    const body = JSON.stringify(megan.activity({ text: 'x' }));
    expect((await megan.send(body)).status).toBe(401);
    expect((await megan.send(body, `Basic ${valid()}`)).status).toBe(401);
    expect((await megan.send(body, `Bearer ${valid()} x`)).status).toBe(401);
    expect((await megan.post({})).status).toBe(400);
    expect((await megan.post([])).status).toBe(400);
    expect((await megan.send('{', `Bearer ${valid()}`)).status).toBe(400);
    expect((await fetch(megan.endpoint)).status).toBe(405);
    expect((await fetch(`${megan.endpoint}2`, { method: 'POST', body })).status).toBe(404);
    expect((await megan.says('x'.repeat(600_000))).status).toBe(413);
    expect(stage.heard).toHaveLength(before);
  });

  test('people of another tenant are not heard by a bot of one tenant', async () => {
    const before = stage.heard.length;
    const elsewhere = { channelData: { tenant: { id: randomUUID() } } };
    expect((await megan.says('x', elsewhere)).status).toBe(403);
    expect((await megan.says('x', { channelData: {}, conversation: megan.chat })).status).toBe(403);
    expect(stage.heard).toHaveLength(before);
  });
});

test('while the keys cannot be had nobody is let in, and Teams is asked to come again', async () => {
  const stage = await Stage.open();
  const megan = stage.person();
  stage.connector.keysDown = true;
  expect((await megan.says('您好')).status).toBe(503);
  expect(stage.heard).toEqual([]);
  expect(stage.errors).toHaveLength(1);
  stage.connector.keysDown = false;
  expect((await megan.says('您好')).status).toBe(200);
  expect(stage.heard).toEqual(['您好']);
  await stage.close();
});

const EMULATOR = 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/';

const swap = (token: string, other: string) =>
  [...token.split('.').slice(0, 2), other.split('.')[2]].join('.');
