import { describe, expect, it, vi } from 'vitest';
import { callback, deliver, openChat, pressed, updateOf, written } from '../../fakes/telegram/people.ts';
import { BOB, heard, LINA, type World, world } from './world.ts';

const writes = (at: World, text: string, more = {}) =>
  deliver(at.bot, updateOf(at.bot, 'message', written(at.chat, LINA, text, more)));

describe('by webhook', () => {
  it('tells Telegram where it is, with the secret and what it wants to hear', async () => {
    const at = await world();
    await at.open();
    expect(at.bot.webhook).toEqual({
      url: `${at.origin}/channels/telegram/help`,
      secret: 'a_secret-of-our-own',
      kinds: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
    expect(at.staffBot.webhook?.url).toBe(`${at.origin}/channels/telegram/team`);
  });

  it('without a public address says at the start that nothing will come in', async () => {
    const { channel, host, telegram, errors } = await world('webhook', () => undefined);
    await channel.open(host);
    await expect
      .poll(() => errors)
      .toContainEqual(expect.stringMatching(/^telegram:help PUBLIC_URL is not set/));
    expect(telegram.calls).not.toContain('setWebhook');
  });

  it('customers and colleagues talk to two bots and are two audiences', async () => {
    const at = await world();
    await at.open();
    await writes(at, '套餐怎么改');
    const staff = openChat(at.staffBot, LINA.id);
    await deliver(at.staffBot, updateOf(at.staffBot, 'message', written(staff, LINA, '请假')));
    const threads = [...at.host.threads.values()].map(({ account, key, inbound }) => [
      account.audience,
      key,
      inbound[0]?.text,
    ]);
    expect(threads).toEqual([
      ['customer', '42', '套餐怎么改'],
      ['staff', '42', '请假'],
    ]);
  });

  it('what the host cannot write down now comes again', async () => {
    const at = await world();
    await at.open();
    const update = updateOf(at.bot, 'message', written(at.chat, LINA, '在吗'));
    at.host.failure = new Error('the database is away');
    expect(await deliver(at.bot, update)).toBe(false);
    at.host.failure = undefined;
    expect(await deliver(at.bot, update)).toBe(true);
    expect(await deliver(at.bot, update)).toBe(true);
    expect(heard(at.host, '42').map(({ text }) => text)).toEqual(['在吗']);
  });

  it('what it cannot read is acknowledged, or it would come for a day', async () => {
    const at = await world();
    await at.open();
    expect(await deliver(at.bot, updateOf(at.bot, 'message', { message_id: 'x' }))).toBe(true);
    expect(at.errors).toEqual(['telegram:help an update of unknown shape: message,message_id']);
    const poll = updateOf(at.bot, 'poll', { id: '1' });
    expect(await deliver(at.bot, poll)).toBe(true);
    expect(at.host.threads.size).toBe(0);
  });

  it('in a group it hears only what is said to it', async () => {
    const at = await world();
    await at.open();
    const group = openChat(at.bot, -100123, 'supergroup');
    const say = (text: string) => deliver(at.bot, updateOf(at.bot, 'message', written(group, BOB, text)));
    for (const text of [
      '大家好',
      '/menu',
      '@ChenxingBot how do I pay',
      '/menu@ChenxingBot',
      '/menu@OtherBot',
    ])
      expect(await say(text)).toBe(true);
    expect(heard(at.host, '-100123').map(({ text }) => text)).toEqual(['how do I pay', 'menu']);
  });

  it('a group that has grown is answered where it is now', async () => {
    const at = await world();
    await at.open();
    const old = openChat(at.bot, -7, 'group');
    const grown = openChat(at.bot, -1007, 'supergroup');
    old.movedTo = grown.id;
    expect(await at.send({ text: '一' }, { address: '-7' })).toEqual({ externalIds: ['-1007:1'] });
    expect(await at.send({ text: '二' }, { address: '-7' })).toEqual({ externalIds: ['-1007:2'] });
    expect(at.telegram.calls.filter((name) => name === 'sendMessage')).toHaveLength(3);
    await deliver(at.bot, updateOf(at.bot, 'message', written(old, BOB, '', { migrate_to_chat_id: -1007 })));
    expect(at.host.addresses.get('telegram:help -7')).toBe('-1007');
  });

  it('that becomes a supergroup stays one conversation, also for what comes late under the old id', async () => {
    const at = await world();
    await at.open();
    const old = openChat(at.bot, -7, 'group');
    const grown = openChat(at.bot, -1007, 'supergroup');
    const say = (chat: typeof old, text: string, more = {}) =>
      deliver(at.bot, updateOf(at.bot, 'message', written(chat, BOB, text, more)));
    await say(old, '@ChenxingBot 一');
    await say(old, '', { migrate_to_chat_id: -1007 });
    await say(grown, '@ChenxingBot 二');
    await say(old, '@ChenxingBot 三');
    expect(at.host.threads.size).toBe(1);
    expect(heard(at.host, '-1007').map(({ text }) => text)).toEqual(['一', '二', '三']);
  });

  it('says who spoke; a chat of two needs no name', async () => {
    const at = await world();
    await at.open();
    const group = openChat(at.bot, -100123, 'supergroup');
    await deliver(at.bot, updateOf(at.bot, 'message', written(group, BOB, '@ChenxingBot 查话费')));
    await writes(at, '查话费');
    expect(heard(at.host, '-100123')[0]?.sender).toEqual({ key: String(BOB.id), name: BOB.first_name });
    expect(heard(at.host, '42')[0]?.sender).toBeUndefined();
  });

  it('a link with a one-time code sends the code; any other start opens the conversation', async () => {
    const at = await world();
    await at.open();
    await writes(at, '/start 12345678');
    await writes(at, '/start spring-2026');
    expect(heard(at.host, '42').map(({ text }) => text)).toEqual(['绑定 12345678']);
    const [thread] = at.host.threads.values();
    expect(thread?.signs).toMatchObject([{ kind: 'joined', text: 'spring-2026' }]);
  });
});

describe('buttons', () => {
  it('with a value speak for the person, once', async () => {
    const at = await world();
    await at.open();
    await at.send({ text: '想办哪一项？', actions: [{ title: '改套餐', value: '我要改套餐' }] });
    const update = updateOf(at.bot, 'callback_query', pressed(at.bot, at.chat, LINA, '改套餐'));
    for (const _ of [1, 2, 3]) expect(await deliver(at.bot, update)).toBe(true);
    expect(heard(at.host, '42').map(({ text }) => text)).toEqual(['我要改套餐']);
    await expect.poll(() => at.bot.notes[0]).toBe('');
  });

  it('with a long value say it whole', async () => {
    const at = await world();
    await at.open();
    await writes(at, '你好');
    const [thread] = at.host.threads.values();
    const value = '我想查询上个月的国际漫游流量费用明细，请按天列出';
    const asked = at.host.say(thread?.id ?? '', '?', {
      actions: [{ title: '短' }, { title: '漫游明细', value }],
    });
    await at.send(asked);
    const query = pressed(at.bot, at.chat, LINA, '漫游明细');
    await deliver(at.bot, updateOf(at.bot, 'callback_query', query));
    expect(heard(at.host, '42').at(-1)?.text).toBe(value);
  });

  it('with a token count in their own conversation, and show what became of it', async () => {
    const at = await world();
    await at.open();
    await writes(at, '你好');
    const conversationId = [...at.host.threads.keys()][0] ?? '';
    at.host.cards.set('approve-1', { conversationId, card: { title: '年假' }, outcome: '王芳已同意' });
    await at.send({ card: { title: '年假', buttons: [{ title: '同意', token: 'approve-1' }] } });
    const query = pressed(at.bot, at.chat, LINA, '同意');
    expect(await deliver(at.bot, updateOf(at.bot, 'callback_query', query))).toBe(true);
    await expect.poll(() => at.bot.notes).toEqual(['王芳已同意']);

    const bobs = openChat(at.bot, BOB.id);
    for (const data of ['t:approve-1', 't:', 'i:1:9', 'nonsense'])
      expect(
        await deliver(at.bot, updateOf(at.bot, 'callback_query', callback(at.bot, bobs, BOB, data))),
      ).toBe(true);
    await expect.poll(() => at.bot.notes.slice(1)).toEqual(Array(4).fill('This button no longer works.'));
    expect(heard(at.host, '43')).toEqual([]);
  });
});

describe('by polling', () => {
  it('acknowledges what was written down, and nothing else', async () => {
    const at = await world('polling');
    at.host.failure = Object.assign(new Error('away'), { status: 503 });
    at.bot.queue.push(
      updateOf(at.bot, 'message', written(at.chat, LINA, '第一句')),
      updateOf(at.bot, 'message', written(at.chat, LINA, '第二句')),
    );
    await at.open();
    await expect.poll(() => at.errors.length).toBeGreaterThan(0);
    expect(at.bot.queue).toHaveLength(2);
    at.host.failure = undefined;
    await expect.poll(() => heard(at.host, '42').map(({ text }) => text)).toEqual(['第一句', '第二句']);
    await expect.poll(() => at.bot.queue).toEqual([]);
    await writes(at, '第三句');
    await expect.poll(() => heard(at.host, '42').at(-1)?.text).toBe('第三句');
  });

  it('goes on past a message that is refused for good', async () => {
    const at = await world('polling');
    await at.open();
    at.host.failure = Object.assign(new Error('too odd'), { status: 422 });
    await writes(at, '怪话');
    await expect.poll(() => at.bot.queue).toEqual([]);
    at.host.failure = undefined;
    await writes(at, '好话');
    await expect.poll(() => heard(at.host, '42').map(({ text }) => text)).toEqual(['好话']);
  });

  it('leaves the field to another process for a while, and loses nothing', async () => {
    const at = await world('polling');
    await at.open();
    at.bot.waiting?.(true);
    await expect.poll(() => at.errors.join()).toContain('terminated by other getUpdates request');
    await writes(at, '还在吗');
    await expect.poll(() => heard(at.host, '42').map(({ text }) => text)).toEqual(['还在吗']);
  });

  it('takes a webhook of earlier days away', async () => {
    const at = await world('polling');
    at.bot.webhook = { url: 'https://old.example/hook', secret: '', kinds: [] };
    await at.open();
    expect(at.bot.webhook).toBeUndefined();
  });
});

it('offers colleagues the commands in their language, and customers none', async () => {
  const at = await world();
  await at.open();
  await vi.waitFor(() => expect(at.staffBot.commands.size).toBe(2), 5000);
  expect(Object.fromEntries(at.staffBot.commands)).toEqual({
    '': [{ command: 'help', description: '帮助' }],
    en: [{ command: 'help', description: 'help' }],
  });
  expect(at.bot.commands.size).toBe(0);
});
