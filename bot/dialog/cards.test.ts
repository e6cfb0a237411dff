import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Card } from '../../channels/channel.ts';
import { type Database, openDatabase, uuidv7 } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { AppError } from '../errors.ts';
import { Cards, closeCards, openCard, type Press } from './cards.ts';

const now = Date.parse('2026-06-10T10:00+08:00');
let made: TestDatabase;
let db: Database;
let cards: Cards;
let decisions: Press[] = [];
let [chat, otherChat, boss] = ['', '', ''];

beforeAll(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, max: 24, onError() {} });
  const createdAt = new Date(now);
  await db.prisma.channelAccount.create({
    data: { id: 'webchat:staff', channel: 'webchat', name: 'staff', audience: 'staff', createdAt },
  });
  boss = uuidv7(now);
  await db.prisma.person.create({
    data: {
      ...{ id: boss, number: '4001', name: '沈立', role: 'department_head', jobType: 'office' },
      ...{ passwordHash: '', createdAt },
    },
  });
  [chat, otherChat] = [await thread(boss), await thread(null)];
});
afterAll(async () => {
  await db.close();
  await made.drop();
});
beforeEach(() => {
  decisions = [];
  cards = new Cards(db, () => now);
  cards.register('approval', async (_unit, press) => {
    decisions.push(press);
    if (press.personId !== press.presserId) throw new AppError('not_current_approver');
    if (press.choice === 'refuse' && !press.note) return { open: { title: '请写明理由' } };
    return { decided: { title: '请假申请', outcome: `${press.choice} ${decisions.length}` } };
  });
});

async function thread(personId: string | null): Promise<string> {
  const [id, addressId, createdAt] = [uuidv7(now), uuidv7(now), new Date(now)];
  const channelAccountId = 'webchat:staff';
  const secret = { keyHmac: Buffer.from(addressId), valueSealed: Buffer.from('x') };
  await db.prisma.address.create({
    data: { id: addressId, channelAccountId, personId, ...secret, createdAt },
  });
  await db.prisma.conversation.create({ data: { id, addressId, audience: 'staff', createdAt } });
  return id;
}

const open = (personId = boss, conversationId = chat) =>
  openCard(db, {
    ...{ kind: 'approval', subjectId: uuidv7(now), conversationId, personId, now },
    ...{ choices: ['approve', 'refuse'], data: { level: 1 } },
  });

test('a button names its card and its choice, within the 22 characters that every channel carries', async () => {
  const { tokens } = await open();
  expect(tokens.approve).toMatch(/^[\w-]{21}$/);
  expect(await cards.press(chat, tokens.approve ?? '')).toEqual({ title: '请假申请', outcome: 'approve 1' });
  expect(decisions).toMatchObject([{ choice: 'approve', presserId: boss, data: { level: 1 }, now }]);
});

test('twenty presses at once: one decision, the same answer to all', async () => {
  const { tokens } = await open();
  const pressed = Array.from({ length: 20 }, (_, i) =>
    cards.press(chat, tokens[i % 2 ? 'approve' : 'refuse'] ?? '', '人手不够'),
  );
  const answers = new Set((await Promise.all(pressed)).map((card: Card) => JSON.stringify(card)));
  expect(answers.size).toBe(1);
  expect(decisions).toHaveLength(1);
});

test('a later press of the other button shows the stored outcome', async () => {
  const { tokens, token } = await open();
  const first = await cards.press(chat, tokens.approve ?? '');
  expect(await cards.press(chat, tokens.refuse ?? '', '改主意了')).toEqual(first);
  expect(await db.prisma.card.findUnique({ where: { token } })).toMatchObject({
    decidedBy: boss,
    decidedAt: new Date(now),
  });
});

test('a press that lacks something leaves the card open', async () => {
  const { tokens } = await open();
  expect(await cards.press(chat, tokens.refuse ?? '')).toEqual({ title: '请写明理由' });
  expect(await cards.press(chat, tokens.refuse ?? '', '人手不够')).toMatchObject({ outcome: 'refuse 2' });
});

test('a refused press keeps nothing', async () => {
  const { tokens, token } = await open(boss, otherChat);
  await expect(cards.press(otherChat, tokens.approve ?? '')).rejects.toMatchObject({
    code: 'not_current_approver',
  });
  expect(await db.prisma.card.findUnique({ where: { token } })).toMatchObject({ decidedAt: null });
});

test('a token is good in its own conversation only, and a made-up choice is none', async () => {
  const { tokens, token } = await open();
  const wrong: [string, string | undefined][] = [
    [otherChat, tokens.approve],
    [chat, token],
    [chat, `${token}2`],
    [chat, `${token}0x`],
    [chat, ''],
  ];
  for (const [where, pressed = ''] of wrong)
    await expect(cards.press(where, pressed)).rejects.toMatchObject({ code: 'not_found' });
  expect(decisions).toEqual([]);
});

test('the cards of a subject that was withdrawn show that, each in its own language', async () => {
  const subjectId = uuidv7(now);
  const card = { kind: 'approval', subjectId, conversationId: chat, choices: ['approve'], now };
  const { tokens } = await openCard(db, card);
  const theirs = await openCard(db, { ...card, conversationId: otherChat, data: { locale: 'en' } });
  const outcomes = {
    'zh-CN': { title: '请假申请', outcome: '已撤回' },
    en: { title: 'Leave request', outcome: 'Withdrawn' },
  };
  expect(await closeCards(db, { kind: 'approval', subjectId, outcomes, now })).toBe(2);
  expect(await cards.press(chat, tokens.approve ?? '')).toEqual(outcomes['zh-CN']);
  expect(await cards.press(otherChat, theirs.tokens.approve ?? '')).toEqual(outcomes.en);
});
