import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Granted, type WireClient, wireClient } from './fakes/directline-client.ts';
import { type Centre, openDemoCentre } from './setup/centre.ts';

/** What a customer typed into the chat, as colleagues see it: numbers of people only with a reason. */
const NUMBER = '13977665544';
let centre: Centre;
let wire: WireClient;
let visitor: Granted;
beforeAll(async () => {
  centre = await openDemoCentre();
  wire = wireClient(centre.url);
  visitor = await wire.visitor();
  for (const text of ['转人工', `Qzx vkj ${NUMBER} wpl`]) await wire.say(visitor, { type: 'message', text });
  const where = { conversationId: visitor.conversationId, owner: 'queue' };
  await vi.waitFor(() => centre.db.prisma.episode.findFirstOrThrow({ where }), 30_000);
}, 60_000);
afterAll(() => centre.close());

async function ask(number: string, method: string, path: string, body?: object) {
  const headers = { ...(await centre.signedIn(number)), 'content-type': 'application/json' };
  const init = { method, headers, body: body ? JSON.stringify(body) : null };
  const answer = await fetch(`${centre.url}/api/v1${path}`, init);
  return { status: answer.status, text: await answer.text() };
}

test('the queue, the transcript and the live stream mask it', async () => {
  const { conversationId: id } = visitor;
  const seq = Buffer.from(JSON.stringify({ [`conversation:${id}`]: 0 })).toString('base64url');
  const headers = await centre.signedIn('1001');
  const stop = new AbortController();
  const address = `${centre.url}/api/v1/live?streams=conversation:${id}&watermark=${seq}`;
  const live = await fetch(address, { headers, signal: stop.signal });
  let streamed = '';
  for await (const part of live.body as unknown as AsyncIterable<Uint8Array>) {
    streamed += Buffer.from(part).toString();
    if (streamed.includes('wpl')) break;
  }
  stop.abort();
  const desk = await ask('1001', 'GET', '/desk');
  const transcript = await ask('7001', 'GET', `/conversations/${id}/messages`);
  for (const screen of [streamed, desk.text, transcript.text]) {
    expect(screen).toContain('139****5544');
    expect(screen).not.toContain(NUMBER);
  }
});

test('the editors’ list of unanswered questions masks it', async () => {
  const other = await wire.visitor();
  await wire.say(other, { type: 'message', text: `zqxvkj ${NUMBER} wplrt` });
  await vi.waitFor(() => centre.db.prisma.unanswered.findFirstOrThrow(), 30_000);
  const { text } = await ask('3001', 'GET', '/unanswered');
  expect(text).toContain('139****5544');
  expect(text).not.toContain(NUMBER);
});

test('one message is shown whole to who may, with a reason that goes on the record', async () => {
  const path = `/conversations/${visitor.conversationId}/reveal`;
  const { seq } = await centre.db.prisma.message.findFirstOrThrow({
    where: { text: { contains: NUMBER }, conversationId: visitor.conversationId },
  });
  const asked = { seq: Number(seq), reason: '回拨核实' };
  for (const reason of [undefined, '', '  ', '\u200b']) {
    expect((await ask('1001', 'POST', path, { ...asked, reason })).status).toBe(400);
  }
  expect((await ask('3001', 'POST', path, asked)).status).toBe(403);
  expect((await ask('5001', 'POST', path, asked)).status).toBe(403);
  expect((await ask('1001', 'POST', path, { ...asked, seq: 999 })).status).toBe(404);
  const shown = await ask('1001', 'POST', path, asked);
  expect(shown.status).toBe(200);
  expect(shown.text).toContain(NUMBER);
  const rows = await centre.db.prisma.audit.findMany({ where: { action: 'conversation.reveal' } });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ objectId: visitor.conversationId, details: { seq: asked.seq } });
  expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
    /13977665544|回拨核实/,
  );
});
