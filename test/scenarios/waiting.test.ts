import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Granted, type WireClient, wireClient } from '../fakes/directline-client.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';
import { type StaffClient, signIn } from '../setup/staff-client.ts';

let centre: Centre;
let wire: WireClient;
let agent: StaffClient;
beforeAll(async () => {
  centre = await openDemoCentre();
  wire = wireClient(centre.url);
  agent = await signIn(centre.url, '1001');
}, 60_000);
afterAll(() => centre.close());

/** A customer who waits for an agent. */
async function waiting(): Promise<Granted & { hears(words: RegExp): Promise<void>; said(): string[] }> {
  const visitor = await wire.visitor();
  const stream = await wire.listen(visitor);
  const said = () => stream.heard.map(({ text }) => text ?? '');
  const hears = (words: RegExp) => expect.poll(() => said().join('\n'), { timeout: 10_000 }).toMatch(words);
  await wire.say(visitor, { type: 'message', from: { id: 'me' }, text: '转人工' });
  await hears(/转接|排队|接待/);
  return { ...visitor, hears, said };
}

const cancel = (visitor: Granted) =>
  wire.say(visitor, { type: 'message', from: { id: 'me' }, text: '取消排队' });
const take = (id: string, body?: object) =>
  agent.send<{ error?: { code: string; message: string } }>('POST', `/desk/conversations/${id}/take`, body);
const ownerOf = async (conversationId: string) =>
  (await centre.db.prisma.episode.findFirstOrThrow({ where: { conversationId, closedAt: null } })).owner;

describe('a customer who no longer wants to wait', () => {
  test('is not disturbed by an agent who saw them in the queue', async () => {
    const anna = await waiting();
    await cancel(anna);
    await anna.hears(/已取消排队/);
    expect(await take(anna.conversationId)).toMatchObject({
      status: 409,
      body: { error: { code: 'not_waiting', message: '客户已不在排队，可能取消了等待。' } },
    });
    expect(await ownerOf(anna.conversationId)).toBe('bot');
    // Whoever sees that the bot has her may still take over.
    expect((await take(anna.conversationId, { from: 'bot' })).status).toBe(200);
  });

  test('and an agent who takes them at the same moment: one of both happens, never both', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round++) {
      const visitor = await waiting();
      const cancelled = cancel(visitor);
      if (round % 3 > 0) await cancelled;
      const [{ status, body }] = await Promise.all([take(visitor.conversationId), cancelled]);
      if (status === 200) {
        await visitor.hears(/为您服务|接入/);
        expect(visitor.said().join()).not.toContain('已取消排队');
        expect(await ownerOf(visitor.conversationId)).toBe('agent');
      } else {
        expect(body.error?.code).toBe('not_waiting');
        await visitor.hears(/已取消排队/);
        expect(await ownerOf(visitor.conversationId)).toBe('bot');
      }
      outcomes.add(String(status));
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });
});
