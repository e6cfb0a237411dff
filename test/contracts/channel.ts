import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Turn } from '../../bot/conversation/turn.ts';
import { Cards, openCard } from '../../bot/dialog/cards.ts';
import type { ChannelHost } from '../../channels/channel.ts';
import { type Centre, openCentre } from '../pipeline/centre.ts';
import type { Peer, Seen } from './channel-peer.ts';

/** Which promises there are to keep: a test that doesn't apply isn't there, and none is skipped. */
export interface Traits {
  push: boolean;
  /** Buttons that the peer can press. */
  buttons: boolean;
  /** The platform reports what became of messages. */
  receipts: boolean;
}

/** What the bot of the suite does with what it hears. */
type Bot = (turn: Turn) => Promise<void> | void;
const echo: Bot = (turn) => {
  for (const { text } of turn.heard) turn.say('answer', `echo ${text}`);
};

/**
 * The promises that every channel keeps, tried with its peer on the real pipeline and a real database: once, in order,
 * nothing lost; fitted to what it can show; forgeries out; failures end where they should.
 */
export function channelContract(name: string, traits: Traits, open: () => Promise<Peer>): void {
  let peer: Peer;
  let centre: Centre;
  let cards: Cards;
  let server: Server;
  let bot: Bot = echo;
  /** What receiving waits for or fails with, before anything is written. */
  let before: () => Promise<void> = async () => {};

  beforeAll(async () => {
    peer = await open();
    const { channel, account } = peer;
    const parts = {
      respond: async (turn: Turn) => bot(turn),
      press: (conversation: string, token: string, note?: string, by?: string | null) =>
        cards.press(conversation, token, note, by),
      optWord: (text: string) => (text === '退订' ? ('out' as const) : undefined),
      random: () => 0,
    };
    centre = await openCentre(parts, channel, account);
    cards = new Cards(centre.db, Date.now);
    cards.register('suite', async (_unit, { choice }) => ({
      decided: { title: '申请', outcome: `${choice} 已定` },
    }));
    server = createServer((request, response) => channel.http?.(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await channel.open(guarded(centre.host, () => before()));
    await peer.listening(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(async () => {
    await peer?.channel.close();
    await peer?.close();
    await new Promise((resolve) => server?.close(resolve));
    server?.closeAllConnections();
    await centre?.close();
  });

  /** Leaves a test out rather than skip it: a skipped one would be a green lie. */
  const itIf = (applies: boolean) => (applies ? it : () => undefined);
  const messages = (from?: string) => peer.seen(from).filter(({ kind }) => kind === 'message');
  const texts = (from?: string) => messages(from).map(({ text }) => text);
  const hears = async (text: string, from?: string) =>
    expect.poll(() => texts(from).filter((seen) => seen.includes(text)).length, { timeout: 15_000 }).toBe(1);
  const rows = async (text: string) =>
    (await centre.db.sql.query<{ n: number }>({ text, values: [] })).rows[0]?.n ?? 0;
  const inbound = () => rows(`SELECT count(*)::int AS n FROM message WHERE author IN ('customer', 'staff')`);

  it(`${name} is what its traits say`, () => {
    const { can } = peer.channel;
    const found = {
      push: can.push,
      buttons: can.buttons && peer.presses !== undefined,
      receipts: (can.receipts ?? false) && peer.receipts !== undefined,
    };
    expect(found).toEqual(traits);
  });

  describe(`${name}: once, in order, nothing lost`, () => {
    it('a message that is delivered three times at once is answered once', async () => {
      bot = echo;
      const taken = await Promise.all([1, 2, 3].map(() => peer.says('三次的话', { id: 'thrice' })));
      expect(taken).toEqual([true, true, true]);
      await hears('echo 三次的话');
      expect(await peer.says('三次的话', { id: 'thrice' })).toBe(true);
      await peer.says('之后的话');
      await hears('echo 之后的话');
      expect(texts().filter((text) => text.includes('echo 三次的话'))).toHaveLength(1);
    });

    it('what was said one after the other is answered in that order', async () => {
      for (const n of [1, 2, 3, 4, 5]) await peer.says(`第 ${n} 句`, { from: 'orderly' });
      await hears('echo 第 5 句', 'orderly');
      const said = texts('orderly').join('\n');
      expect([1, 2, 3, 4, 5].map((n) => said.indexOf(`echo 第 ${n} 句`))).toEqual(
        [1, 2, 3, 4, 5].map((n) => said.indexOf(`echo 第 ${n} 句`)).sort((a, b) => a - b),
      );
      expect(said).toContain('echo 第 1 句');
    });

    it('is acknowledged before the bot has said anything', async () => {
      let go = () => {};
      const gate = new Promise<void>((resolve) => {
        go = resolve;
      });
      bot = (turn) => gate.then(() => echo(turn));
      expect(await peer.says('慢慢来', { from: 'patient' })).toBe(true);
      expect(texts('patient').join()).not.toContain('echo');
      go();
      await hears('echo 慢慢来', 'patient');
      bot = echo;
    });

    it('what could not be written down is not acknowledged, and is answered when it comes again', async () => {
      before = () => Promise.reject(Object.assign(new Error('away'), { code: 'unavailable', status: 503 }));
      expect(await peer.says('第一次没记下', { id: 'again', from: 'again' })).toBe(false);
      before = async () => {};
      expect(await peer.says('第一次没记下', { id: 'again', from: 'again' })).toBe(true);
      await hears('echo 第一次没记下', 'again');
    });
  });

  describe(`${name}: fail closed`, () => {
    it('lets no forgery in', async () => {
      const known = await inbound();
      expect(await peer.forges()).toEqual([]);
      expect(await inbound()).toBe(known);
    });

    it('refuses what is too large before it keeps anything', async () => {
      const known = await inbound();
      expect(await peer.oversize()).toBe(false);
      expect(await inbound()).toBe(known);
    });
  });

  describe(`${name}: fitted to what it can show`, () => {
    it('a long answer comes whole, in parts that fit, in order', async () => {
      const { can } = peer.channel;
      const size = can.size ?? ((text: string) => text.length);
      let long = '';
      for (let n = 0; size(long) <= can.maxText; n++)
        long += `第${n}句，请看 https://www.chenxing.example/a/${n} 🧑‍🚒。`;
      bot = (turn) => turn.say('answer', long);
      await peer.says('说长点', { from: 'reader' });
      const bare = (text: string) => text.replace(/\s/g, '');
      await expect.poll(() => bare(texts('reader').join('')), { timeout: 60_000 }).toBe(bare(long));
      if (can.push) for (const text of texts('reader')) expect(size(text)).toBeLessThanOrEqual(can.maxText);
      bot = echo;
    });

    it('a choice can be pressed, or named by its number where there are no buttons', async () => {
      const { can } = peer.channel;
      bot = (turn) => {
        const pressed = turn.heard.some(({ text }) => text === '办理套餐');
        if (pressed) turn.say('answer', '这就办理');
        else
          turn.say('choices', '想办哪一项？', {
            actions: ['查询话费', '办理套餐'].map((title) => ({ title, value: title })),
          });
      };
      await peer.says('有什么可办', { from: 'chooser' });
      await hears('想办哪一项', 'chooser');
      const asked = messages('chooser').at(-1) as Seen;
      if (can.buttons) expect(asked.buttons).toEqual(['查询话费', '办理套餐']);
      else expect(asked.text).toContain('2. 办理套餐');
      if (can.buttons && peer.presses) await peer.presses('办理套餐');
      else await peer.says(can.buttons ? '办理套餐' : '2', { from: 'chooser' });
      await hears('这就办理', 'chooser');
      bot = echo;
    });

    itIf(traits.buttons)(
      'a button with a token counts once, and its card shows what was decided',
      async () => {
        bot = async (turn) => {
          const open = {
            kind: 'suite',
            subjectId: turn.conversation.id,
            conversationId: turn.conversation.id,
          };
          const { tokens } = await openCard(turn.unit, {
            ...open,
            choices: ['同意', '不同意'],
            now: turn.now,
          });
          const buttons = ['同意', '不同意'].map((title) => ({ title, token: tokens[title] ?? '' }));
          turn.say('notice', '', { card: { title: '申请', buttons } });
        };
        await peer.says('来张卡片', { from: 'presser' });
        await expect
          .poll(() => messages('presser').at(-1)?.buttons, { timeout: 15_000 })
          .toEqual(['同意', '不同意']);
        await peer.presses?.('同意');
        await peer.presses?.('不同意').catch(() => {});
        const shown = () =>
          peer
            .seen('presser')
            .map(({ text }) => text)
            .join('\n');
        await expect.poll(shown, { timeout: 15_000 }).toContain('同意 已定');
        expect(shown()).not.toContain('不同意 已定');
        bot = echo;
      },
    );
  });

  // A suite without a test is an error.
  const describeIf = (applies: boolean) => (applies ? describe : () => undefined);
  describeIf(traits.push || traits.receipts)(`${name}: failures end where they should`, () => {
    itIf(traits.push)('what a busy platform refuses is sent again, once, before what follows', async () => {
      for (const mood of ['busy', 'down'] as const) {
        await peer.says(`先来一句 ${mood}`, { from: mood });
        await hears(`echo 先来一句 ${mood}`, mood);
        peer.mood(mood);
        await peer.says(`忙时的话 ${mood}`, { from: mood });
        const tried = `SELECT count(*)::int AS n FROM delivery WHERE payload ->> 'text' LIKE '%忙时的话 ${mood}%' AND attempts > 0`;
        await expect.poll(() => rows(tried), { timeout: 15_000 }).toBe(1);
        await peer.says(`随后的话 ${mood}`, { from: mood });
        peer.mood('fine');
        await hears(`echo 随后的话 ${mood}`, mood);
        const said = texts(mood)
          .filter((text) => /忙时|随后/.test(text))
          .join('\n');
        expect(said.match(/echo 忙时的话/g)).toHaveLength(1);
        expect(said.indexOf('忙时的话')).toBeLessThan(said.indexOf('随后的话'));
      }
    });

    itIf(traits.push)(
      'an address that the platform refuses is marked, and trusted again when somebody writes from it',
      async () => {
        for (const mood of ['blocked', 'unknown'] as const) {
          peer.mood(mood);
          await peer.says(`说了就走 ${mood}`, { from: `gone ${mood}` });
          const marked = `SELECT count(*)::int AS n FROM address WHERE mark = '${mood}'`;
          await expect.poll(() => rows(marked), { timeout: 15_000 }).toBe(1);
          peer.mood('fine');
          await peer.says(`我又来了 ${mood}`, { from: `gone ${mood}` });
          await hears(`echo 我又来了 ${mood}`, `gone ${mood}`);
          expect(await rows(marked)).toBe(0);
          expect(texts(`gone ${mood}`).join()).not.toContain('说了就走');
        }
      },
    );

    itIf(!traits.receipts)('nothing is kept for reports that the platform never sends', async () => {
      await peer.says('没有回执', { from: 'unreported' });
      await hears('echo 没有回执', 'unreported');
      expect(await rows('SELECT count(*)::int AS n FROM delivery_part')).toBe(0);
    });

    itIf(traits.receipts)('what the platform reports of a message is noted', async () => {
      await peer.says('到了吗', { from: 'reported' });
      await hears('echo 到了吗', 'reported');
      const sent = messages('reported').find(({ text }) => text.includes('到了吗')) as Seen;
      await peer.receipts?.(sent.id, 'failed');
      const failed = `SELECT count(*)::int AS n FROM delivery WHERE receipt = 'failed' AND payload ->> 'text' LIKE '%到了吗%'`;
      await expect.poll(() => rows(failed), { timeout: 15_000 }).toBe(1);
    });
  });
}

/** The host as the channel gets it, with something that can hold up or fail what it writes. */
function guarded(host: ChannelHost, before: () => Promise<void>): ChannelHost {
  return {
    ...host,
    thread: async (...args) => {
      await before();
      return host.thread(...args);
    },
    receive: async (...args) => {
      await before();
      return host.receive(...args);
    },
  };
}
