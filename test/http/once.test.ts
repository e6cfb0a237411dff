import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../bot/errors.ts';
import { route } from '../../bot/http/route.ts';
import { type Database, openDatabase } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { openDesk } from './desk.ts';

let store: TestDatabase;
let db: Database;
let desk: Awaited<ReturnType<typeof openDesk>>;
let runs = 0;
let failing = 0;

const makeDepartment = route({
  ...{ method: 'POST', path: '/api/v1/departments', action: 'ticket.create', summary: 'A write', once: true },
  body: z.strictObject({ name: z.string() }),
  ...{ response: z.strictObject({ id: z.string(), by: z.string() }), status: 201 },
  async handler({ unit, body, clientId }) {
    runs += 1;
    const id = `d${runs}`;
    await unit.sql.query({
      text: 'INSERT INTO department (id, name) VALUES ($1, $2)',
      values: [id, body.name],
    });
    if (failing-- > 0) throw new AppError('unavailable');
    return { id, by: clientId };
  },
});

beforeAll(async () => {
  store = await createTestDatabase();
  db = openDatabase({ url: store.url, onError: () => {} });
  desk = await openDesk([makeDepartment], { transaction: db.transaction });
});
afterAll(async () => {
  await desk.close();
  await db.close();
  await store.drop();
});
beforeEach(async () => {
  runs = failing = 0;
  await db.sql.query({ text: 'TRUNCATE department, client_write' });
});

const make = (clientId: string | undefined, name = '网络部') =>
  desk.ask('POST', '/api/v1/departments', {
    body: { name },
    headers: clientId ? { 'x-client-id': clientId } : {},
  });
const departments = async () => (await db.sql.query({ text: 'SELECT id FROM department' })).rows;

test('a repeat gets the stored answer, and nothing is written twice', async () => {
  const first = await make('click-0001');
  const again = await make('click-0001');
  expect(first).toMatchObject({ status: 201, body: { id: 'd1', by: 'click-0001' } });
  expect(again).toMatchObject({ status: 201, body: first.body });
  expect([first.headers.get('x-repeated'), again.headers.get('x-repeated')]).toEqual([null, 'true']);
  expect(await departments()).toHaveLength(1);
});

test('twenty at the same moment are one write with one answer', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => make('click-0002')));
  expect(new Set(answers.map(({ body }) => body.id))).toEqual(new Set(['d1']));
  expect(answers.every(({ status }) => status === 201)).toBe(true);
  expect(await departments()).toHaveLength(1);
  expect(runs).toBe(1);
});

test('a write that failed left nothing, and its repeat runs', async () => {
  failing = 1;
  expect((await make('click-0003')).status).toBe(503);
  expect(await departments()).toEqual([]);
  expect((await make('click-0003')).status).toBe(201);
  expect(await departments()).toHaveLength(1);
});

test('the same id for other words is a mistake of the client', async () => {
  await make('click-0004', '网络部');
  expect(await make('click-0004', '计费部')).toMatchObject({
    status: 409,
    body: { error: { code: 'conflict' } },
  });
  expect(await departments()).toHaveLength(1);
});

test('without an id it is refused', async () => {
  const answer = await make(undefined);
  expect(answer).toMatchObject({ status: 400, body: { error: { details: { header: 'x-client-id' } } } });
  expect(runs).toBe(0);
});

test('a repeat that reaches another process waits for the first one to commit, and gets its answer', async () => {
  await make('click-0005');
  const { rows } = await db.sql.query({ text: 'SELECT * FROM client_write' });
  await db.sql.query({ text: 'TRUNCATE department, client_write' });
  runs = 0;

  const other = await db.direct();
  await other.query('BEGIN');
  const { person_id, client_id, route: name, response, created_at } = rows[0] ?? {};
  const values = [person_id, client_id, name, JSON.stringify(response), created_at];
  await other.query('INSERT INTO client_write VALUES ($1, $2, $3, $4, $5)', values);
  const repeat = make('click-0005');
  await expect(Promise.race([repeat, sleep(150, 'waits')])).resolves.toBe('waits');
  await other.query('COMMIT');
  expect(await repeat).toMatchObject({ status: 201, body: response });
  expect(runs).toBe(0);
  await other.end();
});
