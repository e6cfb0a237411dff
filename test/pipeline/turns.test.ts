import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Centre, openCentre } from './centre.ts';

const broken = new Set<string>();
const notes: [string, object][] = [];
let centre: Centre;

beforeAll(async () => {
  centre = await openCentre({
    note: (what, fields) => void notes.push([what, fields]),
    respond: async (turn) => {
      for (const { text } of turn.heard) {
        if (broken.has(text)) throw new Error('the bot stumbles');
        turn.say('answer', `echo ${text}`);
      }
    },
  });
});
afterAll(() => centre.close());

/** Turns of a conversation in order, checked: no gap, no overlap, each with an outcome. */
async function turnsOf(conversationId: string) {
  const turns = await centre.db.prisma.turn.findMany({
    where: { conversationId },
    orderBy: { fromSeq: 'asc' },
  });
  let next = 1n;
  for (const turn of turns) {
    expect(turn.fromSeq).toBe(next);
    expect(turn.toSeq).toBeGreaterThanOrEqual(turn.fromSeq);
    next = turn.toSeq + 1n;
  }
  return turns;
}

describe('inbound → turn → outbound', () => {
  it('answers a message, once', async () => {
    const customer = await centre.visitor();
    await customer.says('你好');
    expect(await customer.hears(2)).toEqual(['customer: 你好', 'bot: echo 你好']);
    expect(await turnsOf(customer.conversationId)).toHaveLength(1);
  });

  it('a redelivered message changes nothing, however many arrive at once', async () => {
    const customer = await centre.visitor();
    const receipts = await Promise.all([1, 2, 3, 4, 5].map(() => customer.says('一次', 'x-1')));
    const later = await customer.says('一次', 'x-1');
    expect(new Set([...receipts, later].map((r) => r.seq)).size).toBe(1);
    expect([...receipts, later].filter((r) => !r.repeated)).toHaveLength(1);
    await customer.hears(2);
    expect(await customer.transcript()).toEqual(['customer: 一次', 'bot: echo 一次']);
  });

  it('the id of the request is in the log of the turn, and not in what the customer sees', async () => {
    const customer = await centre.visitor();
    const { conversationId } = customer;
    const message = { conversationId, kind: 'message', text: '查一下', trace: 'request-7' } as const;
    await centre.host.receive(centre.account, message);
    await customer.hears(2);
    const turn = { conversation: conversationId, traces: ['request-7'], outcome: 'answer', failure: null };
    expect(notes).toContainEqual(['turn', expect.objectContaining(turn)]);
    expect(JSON.stringify(await centre.host.read(conversationId, 0, 10))).not.toContain('request-7');
  });

  it('what no column can hold is written down without it, or the platform would bring it for ever', async () => {
    const { conversationId, hears } = await centre.visitor();
    const odd = 'a\0\ud83d';
    const message = {
      conversationId,
      kind: 'message',
      text: `你${odd}好`,
      externalId: odd,
      value: { [odd]: odd },
    } as const;
    const named = { sender: { key: odd, name: odd }, files: [{ name: `${odd}.pdf`, ref: odd }] };
    await centre.host.receive(centre.account, { ...message, ...named });
    expect((await centre.host.receive(centre.account, { ...message, ...named })).repeated).toBe(true);
    expect(await hears(2)).toEqual(['customer: 你a\ufffd好', 'bot: echo 你a\ufffd好']);
  });

  it('an unknown conversation is refused', async () => {
    const message = {
      conversationId: '018f0000-0000-7000-8000-000000000000',
      kind: 'message',
      text: 'x',
    } as const;
    await expect(centre.host.receive(centre.account, message)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('one conversation that fails does not cost the others their answers, and ends with the people', async () => {
    broken.add('炸弹');
    const [bad, ...good] = await Promise.all(Array.from({ length: 6 }, () => centre.visitor()));
    await Promise.all([bad?.says('炸弹'), ...good.map((c, i) => c.says(`好 ${i}`))]);
    for (const [i, c] of good.entries())
      expect(await c.hears(2)).toEqual([`customer: 好 ${i}`, `bot: echo 好 ${i}`]);
    await expect
      .poll(() => turnsOf(bad?.conversationId ?? ''))
      .toMatchObject([{ outcome: 'handoff', failure: 'turn_failed' }]);
    const episode = await centre.db.prisma.episode.findFirstOrThrow({
      where: { conversationId: bad?.conversationId },
    });
    expect(episode).toMatchObject({ owner: 'queue', reason: 'turn_failed' });
  });

  it('any mix of messages, repeats and words from elsewhere leaves turns without gap or overlap', async () => {
    const word = fc.record({
      who: fc.nat(3),
      text: fc.string({ minLength: 1, maxLength: 12 }),
      key: fc.option(fc.nat(5)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 25 }), async (words) => {
        const visitors = await Promise.all([0, 1, 2, 3].map(() => centre.visitor()));
        await Promise.all(
          words.map(({ who, text, key }) => visitors[who]?.says(text, key === null ? undefined : `k${key}`)),
        );
        for (const [who, visitor] of visitors.entries()) {
          const own = words.filter((w) => w.who === who);
          const expected =
            own.filter((w) => w.key === null).length +
            new Set(own.map((w) => w.key).filter((k) => k !== null)).size;
          const said = await visitor.hears(expected * 2);
          expect(said.filter((l) => l.startsWith('customer'))).toHaveLength(expected);
          expect(said.filter((l) => l.startsWith('bot'))).toHaveLength(expected);
          await turnsOf(visitor.conversationId);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('live', () => {
  it('followers get every message once and in order, from any watermark, here and in another process', async () => {
    const customer = await centre.visitor();
    const other = await centre.another({ respond: async () => {} });
    const here: number[] = [];
    const there: number[] = [];
    centre.pipeline.messages.follow(customer.conversationId, 0, (rows) =>
      here.push(...rows.map((r) => r.seq)),
    );
    other.messages.follow(customer.conversationId, 0, (rows) => there.push(...rows.map((r) => r.seq)));
    for (let i = 0; i < 20; i++) await customer.says(`第 ${i} 句`);
    const said = await customer.hears(40);
    const all = said.map((_, i) => i + 1);
    await expect.poll(() => here).toEqual(all);
    await expect.poll(() => there).toEqual(all);
    const late: number[] = [];
    centre.pipeline.messages.follow(customer.conversationId, 17, (rows) =>
      late.push(...rows.map((r) => r.seq)),
    );
    await expect.poll(() => late).toEqual(all.slice(17));
  });
});
