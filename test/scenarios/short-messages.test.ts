import { afterEach, expect, test } from 'vitest';
import { resend, undelivered } from '../../bot/deliveries/undelivered.ts';
import type { Channel, Delivery, SendResult } from '../../channels/channel.ts';
import { hot, uuidv7 } from '../../prisma/client.ts';
import { type Customer, openScene, type Scene } from './customer.ts';

/** A phone network of our own: what it took, and how it answers. */
function network() {
  const sent: Delivery[] = [];
  let answer: SendResult | undefined;
  const channel: Channel = {
    name: 'phone',
    can: {
      push: true,
      buttons: false,
      cards: false,
      markdown: false,
      typing: false,
      maxText: 280,
      brief: true,
    },
    open: async () => {},
    close: async () => {},
    async send(delivery) {
      if (answer) return answer;
      sent.push(delivery);
      return { externalIds: [delivery.id] };
    },
  };
  const texts = ({ conversationId }: Customer) =>
    sent
      .filter(({ message }) => message.conversationId === conversationId)
      .map(({ message }) => message.text);
  return {
    channel,
    texts,
    answers(with_: SendResult | undefined) {
      answer = with_;
    },
    /** Waits until the newest message to this phone has these words. */
    shows: (customer: Customer, words: string) => expect.poll(() => texts(customer).at(-1)).toContain(words),
  };
}

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

async function open(now?: string) {
  const phone = network();
  const opened = await openScene(now, { channel: phone.channel });
  scene = opened;
  const { db, pipeline } = opened.centre;
  /** Something that the centre tells the customer by itself. */
  const notifies = async ({ conversationId }: Customer, text: string) => {
    const at = new Date(opened.clock.now());
    await hot.wake(db.sql, { id: uuidv7(at.getTime()), conversationId, kind: 'say', data: { text } }, at);
    pipeline.nudge();
  };
  return { phone, scene: opened, notifies };
}

test('an answer comes in its short wording, and whole on request', async () => {
  const { phone, scene: here } = await open();
  const customer = await here.customer();
  await customer.says('怎样办理套餐变更');
  await phone.shows(customer, '1. 查看全文');
  const [short = ''] = phone.texts(customer);
  expect(short.length).toBeLessThanOrEqual(280);
  await customer.says('1');
  await expect.poll(() => phone.texts(customer).slice(1).join('').length).toBeGreaterThan(short.length);
  for (const part of phone.texts(customer)) expect(part).not.toMatch(/\*\*|\]\(/);
  await phone.shows(customer, '回复 1：登记办理');
  await customer.says('1');
  await phone.shows(customer, '业务办理单');
});

test('a form is filled by text alone: numbers choose, and digits of a phone number choose nothing', async () => {
  const { phone, scene: here } = await open();
  const customer = await here.customer();
  await customer.says('我要投诉');
  await phone.shows(customer, '1. ');
  await customer.says('2');
  await customer.says('家里这几天一到晚上就没有信号，打不了电话');
  await phone.shows(customer, '电话');
  expect(phone.texts(customer).at(-1)).not.toMatch(/^\d\. /m);
  await customer.says('13800138000');
  await phone.shows(customer, '确认提交');
  await customer.says('1');
  await phone.shows(customer, 'TS');
});

test('退订 is confirmed once and holds at once; answers are never held back; 恢复 ends it', async () => {
  const { phone, scene: here, notifies } = await open();
  const customer = await here.customer();
  await customer.says('退订');
  await phone.shows(customer, '已为您退订');
  await customer.says('TD');
  await notifies(customer, '本周活动');
  await customer.says('怎样办理套餐变更');
  await phone.shows(customer, '查看全文');
  expect(phone.texts(customer)).toHaveLength(2);
  await customer.says('恢复');
  await phone.shows(customer, '已为您恢复');
  await notifies(customer, '下周活动');
  await phone.shows(customer, '下周活动');
  expect(phone.texts(customer).join()).not.toContain('本周活动');
});

test('who opted out with the platform itself is not told again, and gets nothing that we start', async () => {
  const { phone, scene: here, notifies } = await open();
  const { host, account } = here.centre;
  const customer = await here.customer();
  const opts = (to: 'out' | 'in', text: string) => {
    const { conversationId } = customer;
    return host.receive(account, {
      ...{ conversationId, kind: 'message', text },
      opts: { to, confirmed: true },
    });
  };
  await opts('out', 'CANCEL');
  await notifies(customer, '本周活动');
  await customer.says('怎样办理套餐变更');
  await phone.shows(customer, '查看全文');
  expect(phone.texts(customer)).toHaveLength(1);
  await opts('in', 'YES');
  await notifies(customer, '下周活动');
  await phone.shows(customer, '下周活动');
  expect(phone.texts(customer)).toHaveLength(2);
});

test('what a platform refuses because they opted out is left out, and only a colleague’s words are missed', async () => {
  const { phone, scene: here } = await open();
  const { db, pipeline } = here.centre;
  phone.answers({ permanent: '400 21610', address: 'optedOut' });
  const customer = await here.customer();
  await customer.says('STOP');
  const ended = async () =>
    (await db.prisma.delivery.findMany({ orderBy: { position: 'asc' } })).map((d) => d.state);
  await expect.poll(ended).toEqual(['suppressed']);
  const [address] = await db.prisma.address.findMany();
  expect(address).toMatchObject({ mark: null, optedOutAt: expect.any(Date) });

  const at = new Date(here.clock.now());
  const { conversationId } = customer;
  const place = { id: uuidv7(at.getTime()), addressId: address?.id ?? '', conversationId, seq: 1, epoch: 0 };
  const payload = { text: '请回电', author: 'agent' };
  await hot.queueDeliveries(
    db.sql,
    [{ ...place, byBot: false, class: 'reply', payload, notBefore: undefined }],
    at,
  );
  pipeline.nudge();
  await expect.poll(ended).toEqual(['suppressed', 'dead']);
  const missed = await undelivered(db.sql, {}, undefined, 10);
  expect(missed.map(({ why }) => why)).toEqual(['blocked']);
});

test('who shuts us out is marked at once, and trusted again when they let us in', async () => {
  const { phone, scene: here, notifies } = await open();
  const { host, account, db } = here.centre;
  const customer = await here.customer();
  const { conversationId } = customer;
  await customer.says('怎样办理套餐变更');
  await phone.shows(customer, '查看全文');
  const marks = async () => (await db.prisma.address.findMany()).map(({ mark }) => mark);
  await host.receive(account, { conversationId, kind: 'left', text: '' });
  expect(await marks()).toEqual(['blocked']);
  await notifies(customer, '本周活动');
  await expect.poll(() => db.prisma.delivery.count({ where: { state: 'dead' } })).toBe(1);
  await host.receive(account, { conversationId, kind: 'joined', text: '' });
  expect(await marks()).toEqual([null]);
  await notifies(customer, '下周活动');
  await phone.shows(customer, '下周活动');
  expect(phone.texts(customer).join()).not.toContain('本周活动');
});

test('in quiet hours what we start ourselves waits for the morning, and an answer goes past it', async () => {
  const { phone, scene: here, notifies } = await open('2026-06-10T21:30+08:00');
  const customer = await here.customer();
  await notifies(customer, '您的工单已受理');
  await expect
    .poll(() => here.centre.db.prisma.delivery.count({ where: { notBefore: { not: null } } }))
    .toBe(1);
  await customer.says('怎样办理套餐变更');
  await phone.shows(customer, '查看全文');
  expect(phone.texts(customer)).toHaveLength(1);
  here.clock.moveTo('2026-06-11T07:59+08:00');
  await customer.says('退订单号');
  expect(phone.texts(customer).join()).not.toContain('已受理');
  here.clock.moveTo('2026-06-11T08:00+08:00');
  await expect.poll(() => phone.texts(customer).join()).toContain('您的工单已受理');
});

const DOWN = { retryAfter: 0, reason: 'the network is down' };

test('a notice that an outage brings into quiet hours goes out in the morning; an answer goes past it', async () => {
  const { phone, scene: here, notifies } = await open('2026-06-10T20:59+08:00');
  const customer = await here.customer();
  const { delivery } = here.centre.db.prisma;
  phone.answers(DOWN);
  await notifies(customer, '您的工单已受理');
  await expect.poll(() => delivery.count({ where: { attempts: { gt: 0 }, state: 'queued' } })).toBe(1);
  phone.answers(undefined);
  here.clock.moveTo('2026-06-10T23:00+08:00');
  await customer.says('怎样办理套餐变更');
  await phone.shows(customer, '查看全文');
  expect(phone.texts(customer)).toHaveLength(1);
  expect(await delivery.findFirst({ where: { class: 'notice' } })).toMatchObject({
    state: 'queued',
    notBefore: new Date('2026-06-11T08:00+08:00'),
  });
  here.clock.moveTo('2026-06-11T08:00+08:00');
  await phone.shows(customer, '您的工单已受理');
});

test('a notice does not grow older while quiet hours hold it back, and is given up in the end', async () => {
  const { phone, scene: here, notifies } = await open('2026-06-10T10:00+08:00');
  const customer = await here.customer();
  const { delivery } = here.centre.db.prisma;
  phone.answers(DOWN);
  await notifies(customer, '您的工单已受理');
  const tried = (times: number) =>
    expect.poll(async () => (await delivery.findFirst())?.attempts).toBe(times);
  const held = async (until: string) =>
    expect.poll(async () => (await delivery.findFirst())?.notBefore).toEqual(new Date(until));
  await tried(1);
  here.clock.moveTo('2026-06-10T21:00+08:00');
  await held('2026-06-11T08:00+08:00');
  here.clock.moveTo('2026-06-11T20:59+08:00');
  await tried(2);
  // 34 hours after it was queued, 23 of them by day.
  expect(await delivery.findFirst()).toMatchObject({ state: 'queued' });
  here.clock.moveTo('2026-06-11T21:00+08:00');
  await held('2026-06-12T08:00+08:00');
  here.clock.moveTo('2026-06-12T08:01+08:00');
  await expect.poll(async () => (await delivery.findFirst())?.state).toBe('dead');
});

test('two channels of one person are joined by a code that is good once, and parted again', async () => {
  const { phone, scene: here } = await open();
  const [mobile, home, stranger] = [await here.customer(), await here.customer(), await here.customer()];
  await mobile.says('绑定');
  await phone.shows(mobile, '合并码');
  const code = /\d{8}/.exec(phone.texts(mobile).at(-1) ?? '')?.[0] ?? '';
  await mobile.says(`绑定 ${code}`);
  await phone.shows(mobile, '请在另一个渠道发送');
  await home.says(`绑定 ${code}`);
  await phone.shows(home, '绑定成功');
  await stranger.says(`绑定 ${code}`);
  await phone.shows(stranger, '绑定码不对');
  const customers = async () =>
    (await here.centre.db.prisma.address.findMany({ where: { customerId: { not: null } } })).length;
  expect(await customers()).toBe(2);
  await home.says('解除绑定');
  await phone.shows(home, '已解除绑定');
  expect(await customers()).toBe(1);
});

test('whoever guesses codes is stopped after five', async () => {
  const { phone, scene: here } = await open();
  const customer = await here.customer();
  for (const n of [1, 2, 3, 4, 5]) await customer.says(`绑定 1234567${n}`);
  await customer.says('绑定 12345679');
  await phone.shows(customer, '次数过多');
  here.clock.moveTo('2026-06-10T11:30+08:00');
  await customer.says('绑定 12345679');
  await phone.shows(customer, '绑定码不对');
});

test('a notice that a colleague sends again at night waits for the morning', async () => {
  const { phone, scene: here, notifies } = await open('2026-06-10T20:00+08:00');
  const customer = await here.customer();
  const { db, pipeline } = here.centre;
  phone.answers({ permanent: 'refused' });
  await notifies(customer, '您的工单已受理');
  await expect.poll(async () => (await undelivered(db.sql, {}, undefined, 10)).length).toBe(1);
  const [failed] = await undelivered(db.sql, {}, undefined, 10);
  phone.answers(undefined);
  here.clock.moveTo('2026-06-10T23:00+08:00');
  const at = new Date(here.clock.now());
  await resend(db.sql, [failed?.id ?? ''], at);
  pipeline.nudge();
  const until = new Date('2026-06-11T08:00+08:00');
  await expect.poll(() => db.prisma.delivery.count({ where: { late: true, notBefore: until } })).toBe(1);
  expect(phone.texts(customer)).toEqual([]);
  here.clock.moveTo('2026-06-11T08:00+08:00');
  await phone.shows(customer, '您的工单已受理');
});

test('what did not arrive is listed, and sent again once, late', async () => {
  const { phone, scene: here } = await open();
  const customer = await here.customer();
  const { db, pipeline } = here.centre;
  phone.answers({ permanent: 'the number does not exist', address: 'unknown' });
  await customer.says('怎样办理套餐变更');
  await expect.poll(async () => (await undelivered(db.sql, {}, undefined, 10)).length).toBe(1);
  const [failed] = await undelivered(db.sql, {}, undefined, 10);
  expect(failed).toMatchObject({ error: 'address unknown: the number does not exist', resentAt: null });
  phone.answers(undefined);
  const at = new Date(here.clock.now());
  const again = await Promise.all(
    [1, 2].map(() =>
      db.transaction(async (unit) => (await resend(unit.sql, [failed?.id ?? ''], at)).length === 1),
    ),
  );
  expect(again.sort()).toEqual([false, true]);
  pipeline.nudge();
  await phone.shows(customer, '查看全文');
  expect(phone.texts(customer)).toHaveLength(1);
  const sentLate = () => db.prisma.delivery.count({ where: { late: true, state: 'sent' } });
  await expect.poll(sentLate).toBe(1);
});
