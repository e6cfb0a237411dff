import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { type Database, hot, openDatabase } from '../client.ts';
import { insertAll } from '../seed/insert.ts';

const EVENING = new Date('2026-06-10T20:00:00+08:00');
const MORNING = new Date('2026-06-10T10:00:00+08:00');
const after = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000);

let made: TestDatabase;
let db: Database;
const ids = {
  address: randomUUID(),
  conversation: randomUUID(),
  delivery: randomUUID(),
  person: randomUUID(),
};

beforeEach(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, onError: () => {} });
  const at = { created_at: EVENING };
  const place = { channel: 'webchat', name: 'demo', audience: 'customer', settings: {}, active: true };
  await insertAll(db.sql, 'channel_account', [{ id: 'webchat:demo', ...place, ...at }]);
  const key = { key_hmac: '\\x01', value_sealed: '\\x02' };
  await insertAll(db.sql, 'address', [
    { id: ids.address, channel_account_id: 'webchat:demo', ...key, ...at },
  ]);
});
afterEach(async () => {
  await db.close();
  await made.drop();
});

const lease = { lease_until: after(EVENING, 15), lease_token: randomUUID() };

/** As a process leaves it that is killed in the evening, in the middle of a turn and of a delivery. */
async function cutShortInTheEvening() {
  const { address: address_id, conversation: conversation_id } = ids;
  const counts = { epoch: 0, last_seq: 1, handled_seq: 0, attempts: 0, state: {}, locale: 'zh-CN' };
  const due = { due_at: EVENING, due_since: EVENING, created_at: EVENING };
  await insertAll(db.sql, 'conversation', [
    { id: conversation_id, address_id, audience: 'customer', ...counts, ...due, ...lease },
  ]);
  await insertAll(db.sql, 'lane', [{ address_id, due_at: after(EVENING, 8), ...lease }]);
  const message = { seq: 1, by_bot: true, epoch: 0, class: 'reply', state: 'queued', payload: {} };
  const tried = { attempts: 3, position: 1, maybe_repeated: false, late: false };
  const next = { next_at: after(EVENING, 8), created_at: EVENING };
  await insertAll(db.sql, 'delivery', [
    { id: ids.delivery, address_id, conversation_id, ...message, ...tried, ...next },
  ]);
}

test('after the clock was set back, a turn and a delivery in hand go on at once', async () => {
  await cutShortInTheEvening();
  expect(await hot.claimTurns(db.sql, MORNING, 10)).toEqual([]);

  expect(await hot.turnBack(db.sql, MORNING, MORNING)).toBe(3);

  const turns = await db.transaction(({ sql }) => hot.claimTurns(sql, MORNING, 10));
  expect(turns).toMatchObject([{ id: ids.conversation, dueSince: MORNING }]);
  const claim = { now: MORNING, until: after(MORNING, 30), token: randomUUID() };
  expect(await hot.claimLanes(db.sql, claim, 10)).toMatchObject([{ addressId: ids.address }]);
  expect(await hot.head(db.sql, ids.address, MORNING)).toMatchObject({ id: ids.delivery, nextAt: MORNING });
});

test("beside other processes a lease that may be alive is left its time, as after a process's death", async () => {
  await cutShortInTheEvening();
  await hot.turnBack(db.sql, MORNING, after(MORNING, 30));
  expect(await hot.claimTurns(db.sql, MORNING, 10)).toEqual([]);
  expect(await hot.claimTurns(db.sql, after(MORNING, 30), 10)).toHaveLength(1);
});

test('who was signed in counts as seen now, and the policy of the evening gives way to the next one', async () => {
  const person = { number: '1001', name: '周晓彤', role: 'agent', job_type: 'hotline', grade: 1 };
  const flags = { demo: true, active: true, password_hash: '-', locale: 'zh-CN', created_at: MORNING };
  await insertAll(db.sql, 'person', [{ id: ids.person, ...person, ...flags }]);
  const seen = { created_at: after(EVENING, -60), last_seen_at: EVENING };
  await insertAll(db.sql, 'session', [{ id: '\\x03', person_id: ids.person, csrf_token: 'x', ...seen }]);
  const policy = (hash: string, at: Date) => ({
    ...{ id: randomUUID(), hash, content: '', created_at: at, activated_at: at },
  });
  await insertAll(db.sql, 'policy_version', [policy('older', after(EVENING, -60)), policy('newer', EVENING)]);

  await hot.turnBack(db.sql, MORNING, MORNING);

  expect(await db.prisma.session.findFirst()).toMatchObject({ createdAt: MORNING, lastSeenAt: MORNING });
  const order = await db.prisma.policyVersion.findMany({ orderBy: { activatedAt: 'asc' } });
  expect(order.map(({ hash, activatedAt }) => [hash, activatedAt])).toEqual([
    ['older', after(MORNING, -60)],
    ['newer', MORNING],
  ]);
});

test('a clock that went on finds nothing to bring back', async () => {
  await cutShortInTheEvening();
  const later = after(EVENING, 60);
  expect(await hot.turnBack(db.sql, later, later)).toBe(0);
});
