import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { fastPace } from '../fakes/phone-numbers.ts';
import { ACCOUNT_SID, AUTH_TOKEN, Twilio } from '../fakes/twilio.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';
import { freePort } from '../setup/product.ts';

/** What a broadcast has queued while its provider takes nothing: paused, cancelled, and not too much of it. */
const [EDITOR, DIRECTOR, DUTY] = ['3001', '5001', '7003'];
const TEXT = '周六凌晨系统升级。退订回TD';
const twilio = new Twilio();
const folder = mkdtempSync(join(tmpdir(), 'yingda-broadcast-'));
let centre: Centre;
beforeAll(async () => {
  await twilio.listen();
  const provider = { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, apiBaseUrl: twilio.origin };
  const settings = { ...provider, from: '+8610690001', pace: fastPace };
  const file = join(folder, 'channels.yaml');
  // JSON is YAML too.
  writeFileSync(file, JSON.stringify({ accounts: [{ id: 'sms:main', name: '客服短信', settings }] }));
  const port = await freePort();
  const address = { PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
  centre = await openDemoCentre('2026-06-10T10:00+08:00', { CHANNELS_FILE: file, ...address });
});
afterAll(async () => {
  await centre.close();
  await twilio.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  twilio.mood = 'busy';
});

async function ask(number: string, method: string, path: string, body?: object | string) {
  const csv = typeof body === 'string';
  const headers = {
    ...(await centre.signedIn(number)),
    ...{ 'x-client-id': randomUUID(), 'content-type': csv ? 'text/csv' : 'application/json' },
  };
  const sent = body === undefined ? {} : { body: csv ? body : JSON.stringify(body) };
  const response = await fetch(`${centre.url}/api/v1${path}`, { method, headers, ...sent });
  expect(response.status).toBeLessThan(300);
  return response.json();
}

/** A broadcast to these numbers that has begun, while the provider takes nothing. */
async function begun(numbers: string[]) {
  const draft = { title: '升级通知', text: TEXT, account: 'sms:main', perMinute: 6000 };
  const { id } = await ask(EDITOR, 'POST', '/broadcasts', draft);
  const path = `/broadcasts/${id}`;
  const { revision } = await ask(EDITOR, 'PUT', `${path}/audience`, numbers.join('\n'));
  const act = (by: string, name: string, more: object = {}) =>
    ask(by, 'POST', `${path}/${name}`, { revision, ...more });
  await act(EDITOR, 'submit');
  await act(DIRECTOR, 'approve');
  await act(DUTY, 'start', { startAt: null });
  return {
    ...{ id, act },
    read: () => ask(EDITOR, 'GET', path),
    progress: async () => (await ask(EDITOR, 'GET', path)).progress,
    tried: () =>
      centre.db.prisma.delivery.count({ where: { broadcastId: id, state: 'queued', attempts: { gt: 0 } } }),
  };
}

/** Another text to the same numbers: when it has arrived, their lanes were looked at. */
async function overtakes(numbers: string[]): Promise<void> {
  const text = `测试 ${randomUUID().slice(0, 8)}`;
  const draft = { title: '测试', text, account: 'sms:main', perMinute: 60 };
  const { id } = await ask(EDITOR, 'POST', '/broadcasts', draft);
  await ask(EDITOR, 'POST', `/broadcasts/${id}/test`, { numbers });
  await expect.poll(() => twilio.taken.filter(({ body }) => body === text).length).toBe(numbers.length);
}

/** Moves the clock on until what is read looks so. */
const comes = (read: () => Promise<unknown>, expected: object) =>
  vi.waitFor(
    async () => {
      centre.clock.advance(1_000);
      expect(await read()).toMatchObject(expected);
    },
    { timeout: 60_000, interval: 50 },
  );

const told = (numbers: string[]) =>
  twilio.taken.filter(({ to, body }) => body === TEXT && numbers.includes(to.slice(3))).map(({ to }) => to);

test('a pause holds what is queued, and other words go past it; going on sends each once', async () => {
  const numbers = ['13800000001', '13800000002', '13800000003'];
  const { act, read, tried } = await begun(numbers);
  await expect.poll(tried).toBe(3);
  expect(await act(DUTY, 'pause')).toMatchObject({ state: 'paused', progress: { queued: 3 } });
  twilio.mood = 'fine';
  // Longer than a notice is tried: a pause is no age.
  centre.clock.moveTo('2026-06-12T10:00+08:00');
  await overtakes(numbers);
  expect(told(numbers)).toEqual([]);
  twilio.mood = 'busy';
  await act(DUTY, 'resume');
  await expect
    .poll(() => centre.db.prisma.delivery.count({ where: { state: 'queued', attempts: { gt: 1 } } }))
    .toBe(3);
  twilio.mood = 'fine';
  await comes(read, { state: 'done', progress: { sent: 3, queued: 0, failed: 0 } });
  expect(told(numbers).sort()).toEqual(numbers.map((number) => `+86${number}`));
});

test('what is queued of a cancelled one is never sent, and counted apart', async () => {
  const numbers = ['13800000011', '13800000012'];
  const { act, tried } = await begun(numbers);
  await expect.poll(tried).toBe(2);
  await act(DUTY, 'pause');
  const { state, progress } = await act(DUTY, 'cancel');
  expect(state).toBe('cancelled');
  expect(progress).toMatchObject({ stopped: 2, waiting: 0, queued: 0, skipped: 0, failed: 0 });
  twilio.mood = 'fine';
  centre.clock.advance(60_000);
  await overtakes(numbers);
  expect(told(numbers)).toEqual([]);
});

test('an outage does not pile them up: 50 are queued, the rest wait in the list and follow', async () => {
  const numbers = Array.from({ length: 60 }, (_, n) => `139${String(n).padStart(8, '0')}`);
  const { id, read, progress } = await begun(numbers);
  await expect.poll(progress).toMatchObject({ queued: 50, waiting: 10 });
  const looked = async () =>
    Number((await centre.db.prisma.broadcast.findUniqueOrThrow({ where: { id } })).nextAt);
  centre.clock.advance(60_000);
  await expect.poll(looked).toBeGreaterThan(centre.clock.now());
  expect(await progress()).toMatchObject({ queued: 50, waiting: 10 });
  twilio.mood = 'fine';
  await comes(read, { state: 'done', progress: { sent: 60 } });
  expect(new Set(told(numbers)).size).toBe(60);
  expect(told(numbers)).toHaveLength(60);
});
