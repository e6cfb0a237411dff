import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../setup/centre.ts';
import { freePort } from '../setup/product.ts';

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

/** Seven who were written to once; what is known of them is set as other parts would. */
async function customers() {
  const { prisma, sql } = centre.db;
  const { path } = await written(EDITOR);
  const before = await prisma.address.findMany({ select: { id: true } });
  const numbers = [1, 2, 3, 4, 5, 6, 7].map((n) => `1370000000${n}`);
  await ask(EDITOR, 'POST', `${path}/test`, { numbers: numbers.slice(0, 5) });
  await ask(EDITOR, 'POST', `${path}/test`, { numbers: numbers.slice(5) });
  const made = await prisma.address.findMany({
    where: { id: { notIn: before.map(({ id }) => id) } },
    include: { conversation: true },
    orderBy: { id: 'asc' },
  });
  expect(made).toHaveLength(7);
  const customer = async (tier: string, region: string) => {
    const id = randomUUID();
    await prisma.customer.create({ data: { id, tier, region, createdAt: new Date(0) } });
    return id;
  };
  const [gold, silver] = [await customer('gold', '上海'), await customer('gold', '北京')];
  const is = (n: number, data: object) => prisma.address.update({ where: { id: made[n]?.id ?? '' }, data });
  await is(0, { customerId: gold });
  await is(1, { customerId: gold }); // a second number of the same customer
  await is(2, { customerId: silver });
  await is(3, { customerId: silver, optedOutAt: new Date(0) });
  await is(4, { customerId: await customer('gold', '上海'), mark: 'unknown' });
  const wrote = (n: number, at: string) =>
    sql.query({
      text: `INSERT INTO message (id, created_at, conversation_id, seq, author, text) VALUES ($1, $2, $3, 99, 'customer', '你好')`,
      values: [randomUUID(), new Date(at), made[n]?.conversation?.id],
    });
  await wrote(0, '2026-06-01T10:00+08:00');
  await wrote(5, '2026-02-01T10:00+08:00');
  return { path, is, customer };
}

const ANYBODY = {
  ...{ tiers: [], regions: [], locales: [], contactedWithin: null, silentFor: null, openTicket: null },
};
const found = async (criteria: object) => {
  const body = { account: 'sms:main', criteria: { ...ANYBODY, ...criteria } };
  return (await ask(EDITOR, 'POST', '/broadcast-filters/preview', body)).body;
};

test('a saved filter: counted while it is made, found again at the approval, and then for good', async () => {
  const { path, is, customer } = await customers();
  const gold = await found({ tiers: ['gold'] });
  // Two numbers of one customer are one recipient; who opted out and who can't be reached are told apart.
  expect(gold.found).toMatchObject({ lines: 5, usable: 2, duplicate: 1, optedOut: 1, refused: 1 });
  expect(gold.sample).toHaveLength(2);
  expect(gold.sample[0]).toMatchObject({
    tier: 'gold',
    address: expect.stringMatching(/^\+86137\*{4}000\d$/),
  });
  expect((await found({ tiers: ['gold'], regions: ['上海'] })).found).toMatchObject({ lines: 3, usable: 1 });
  expect((await found({ contactedWithin: 30 })).found).toMatchObject({ usable: 1 });
  expect((await found({ contactedWithin: 365 })).found).toMatchObject({ usable: 2 });
  expect((await found({ tiers: ['gold'], silentFor: 30 })).found).toMatchObject({ usable: 2, duplicate: 0 });
  expect((await found({ locales: ['en'] })).found).toMatchObject({ lines: 0, usable: 0 });
  expect((await found({ openTicket: true })).found).toMatchObject({ lines: 0 });

  const criteria = { ...ANYBODY, tiers: ['gold'] };
  const saved = await ask(EDITOR, 'POST', '/broadcast-filters', { name: '金卡客户', criteria });
  expect(saved.status).toBe(201);
  const again = await ask(OTHER_EDITOR, 'POST', '/broadcast-filters', { name: '金卡客户', criteria });
  expect(again.body.error.details.fields[0].problem).toContain('金卡客户');
  expect((await ask(DIRECTOR, 'POST', '/broadcast-filters', { name: '我的', criteria })).status).toBe(403);
  const listed = await ask(DIRECTOR, 'GET', '/broadcast-filters');
  expect(listed.body).toMatchObject({
    filters: [{ name: '金卡客户' }],
    tiers: ['normal', 'silver', 'gold', 'vip'],
  });

  const { revision } = (await ask(EDITOR, 'GET', path)).body;
  const filterId = saved.body.id;
  expect(await ask(OTHER_EDITOR, 'PUT', `${path}/filter`, { filterId, revision })).toMatchObject({
    status: 403,
  });
  const chosen = await ask(EDITOR, 'PUT', `${path}/filter`, { filterId, revision });
  expect(chosen.body).toMatchObject({
    recipients: 2,
    filter: { name: '金卡客户' },
    audience: { optedOut: 1 },
  });
  // Somebody else makes another filter of it: the broadcast asks what was chosen.
  await ask(OTHER_EDITOR, 'PUT', `/broadcast-filters/${filterId}`, { criteria: ANYBODY });
  const act = (by: string, name: string) =>
    ask(by, 'POST', `${path}/${name}`, {
      revision: chosen.body.revision,
      ...(name === 'start' && { startAt: null }),
    });
  expect((await act(EDITOR, 'submit')).body).toMatchObject({ state: 'submitted', recipients: 2 });
  // One more of them between the submission and the approval; one more after it, who is not told.
  await is(5, { customerId: await customer('gold', '广州') });
  const approved = await act(DIRECTOR, 'approve');
  expect(approved.body).toMatchObject({ state: 'approved', recipients: 3, progress: { waiting: 3 } });
  await is(6, { customerId: await customer('gold', '广州') });
  const started = await act(DUTY, 'start');
  expect(started.body).toMatchObject({ state: 'scheduled', recipients: 3, progress: { waiting: 3 } });
  await act(DUTY, 'cancel');
});

test('a filter that finds nobody is not submitted, and a list takes its place', async () => {
  const { path } = await written(EDITOR);
  const criteria = { ...ANYBODY, regions: ['火星'] };
  const saved = await ask(EDITOR, 'POST', '/broadcast-filters', { name: '火星客户', criteria });
  const { revision } = (await ask(EDITOR, 'GET', path)).body;
  const chosen = await ask(EDITOR, 'PUT', `${path}/filter`, { filterId: saved.body.id, revision });
  expect(chosen.body).toMatchObject({ recipients: 0, progress: { waiting: 0 } });
  const refused = await ask(EDITOR, 'POST', `${path}/submit`, { revision: chosen.body.revision });
  expect(refused).toMatchObject({ status: 400, code: 'invalid_input' });
  const gone = await ask(EDITOR, 'DELETE', `/broadcast-filters/${saved.body.id}`);
  expect(gone.status).toBe(200);
  const listed = await ask(EDITOR, 'PUT', `${path}/audience`, '13800000001');
  expect(listed.body).toMatchObject({ recipients: 1, filter: null, audience: { lines: 1 } });
});
