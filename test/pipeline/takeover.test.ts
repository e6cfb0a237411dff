import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as ownership from '../../bot/conversation/ownership.ts';
import { isAppError } from '../../bot/errors.ts';
import type { Channel, Delivery } from '../../channels/channel.ts';
import { type Centre, openCentre } from './centre.ts';

type Rest<F> = F extends (unit: never, ...rest: infer R) => unknown ? R : never;

const words = { text: '客服已接入', data: {} };
const sent: { conversationId: string; text: string; at: number }[] = [];
const failing = { every: 3, n: 0 };

/** A channel that we push to; each third send fails for a moment, so that retries are always under way. */
const fake: Channel = {
  name: 'fake',
  can: { push: true, buttons: false, cards: false, markdown: false, typing: false, maxText: 1000 },
  open: async () => {},
  close: async () => {},
  async send({ message }: Delivery) {
    if (++failing.n % failing.every === 0) return { retryAfter: 1, reason: 'busy' };
    sent.push({ conversationId: message.conversationId, text: message.text, at: performance.now() });
    return { externalIds: [message.id] };
  },
};

let centre: Centre;
const take = (...rest: Rest<typeof ownership.take>) =>
  centre.db.transaction((unit) => ownership.take(unit, ...rest));
const release = (...rest: Rest<typeof ownership.release>) =>
  centre.db.transaction((unit) => ownership.release(unit, ...rest));
const finish = (...rest: Rest<typeof ownership.finish>) =>
  centre.db.transaction((unit) => ownership.finish(unit, ...rest));
beforeAll(async () => {
  centre = await openCentre({ random: () => 0 }, fake);
});
afterAll(() => centre.close());

describe('hand-off', () => {
  it('of several agents who press "take" at once exactly one has it, the others learn who', async () => {
    const agents = await Promise.all(['王芳', '李强', '陈静', '赵敏'].map((name) => centre.agent(name)));
    for (let round = 0; round < 50; round++) {
      const customer = await centre.visitor();
      await customer.says('在吗');
      const tries = await Promise.allSettled(
        agents.map((a) => take(customer.conversationId, a, words, new Date())),
      );
      const won = tries.flatMap((t, i) => (t.status === 'fulfilled' ? [agents[i]?.name] : []));
      expect(won).toHaveLength(1);
      for (const t of tries) {
        if (t.status === 'rejected')
          expect(t.reason).toMatchObject({ code: 'already_taken', details: { by: won[0] } });
      }
    }
  });

  it('only the owner gives it back or finishes it, and what follows opens a new episode', async () => {
    const [owner, stranger] = await Promise.all([centre.agent('周洁'), centre.agent('吴磊')]);
    const customer = await centre.visitor();
    await customer.says('在吗');
    await take(customer.conversationId, owner, words, new Date());
    await expect(release(customer.conversationId, stranger, words, new Date())).rejects.toMatchObject({
      code: 'not_owner',
    });
    await finish(customer.conversationId, owner, 'solved', words, new Date());
    await customer.says('又来了');
    await customer.hears(5);
    const episodes = await centre.db.prisma.episode.findMany({
      where: { conversationId: customer.conversationId },
      orderBy: { openedAt: 'asc' },
    });
    expect(episodes.map((e) => [e.owner, e.wrapUp, e.closedAt === null])).toEqual([
      ['agent', 'solved', false],
      ['bot', null, true],
    ]);
  });

  it('after a take-over the bot says nothing: 1,000 rounds, with sends in retry', {
    timeout: 120_000,
  }, async () => {
    const agent = await centre.agent('孙悦');
    const rounds = 1000;
    const takenAt = new Map<string, { seq: number; at: number }>();
    const play = async (round: number) => {
      const customer = await centre.visitor();
      await Promise.all([1, 2, 3].map((n) => customer.says(`第 ${n} 问`)));
      if (round % 4 > 0) await new Promise((r) => setTimeout(r, (round % 4) * 3));
      const taken = await take(customer.conversationId, agent, words, new Date()).catch((e) =>
        isAppError(e) ? undefined : Promise.reject(e),
      );
      takenAt.set(customer.conversationId, { seq: taken?.said[0]?.seq ?? 0, at: performance.now() });
      await customer.says('还在吗');
    };
    for (let i = 0; i < rounds; i += 20) await Promise.all(Array.from({ length: 20 }, (_, k) => play(i + k)));
    await expect
      .poll(() => centre.db.prisma.delivery.count({ where: { state: { in: ['queued', 'sending'] } } }), {
        timeout: 60_000,
      })
      .toBe(0);
    await expect
      .poll(() => centre.db.prisma.conversation.count({ where: { dueAt: { not: null } } }), {
        timeout: 30_000,
      })
      .toBe(0);

    expect(takenAt.size).toBe(rounds);
    let cut = 0;
    for (const [conversationId, taken] of takenAt) {
      const after = await centre.db.prisma.message.findMany({
        where: { conversationId, seq: { gt: taken.seq }, author: 'bot' },
      });
      expect(after).toEqual([]);
      // Claimed before the take-over means handed over before it: one send may be in flight, none may begin.
      const late = sent.filter((s) => s.conversationId === conversationId && s.at > taken.at);
      expect(late.length).toBeLessThanOrEqual(1);
      cut += await centre.db.prisma.delivery.count({ where: { conversationId, state: 'superseded' } });
    }
    expect(cut).toBeGreaterThan(0);
  });
});
