import { afterEach, expect, test, vi } from 'vitest';
import { audienceOf } from '../../bot/broadcast/audience.ts';
import type { BroadcastParts } from '../../bot/broadcast/parts.ts';
import { progressOf, replaceRecipients } from '../../bot/broadcast/store.ts';
import { BroadcastWorker, type BroadcastWorkerParts } from '../../bot/broadcast/worker.ts';
import type { Channel, Delivery } from '../../channels/channel.ts';
import { hot, uuidv7 } from '../../prisma/client.ts';
import { openScene, type Scene } from './customer.ts';

const TEXT = '【辰星】本周六凌晨 2 点至 5 点系统升级，期间暂停办理业务。退订请回复退订';
const [AUTHOR, APPROVER] = [uuidv7(1), uuidv7(2)];

/** A phone network of our own that keeps what it took, by number. */
function network() {
  const sent: Delivery[] = [];
  const channel: Channel = {
    name: 'phone',
    can: {
      ...{
        push: true,
        buttons: false,
        cards: false,
        markdown: false,
        typing: false,
        receipts: true,
        maxText: 280,
      },
      size: (text) => Math.ceil(text.length / 67),
    },
    open: async () => {},
    close: async () => {},
    addressOf(_, written) {
      const digits = written.replace(/[^\d+]/g, '').replace(/^(\+?86)?/, '+86');
      return /^\+861\d{10}$/.test(digits) ? { key: digits, locale: 'zh-CN' } : undefined;
    },
    async send(delivery) {
      sent.push(delivery);
      return { externalIds: [delivery.id] };
    },
  };
  const numbers = () => sent.filter(({ message }) => message.text === TEXT).map(({ address }) => address);
  return { channel, sent, numbers };
}

const number = (n: number) => `+86138${String(n).padStart(8, '0')}`;

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

async function open(now?: string) {
  const phone = network();
  const scene = await openScene(now, { channel: phone.channel });
  const { db, pipeline, account } = scene.centre;
  const parts: BroadcastParts = {
    db,
    vault: () => pipeline.parts.vault,
    channelOf: (id) => pipeline.channelOf(id),
    quietUntil: (at) => pipeline.parts.quietUntil?.(at),
    publish: (said) => pipeline.publish(said),
    nudge: () => pipeline.nudge(),
  };
  const faults: unknown[] = [];
  const workers: BroadcastWorker[] = [];
  close = async () => {
    await Promise.all(workers.map(({ loop }) => loop.stop()));
    await scene.close();
    expect(faults).toEqual([]);
  };
  return {
    ...{ phone, scene, db },
    /** A process that sends broadcasts. */
    worker(more: Partial<BroadcastWorkerParts> = {}) {
      const onError = (error: unknown) => void faults.push(error);
      const worker = new BroadcastWorker({ ...parts, now: scene.clock.now, onError, ...more });
      workers.push(worker);
      worker.loop.start();
      return worker;
    },
    /** An approved broadcast to the numbers of a file, that may begin now. */
    async broadcast(csv: string, perMinute = 6000) {
      const id = uuidv7(scene.clock.now());
      const at = new Date(scene.clock.now());
      await db.prisma.broadcast.create({
        data: {
          ...{ id, title: '升级通知', text: TEXT, accountId: account.id, perMinute, segments: 1 },
          ...{ authorId: AUTHOR, approverId: APPROVER, state: 'scheduled', nextAt: at, createdAt: at },
        },
      });
      const addressOf: NonNullable<Channel['addressOf']> = (of, written) =>
        phone.channel.addressOf?.(of, written);
      const of = { account: account.id, addressOf, vault: parts.vault() };
      const { recipients, found } = await audienceOf(db.sql, Buffer.from(csv), of);
      await db.transaction((unit) => replaceRecipients(unit, id, recipients, found));
      return { id, found };
    },
    state: async (id: string) => (await db.prisma.broadcast.findUniqueOrThrow({ where: { id } })).state,
    /** Somebody with this number who has written to us before. */
    async known(phoneNumber: string) {
      const conversationId = await scene.centre.host.thread(account, phoneNumber, 'zh-CN');
      return { conversationId, optsOut: () => hot.optOut(db.sql, conversationId, true, new Date()) };
    },
  };
}

/** Moves the clock on until the condition holds. */
const passes = (scene: Scene, condition: () => Promise<boolean> | boolean) =>
  vi.waitFor(async () => {
    scene.clock.advance(1_000);
    expect(await condition()).toBe(true);
  }, 30_000);

test('200 recipients, with what lists have in them: paused, crashed, taken up by another: everybody once', async () => {
  const { phone, scene, db, worker, broadcast, state, known } = await open();
  const gone = await known(number(7));
  await gone.optsOut();
  const lines = Array.from({ length: 200 }, (_, n) => `客户${n},${number(n).slice(n % 2 ? 0 : 3)}`);
  const csv = ['姓名,手机号', ...lines, `重复,138-0000-0001`, '坏,13800', ',', lines[3]].join('\r\n');
  const { id, found } = await broadcast(csv);
  expect(found).toMatchObject({ lines: 204, usable: 199, duplicate: 2, invalid: 2, optedOut: 1 });
  expect(found.problems[0]).toEqual({ line: 9, value: '+86138****0007', problem: 'opted_out' });

  // One who opts out between the list and the sending.
  await (await known(number(9))).optsOut();
  // The first process dies in the middle of a recipient: their transaction is never committed.
  let told = 0;
  const dying = worker({
    db: {
      ...db,
      transaction: (work) =>
        db.transaction(async (unit) => {
          const result = await work(unit);
          if (++told === 30) {
            void dying.loop.stop();
            throw new Error('the process died');
          }
          return result;
        }),
    },
    onError: (error) => expect(String(error)).toContain('died'),
  });
  await passes(scene, () => dying.loop.stopping);
  await dying.loop.stop();
  const { waiting } = await progressOf(db.sql, id);
  expect(waiting).toBe(199 - 28);

  await db.prisma.broadcast.update({ where: { id }, data: { state: 'paused' } });
  const [one, other] = [worker(), worker()];
  scene.clock.advance(60_000);
  await vi.waitFor(async () => expect((await progressOf(db.sql, id)).queued).toBe(0), 10_000);
  expect((await progressOf(db.sql, id)).waiting).toBe(waiting);

  const at = new Date(scene.clock.now());
  await db.prisma.broadcast.update({ where: { id }, data: { state: 'running', nextAt: at } });
  one.loop.nudge();
  other.loop.nudge();
  await passes(scene, async () => (await state(id)) === 'done');
  await passes(scene, async () => (await progressOf(db.sql, id)).queued === 0);
  const expected = Array.from({ length: 200 }, (_, n) => number(n)).filter((_, n) => n !== 7 && n !== 9);
  expect(phone.numbers().sort()).toEqual(expected);
  expect(await progressOf(db.sql, id)).toMatchObject({ waiting: 0, sent: 198, skipped: 1, failed: 0 });
});

test('in quiet hours nobody is told; in the morning they are, at the pace', async () => {
  const { phone, scene, db, worker, broadcast, state } = await open('2026-06-10T21:30+08:00');
  const { id } = await broadcast([1, 2, 3].map(number).join('\n'), 60);
  const asked: number[] = [];
  const quietUntil = (at: number) => {
    asked.push(at);
    return scene.centre.pipeline.parts.quietUntil?.(at);
  };
  const { loop } = worker({ quietUntil });
  scene.clock.moveTo('2026-06-11T07:59+08:00');
  // It has looked around at this time, and once more: the first look is over.
  const before = scene.clock.now();
  await vi.waitFor(() => {
    loop.nudge();
    expect(asked.filter((at) => at === before).length).toBeGreaterThan(1);
  }, 10_000);
  expect(await state(id)).toBe('scheduled');
  scene.clock.moveTo('2026-06-11T08:00+08:00');
  await vi.waitFor(async () => expect((await progressOf(db.sql, id)).sent).toBe(2), 10_000);
  expect(phone.numbers()).toHaveLength(2);
  scene.clock.moveTo('2026-06-11T08:00:02+08:00');
  await vi.waitFor(async () => expect(await progressOf(db.sql, id)).toMatchObject({ sent: 3 }), 10_000);
});

test('what was sent stands in the conversation; an answer to it is answered, and 退订 is counted', async () => {
  const { phone, scene, db, worker, broadcast, state, known } = await open();
  const { conversationId } = await known(number(1));
  const { id } = await broadcast(`${number(1)}\n${number(2)}`);
  worker();
  await passes(scene, async () => (await state(id)) === 'done');
  await vi.waitFor(() => expect(phone.numbers()).toHaveLength(2), 10_000);
  const { host, account } = scene.centre;
  expect((await host.read(conversationId, 0, 10)).map((m) => `${m.author}: ${m.text}`)).toEqual([
    `bot: ${TEXT}`,
  ]);
  expect(await db.prisma.turn.count()).toBe(0);
  await host.receive(account, { conversationId, kind: 'message', text: '退订' });
  await vi.waitFor(() => expect(phone.sent.at(-1)?.message.text).toContain('已为您退订'), 10_000);
  expect(await progressOf(db.sql, id)).toMatchObject({ sent: 2, optedOut: 1 });
  const [delivery] = await db.prisma.delivery.findMany({ where: { conversationId }, take: 1 });
  await host.receipt(account.id, delivery?.id ?? '', 'delivered');
  expect(await progressOf(db.sql, id)).toMatchObject({ delivered: 1 });
});

test('what the platform reports of an address holds from then on, unless somebody has written from it since', async () => {
  const { phone, scene, db, worker, broadcast, state, known } = await open();
  const ids: string[] = [];
  for (const n of [1, 2, 3]) ids.push((await known(number(n))).conversationId);
  const { id } = await broadcast([1, 2, 3].map(number).join('\n'));
  worker();
  await passes(scene, async () => (await state(id)) === 'done');
  await passes(scene, async () => (await progressOf(db.sql, id)).queued === 0);
  expect(phone.numbers()).toHaveLength(3);
  const { host, account } = scene.centre;
  await host.receive(account, { conversationId: ids[2] ?? '', kind: 'message', text: '收到了' });
  for (const [n, address] of [
    [0, 'optedOut'],
    [1, 'unknown'],
    [2, 'blocked'],
  ] as const) {
    const sent = await db.prisma.delivery.findFirstOrThrow({
      where: { conversationId: ids[n] ?? '', class: 'notice' },
    });
    await host.receipt(account.id, sent.id, 'failed', { address });
  }
  const of = async (n: number) => {
    const { address } = await db.prisma.conversation.findUniqueOrThrow({
      where: { id: ids[n] ?? '' },
      include: { address: true },
    });
    return { mark: address.mark, out: address.optedOutAt !== null };
  };
  expect([await of(0), await of(1), await of(2)]).toEqual([
    { mark: null, out: true },
    { mark: 'unknown', out: false },
    { mark: null, out: false },
  ]);
});

test('the database itself refuses an author who approves', async () => {
  const { db, broadcast } = await open();
  const { id } = await broadcast(number(1));
  await expect(db.prisma.broadcast.update({ where: { id }, data: { approverId: AUTHOR } })).rejects.toThrow();
  await expect(db.prisma.broadcast.update({ where: { id }, data: { approverId: null } })).rejects.toThrow();
});
