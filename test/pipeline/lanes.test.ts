import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, hot, openDatabase } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

const now = new Date('2026-06-10T02:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
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

/** A new address with a lane and one delivery in it. */
async function lane() {
  const [addressId, conversationId] = [randomUUID(), randomUUID()];
  const account = { id: `phone:${addressId}`, channel: 'phone', name: 'phone', createdAt: now };
  await db.prisma.channelAccount.create({ data: account });
  const data = { id: addressId, channelAccountId: account.id, keyHmac: Buffer.from(addressId) };
  await db.prisma.address.create({ data: { ...data, valueSealed: Buffer.from('x'), createdAt: now } });
  await db.prisma.conversation.create({
    data: { id: conversationId, addressId, audience: 'customer', createdAt: now },
  });
  const delivery = (text: string): hot.DeliveryRow => ({
    ...{ id: randomUUID(), addressId, conversationId, seq: 1, byBot: false, epoch: 0, class: 'reply' },
    payload: { text },
  });
  await hot.queueDeliveries(db.sql, [delivery('第一句')], now);
  return { addressId, delivery };
}

const claim = async (at = now) => {
  const token = randomUUID();
  const lanes = await hot.claimLanes(db.sql, { now: at, until: later(30), token }, 100);
  return { token, lanes };
};

test('what is queued at the very moment when a lane is given back wakes it', async () => {
  const { addressId, delivery } = await lane();
  const { token, lanes } = await claim();
  expect(lanes).toContain(addressId);
  const head = await hot.head(db.sql, addressId, now);
  await hot.endSending(db.sql, head?.id ?? '', { state: 'sent', externalId: 'a' }, now);
  let release: Promise<void> | undefined;
  await db.transaction(async (unit) => {
    await hot.queueDeliveries(unit.sql, [delivery('第二句')], now);
    // It waits for this transaction's row, with a snapshot in which the delivery isn't there yet.
    release = hot.releaseLane(db.sql, addressId, { token, now });
    await expect
      .poll(async () => {
        const text = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
        return (await db.sql.query<{ n: number }>({ text })).rows[0]?.n;
      })
      .toBe(1);
  });
  await release;
  expect((await claim()).lanes).toContain(addressId);
});

test('a lane with nothing left rests; one whose process died is taken up when its lease has run out', async () => {
  const { addressId } = await lane();
  await claim();
  expect((await claim(later(29))).lanes).not.toContain(addressId);
  const { token, lanes } = await claim(later(30));
  expect(lanes).toContain(addressId);
  const head = await hot.head(db.sql, addressId, now);
  await hot.endSending(db.sql, head?.id ?? '', { state: 'sent', externalId: 'b' }, now);
  await hot.releaseLane(db.sql, addressId, { token, now });
  expect((await claim(later(60))).lanes).not.toContain(addressId);
});
