import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, type hot, openDatabase, uuidv7 } from '../../prisma/client.ts';
import { openDesk } from '../../test/http/desk.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { testClock } from '../clock.ts';
import { createAudit } from '../people/audit.ts';
import type { Role } from '../people/permissions.ts';
import { createSealing } from '../people/sealing.ts';
import { activePolicy } from '../policy/versions.ts';
import { ticketRoutes } from './routes.ts';

const clock = testClock('2026-06-10T10:00+08:00');
const minute = 60_000;
let made: TestDatabase;
let db: Database;
let desk: Awaited<ReturnType<typeof openDesk>>;
let events: hot.EventRow[] = [];
const people = new Map<string, { id: string; role: Role; teamId: string }>();

beforeAll(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, onError() {} });
  await db.prisma.department.create({ data: { id: 'network', name: '网络部' } });
  const team = uuidv7(0);
  const createdAt = new Date(clock.now());
  await db.prisma.team.create({ data: { id: team, name: '一班', jobType: 'hotline', createdAt } });
  for (const [number, role] of [
    ['1001', 'agent'],
    ['1002', 'agent'],
    ['2001', 'shift_leader'],
    ['3001', 'knowledge_editor'],
  ] as const) {
    const id = uuidv7(0);
    people.set(number, { id, role, teamId: team });
    const data = {
      id,
      number,
      name: `员工${number}`,
      role,
      teamId: team,
      jobType: 'hotline',
      passwordHash: '',
    };
    await db.prisma.person.create({ data: { ...data, createdAt } });
  }
  const policy = await activePolicy(db, clock.now());
  const sealing = createSealing(Buffer.alloc(32, 7));
  const audit = createAudit({ clock, sealing });
  const publish = (rows: hot.EventRow[]) => void events.push(...rows);
  const routes = ticketRoutes({ db, sealing, audit, policy: () => policy, publish, wake() {} });
  const authenticate = async (request: { get(name: string): string | undefined }) => {
    const found = people.get(request.get('x-number') ?? '');
    if (!found) return undefined;
    const person = { ...found, number: '', name: '', locale: 'zh-CN' };
    return { person, csrfToken: 'csrf-token-of-the-test', sessionId: 's' };
  };
  desk = await openDesk(routes, { transaction: db.transaction, clock, authenticate });
});
afterAll(async () => {
  await desk.close();
  await db.close();
  await made.drop();
});
beforeEach(async () => {
  events = [];
  clock.moveTo('2026-06-10T10:00+08:00');
  await db.sql.query({ text: 'TRUNCATE ticket, ticket_step, event, stream, audit' });
});

let writes = 0;
function ask(number: string, method: string, path: string, body?: unknown) {
  clock.advance(1);
  return desk.ask(method, `/api/v1/tickets${path}`, {
    headers: { 'x-number': number, ...(method === 'POST' && { 'x-client-id': `write-${++writes}-test` }) },
    ...(body !== undefined && { body }),
  });
}
const complaint = {
  kind: 'complaint',
  category: 'charges',
  description: '多扣了 20 元',
  contact: '138 0013 8000',
};

async function open(by = '1001') {
  const { status, body } = await ask(by, 'POST', '', complaint);
  expect(status).toBe(201);
  return body as { id: string; number: string; dispatchDueAt: number };
}

test('an agent accepts a complaint: a number, sixty minutes to dispatch it, and it is theirs', async () => {
  const ticket = await open();
  expect(ticket.number).toMatch(/^TS20260610\d{8}$/);
  expect(ticket.dispatchDueAt).toBe(clock.now() + 60 * minute);
  const { body } = await ask('1002', 'GET', '');
  expect(body.tickets).toMatchObject([
    {
      number: ticket.number,
      kind: { name: '投诉单' },
      category: { name: '资费争议' },
      contact: '138****8000',
      owner: { name: '员工1001' },
      state: 'open',
      dispatch: { colour: 'ok', doneAt: null },
    },
  ]);
  expect(events).toMatchObject([{ stream: 'tickets', type: 'created', data: { ticketId: ticket.id } }]);
  expect((await ask('1002', 'GET', '?owner=me')).body.tickets).toEqual([]);
  expect((await ask('1001', 'GET', '?owner=me&state=open')).body.tickets).toHaveLength(1);
});

test('the limit turns to warning and overdue as time passes', async () => {
  const { id } = await open();
  const colour = async () => (await ask('1001', 'GET', `/${id}`)).body.dispatch.colour;
  clock.advance(45 * minute);
  expect(await colour()).toBe('warning');
  clock.advance(16 * minute);
  expect(await colour()).toBe('overdue');
  await ask('1001', 'POST', `/${id}/dispatch`, { departmentId: 'network' });
  expect(await colour()).toBe('missed');
});

test('dispatched, answered, closed; each step with its name and note', async () => {
  const { id } = await open();
  const at = `/${id}`;
  const sent = await ask('1001', 'POST', `${at}/dispatch`, { departmentId: 'network', note: '请核查' });
  expect(sent.body).toMatchObject({
    state: 'dispatched',
    department: { name: '网络部' },
    acts: ['dispatch', 'answer', 'note'],
  });
  expect((await ask('1001', 'POST', `${at}/close`, { note: '完' })).body.error.code).toBe('not_allowed_now');
  await ask('1001', 'POST', `${at}/answer`, { note: '已退费' });
  const closed = await ask('2001', 'POST', `${at}/close`, { note: '客户满意，电话 13800138000' });
  expect(closed.body).toMatchObject({ state: 'closed', due: { colour: 'met' } });
  expect(closed.body.steps.map((s: { kind: string; note: string }) => [s.kind, s.note])).toEqual([
    ['created', ''],
    ['dispatch', '请核查'],
    ['answer', '已退费'],
    ['close', '客户满意，电话 138****8000'],
  ]);
  expect(events.map((e) => e.type)).toEqual(['created', 'dispatch', 'answer', 'close']);
});

test('a colleague’s ticket is out of an agent’s reach, nobody’s becomes that of who works on it first', async () => {
  const { id } = await open('1002');
  expect((await ask('1001', 'POST', `/${id}/note`, { note: '我来' })).body.error.code).toBe('forbidden');
  await db.prisma.ticket.update({ where: { id }, data: { ownerId: null } });
  expect((await ask('1001', 'GET', '?owner=none')).body.tickets).toHaveLength(1);
  expect((await ask('1001', 'POST', `/${id}/note`, { note: '我来' })).body.owner.name).toBe('员工1001');
});

test('of two who saw the same version, the second is told that it changed', async () => {
  const { id } = await open();
  const one = { departmentId: 'network', version: 0 };
  expect((await ask('1001', 'POST', `/${id}/dispatch`, one)).status).toBe(200);
  expect((await ask('2001', 'POST', `/${id}/dispatch`, one)).body.error.code).toBe('version_changed');
});

test('the contact is shown with a reason only, which is on the record; neither is stored in clear', async () => {
  const { id } = await open();
  expect((await ask('1001', 'POST', `/${id}/reveal`, {})).status).toBe(400);
  for (const reason of ['', ' ', '\u200b', '\ufe0f\u3164'])
    expect((await ask('1001', 'POST', `/${id}/reveal`, { reason })).status).toBe(400);
  const revealed = await ask('1001', 'POST', `/${id}/reveal`, { reason: '回访客户' });
  expect(revealed.body).toEqual({ contact: '13800138000' });
  const { rows } = await db.sql.query({
    text: `SELECT row_to_json(a)::text AS row FROM audit a WHERE action = 'ticket.reveal'`,
  });
  expect(rows).toHaveLength(1);
  const everything = await db.sql.query<{ all: string }>({
    text: `SELECT (SELECT json_agg(t)::text FROM ticket t) || (SELECT json_agg(a)::text FROM audit a)
      || (SELECT json_agg(c)::text FROM client_write c) AS all`,
  });
  expect(everything.rows[0]?.all).not.toContain('13800138000');
  expect((await ask('1002', 'POST', `/${id}/reveal`, { reason: '好奇' })).body.error.code).toBe('forbidden');
});

test('pages follow each other without gap or repetition', async () => {
  for (let i = 0; i < 5; i++) await open();
  const first = (await ask('1001', 'GET', '?limit=3')).body;
  const second = (await ask('1001', 'GET', `?limit=3&cursor=${first.next}`)).body;
  const ids = [...first.tickets, ...second.tickets].map((t: { id: string }) => t.id);
  expect(new Set(ids).size).toBe(5);
  expect(second.next).toBeNull();
});

test.each([
  [{ ...complaint, contact: '12345' }],
  [{ ...complaint, category: 'nothing' }],
  [{ ...complaint, kind: 'praise' }],
  [{ ...complaint, description: ' ' }],
  [{ ...complaint, description: '\u200b' }],
  [{ ...complaint, description: '😡😡😡！！' }],
  [{ ...complaint, contact: '13800138000 或 0571-87654321' }],
  [{ ...complaint, more: 1 }],
])('what is wrong in %j is refused, and nothing is kept', async (body) => {
  expect((await ask('1001', 'POST', '', body)).status).toBe(400);
  expect(await db.prisma.ticket.count()).toBe(0);
});

test('a note in which nothing can be read is none', async () => {
  const { id } = await open();
  for (const act of ['note', 'close'])
    expect((await ask('1001', 'POST', `/${id}/${act}`, { note: '\u200b' })).status).toBe(400);
});

test('unknown tickets, cursors, departments and conversations', async () => {
  const { id } = await open();
  const unknown = uuidv7(0);
  expect((await ask('1001', 'GET', `/${unknown}`)).status).toBe(404);
  expect((await ask('1001', 'GET', '?cursor=abc')).status).toBe(400);
  const cursor = (words: string) => Buffer.from(words).toString('base64url');
  for (const words of [`1 ${'-'.repeat(36)}`, `1 ${'f'.repeat(36)}`, `x ${unknown}`, `1 ${unknown}x`]) {
    const { status, body } = await ask('1001', 'GET', `?cursor=${cursor(words)}`);
    expect([status, body.error?.code]).toEqual([400, 'invalid_input']);
  }
  expect((await ask('1001', 'GET', `?cursor=${cursor(`999999999999999 ${unknown}`)}`)).status).toBe(200);
  expect((await ask('1001', 'POST', `/${id}/dispatch`, { departmentId: 'moon' })).status).toBe(400);
  expect((await ask('1001', 'POST', '', { ...complaint, conversationId: unknown })).status).toBe(404);
  expect((await ask('3001', 'GET', '')).status).toBe(403);
});

test('the settings name kinds and departments', async () => {
  const { body } = await ask('1001', 'GET', '/settings');
  expect(body.kinds.map((k: { id: string }) => k.id)).toEqual(['complaint', 'fault', 'change']);
  expect(body.departments).toEqual([{ id: 'network', name: '网络部' }]);
});
