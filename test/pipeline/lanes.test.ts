import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { OutboundWorker } from '../../bot/conversation/outbound.ts';
import type { Channel, SendResult } from '../../channels/channel.ts';
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
async function lane(of = `phone:${randomUUID()}`) {
  const [addressId, conversationId] = [randomUUID(), randomUUID()];
  const account = { id: of, channel: 'phone', name: 'phone', createdAt: now };
  await db.prisma.channelAccount.createMany({ data: account, skipDuplicates: true });
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
  return { token, lanes: lanes.map(({ addressId }) => addressId) };
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

describe('a platform that does not answer', () => {
  const workers: OutboundWorker[] = [];
  const sends: string[] = [];
  let answers: (result: SendResult) => void;
  let answer: Promise<SendResult>;
  beforeEach(() => {
    answer = new Promise((resolve) => {
      answers = resolve;
    });
  });
  afterEach(async () => {
    answers({ externalIds: ['late'] });
    for (const worker of workers.splice(0)) await worker.stop();
  });

  function works(parts: { leaseMs?: number } = {}) {
    const channel = {
      can: {},
      async send({ account }) {
        sends.push(account);
        return account.startsWith('phone:hangs') ? answer : { externalIds: ['1'] };
      },
    } as Partial<Channel> as Channel;
    const worker = new OutboundWorker({
      ...{ db, now: Date.now, random: Math.random, channelOf: () => channel, open: String, ...parts },
      quietUntil: () => undefined,
      onError: (error) => expect.unreachable(String(error)),
      onAttempt() {},
    });
    workers.push(worker);
    worker.start();
    return worker;
  }
  const stateOf = async (addressId: string) =>
    (await db.prisma.delivery.findFirst({ where: { addressId } }))?.state;

  test('holds up its own account only, however many wait there', async () => {
    for (let i = 0; i < 40; i++) await lane('phone:hangs');
    const worker = works();
    await expect.poll(() => sends.filter((account) => account === 'phone:hangs').length).toBeGreaterThan(15);
    const { addressId } = await lane('phone:well');
    worker.nudge();
    await expect.poll(() => stateOf(addressId)).toBe('sent');
  });

  test('is not asked again for a broadcast that was cancelled while it was being sent', async () => {
    const { addressId } = await lane('phone:hangs');
    const broadcastId = randomUUID();
    const written = { title: '通知', text: '第一句', accountId: 'phone:hangs', perMinute: 60 };
    const data = { ...written, id: broadcastId, authorId: randomUUID(), state: 'cancelled', createdAt: now };
    await db.prisma.broadcast.create({ data });
    await db.prisma.delivery.updateMany({ where: { addressId }, data: { broadcastId, state: 'sending' } });
    works();
    await expect.poll(() => stateOf(addressId)).toBe('suppressed');
  });

  test('is waited for by one process: a lane in hand is kept, however long a send takes', async () => {
    const { addressId } = await lane('phone:hangs-long');
    works({ leaseMs: 3000 });
    const until = async () => (await db.prisma.lane.findUnique({ where: { addressId } }))?.leaseUntil;
    await expect.poll(until).toBeTruthy();
    const first = Number(await until());
    works({ leaseMs: 3000 });
    await expect.poll(async () => Number(await until()), { timeout: 10_000 }).toBeGreaterThan(first + 1500);
    answers({ externalIds: ['late'] });
    await expect.poll(() => stateOf(addressId)).toBe('sent');
    expect(sends.filter((account) => account === 'phone:hangs-long')).toHaveLength(1);
  });
});
