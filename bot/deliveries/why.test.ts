import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { whyText } from './why.ts';

let made: TestDatabase;
let db: Database;
beforeAll(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, onError() {} });
});
afterAll(async () => {
  await db.close();
  await made.drop();
});

test.each([
  ['sent', '30003 Unreachable', 'reported'],
  ['dead', 'gave up: ECONNREFUSED', 'gave_up'],
  ['dead', 'channel off', 'channel_off'],
  ['dead', 'address blocked', 'blocked'],
  ['dead', 'address unknown: 400 21211', 'unknown'],
  ['dead', 'address optedOut: 400 21610', 'blocked'],
  ['dead', 'address blocked: Forbidden: bot was blocked by the user', 'blocked'],
  ['dead', 'Bad Request: message is too long', 'refused'],
  ['dead', 'address blockedish', 'refused'],
])('%s, %j: %s', async (state, error, why) => {
  const text = `SELECT ${whyText} AS why FROM (VALUES ($1::text, $2::text)) AS d(state, error)`;
  expect((await db.sql.query({ text, values: [state, error] })).rows).toEqual([{ why }]);
});
