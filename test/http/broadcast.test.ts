import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../setup/centre.ts';

/** 群发 as the console does it, by colleagues of several roles; the provider's address takes nothing. */
const CHANNELS = `accounts:
  - id: sms:main
    name: 客服短信
    settings:
      accountSid: AC00000000000000000000000000000000
      authToken: secret
      from: '+8610690001'
      apiBaseUrl: http://127.0.0.1:9
`;
const [EDITOR, OTHER_EDITOR, SUPERVISOR, DIRECTOR, DUTY, AGENT] = [
  '3001',
  '3002',
  '7001',
  '5001',
  '7003',
  '1001',
];

let centre: Centre;
const folder = mkdtempSync(join(tmpdir(), 'yingda-broadcast-'));
beforeAll(async () => {
  const file = join(folder, 'channels.yaml');
  writeFileSync(file, CHANNELS);
  // Webhooks need a public address, which is the one that the test asks at.
  const port = await freePort();
  // In quiet hours: nothing is sent meanwhile.
  centre = await openDemoCentre('2026-06-10T22:00+08:00', {
    ...{ CHANNELS_FILE: file, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` },
  });
});
afterAll(async () => {
  await centre.close();
  rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function ask(number: string, method: string, path: string, body?: object | string) {
  const type = typeof body === 'string' ? 'text/csv' : 'application/json';
  const response = await fetch(`${centre.url}/api/v1${path}`, {
    method,
    headers: {
      ...(await centre.signedIn(number)),
      ...{ 'accept-language': 'zh-CN', 'x-client-id': randomUUID() },
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer = await response.json();
  return { status: response.status, body: answer, code: answer.error?.code as string | undefined };
}

const draft = { title: '升级通知', text: '周六凌晨系统升级。退订回TD', account: 'sms:main', perMinute: 60 };

async function written(by: string) {
  const made = await ask(by, 'POST', '/broadcasts', draft);
  expect(made.status).toBe(201);
  const path = `/broadcasts/${made.body.id}`;
  const listed = await ask(
    by,
    'PUT',
    `${path}/audience`,
    '号码\n13800000001\n138 0000 0002\n+8613800000001\n12345',
  );
  expect(listed.status).toBe(200);
  const act = (number: string, name: string, more: object = {}) =>
    ask(number, 'POST', `${path}/${name}`, { revision: listed.body.revision, ...more });
  return { path, act, listed: listed.body };
}

test('from the draft to sending: each act by whom the table lets, the approval never by the author', async () => {
  const { path, act, listed } = await written(SUPERVISOR);
  expect(listed).toMatchObject({
    ...{ state: 'draft', recipients: 2, segments: 1, mine: true },
    audience: { lines: 4, usable: 2, duplicate: 1, invalid: 1 },
  });
  expect(await act(DIRECTOR, 'approve')).toMatchObject({ status: 422, code: 'not_allowed_now' });
  expect(await act(OTHER_EDITOR, 'submit')).toMatchObject({ status: 403 });
  expect(await act(SUPERVISOR, 'submit')).toMatchObject({ status: 200, body: { state: 'submitted' } });
  // A supervisor may approve, but not this one.
  const own = await act(SUPERVISOR, 'approve');
  expect(own).toMatchObject({ status: 403, code: 'forbidden' });
  expect(own.body.error.details.fields[0].problem).toContain('另一位同事');
  expect(await act(EDITOR, 'approve')).toMatchObject({ status: 403 });
  expect(await act(EDITOR, 'start', { startAt: null })).toMatchObject({ code: 'not_allowed_now' });
  expect(await act(DIRECTOR, 'approve')).toMatchObject({ status: 200, body: { state: 'approved' } });
  expect(await act(DIRECTOR, 'start', { startAt: null })).toMatchObject({ status: 403 });
  expect(await act(AGENT, 'cancel')).toMatchObject({ status: 403 });
  const started = await act(DUTY, 'start', { startAt: null });
  expect(started).toMatchObject({ status: 200, body: { state: 'scheduled', progress: { waiting: 2 } } });
  expect(started.body.quietUntil).toBe(Date.parse('2026-06-11T08:00+08:00'));
  expect((await ask(SUPERVISOR, 'PUT', path, { ...draft, revision: listed.revision })).code).toBe(
    'not_allowed_now',
  );
  expect(await act(DUTY, 'cancel')).toMatchObject({ status: 200, body: { state: 'cancelled' } });
  const acts = await centre.db.prisma.audit.findMany({ where: { object: 'broadcast' } });
  expect(acts.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['broadcast.create', 'broadcast.submit', 'broadcast.approve', 'broadcast.start']),
  );
});

test('what was changed after it was read is not approved; sent back it says why', async () => {
  const { path, act, listed } = await written(EDITOR);
  await act(EDITOR, 'submit');
  await act(EDITOR, 'withdraw');
  const { revision } = listed;
  const changed = await ask(EDITOR, 'PUT', path, { ...draft, text: '改为周日。退订回TD', revision });
  expect(changed).toMatchObject({ status: 200, body: { recipients: 2 } });
  await ask(EDITOR, 'POST', `${path}/submit`, { revision: changed.body.revision });
  expect(await act(DIRECTOR, 'approve')).toMatchObject({ status: 409, code: 'version_changed' });
  const back = await act(DIRECTOR, 'reject', { revision: changed.body.revision, remark: '请写明时间' });
  expect(back).toMatchObject({ status: 200, body: { state: 'draft', remark: '请写明时间' } });
  expect(await ask(OTHER_EDITOR, 'PUT', path, { ...draft, revision: 9 })).toMatchObject({ status: 403 });
});

test('a list without numbers, a text without end and a channel that takes none are refused in words', async () => {
  const { path } = await written(EDITOR);
  const problem = async (asked: ReturnType<typeof ask>) =>
    (await asked).body.error.details.fields[0].problem as string;
  expect(await problem(ask(EDITOR, 'PUT', `${path}/audience`, '姓名\n王芳'))).toContain('没有找到号码');
  expect(await problem(ask(EDITOR, 'POST', '/broadcasts', { ...draft, text: '长'.repeat(400) }))).toContain(
    '太长',
  );
  expect(await problem(ask(EDITOR, 'POST', '/broadcasts', { ...draft, account: 'webchat:demo' }))).toContain(
    '不能群发',
  );
});

test('a test goes to the numbers named, each once, quiet hours or not', async () => {
  const { path } = await written(EDITOR);
  const sent = await ask(EDITOR, 'POST', `${path}/test`, { numbers: ['13900000001', '+86 139 0000 0001'] });
  expect(sent).toMatchObject({ status: 200, body: { queued: 1 } });
  expect(await centre.db.prisma.delivery.count({ where: { class: 'notice', notBefore: null } })).toBe(1);
  const bad = await ask(EDITOR, 'POST', `${path}/test`, { numbers: ['13900000001', '139'] });
  expect(bad.body.error.details.fields[0]).toMatchObject({ path: 'numbers.1' });
});

test('the list shows the newest first, page by page, and the accounts that can send', async () => {
  const first = await ask(AGENT, 'GET', '/broadcasts');
  expect(first.status).toBe(403);
  const one = await ask(DIRECTOR, 'GET', '/broadcasts?limit=1');
  const next = await ask(DIRECTOR, 'GET', `/broadcasts?limit=50&cursor=${one.body.next}`);
  const ids = [...one.body.broadcasts, ...next.body.broadcasts].map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(await centre.db.prisma.broadcast.count());
  const { body } = await ask(EDITOR, 'GET', '/broadcast-accounts');
  expect(body).toEqual({
    accounts: [{ id: 'sms:main', name: '客服短信', counted: true }],
    optOutWord: '退订',
  });
});
