import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Granted, type WireClient, wireClient } from './fakes/directline-client.ts';
import { type Centre, openDemoCentre } from './setup/centre.ts';

/** What colleagues see live of a conversation whose hands change while they watch. */
let centre: Centre;
let wire: WireClient;
beforeAll(async () => {
  centre = await openDemoCentre();
  wire = wireClient(centre.url);
}, 60_000);
afterAll(() => centre.close());

/** Follows a stream as this person, and keeps what comes. */
async function watch(number: string, streams: string) {
  const headers = await centre.signedIn(number);
  const stop = new AbortController();
  const answer = await fetch(`${centre.url}/api/v1/live?streams=${streams}`, {
    headers,
    signal: stop.signal,
  });
  const seen = { text: '', ended: false, stop: () => stop.abort() };
  const read = async (body: AsyncIterable<Uint8Array>) => {
    for await (const part of body) seen.text += Buffer.from(part).toString();
    seen.ended = true;
  };
  if (answer.body) read(answer.body as unknown as AsyncIterable<Uint8Array>).catch(() => {});
  return seen;
}

const say = ({ conversationId, token }: Granted, text: string) =>
  wire.call('POST', `conversations/${conversationId}/activities`, { token, body: { type: 'message', text } });

async function press(number: string, conversationId: string, what: 'take' | 'release') {
  const headers = { ...(await centre.signedIn(number)), 'x-client-id': randomUUID() };
  const path = `/api/v1/desk/conversations/${conversationId}/${what}`;
  const { status } = await fetch(centre.url + path, { method: 'POST', headers });
  expect(status).toBe(200);
}

test('a conversation that was watched while it waited is its agent’s alone once it is taken', async () => {
  const visitor = await wire.visitor();
  const { conversationId: id } = visitor;
  await say(visitor, '转人工');
  const waits = { conversationId: id, owner: 'queue' };
  await expect.poll(() => centre.db.prisma.episode.count({ where: waits })).toBe(1);
  const [agent, other] = [
    await watch('1001', `conversation:${id}`),
    await watch('1002', `desk,conversation:${id}`),
  ];

  await press('1001', id, 'take');
  await say(visitor, '只说给接待我的人听');
  await expect.poll(() => agent.text).toContain('只说给接待我的人听');
  // The desk stream of the same connection goes on; what is said in the conversation isn't on it.
  await expect.poll(() => other.text).toContain('"taken"');
  await press('1001', id, 'release');
  await expect.poll(() => other.text).toContain('"released"');
  await say(visitor, '现在又谁都可以看了');
  await expect.poll(() => other.text).toContain('现在又谁都可以看了');
  expect(other.text).not.toContain('只说给接待我的人听');
  expect(other.ended).toBe(false);
  for (const seen of [agent, other]) seen.stop();
}, 30_000);

test('the staff chat ends with the session, its token and its stream with it', async () => {
  const headers = await centre.signedIn('1001');
  const post = (path: string, method = 'POST') => fetch(`${centre.url}/api/v1/${path}`, { method, headers });
  const invited = (await (await post('staff/directline-token')).json()) as Granted;
  const stream = await wire.listen(invited);
  const words = { type: 'message', text: '我后天想请一天事假，家里有事' };
  expect((await wire.say(invited, words)).status).toBe(200);
  // Talking to the staff bot is using the session, though nothing else of the console is.
  for (let i = 0; i < 3; i++) {
    centre.clock.advance(20 * 60_000);
    const { token } = (await wire.call('POST', 'tokens/refresh', { token: invited.token })).body;
    expect((await wire.say({ ...invited, token }, words)).status).toBe(200);
    invited.token = token;
  }
  await centre.db.sql.query({ text: 'DELETE FROM session' });
  expect((await wire.say(invited, words)).status).toBe(403);
  expect((await wire.call('POST', 'tokens/refresh', { token: invited.token })).status).toBe(403);
  stream.close();
}, 30_000);

test('names that every JavaScript object has are no streams', async () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const seen = await watch('1001', `desk,${name}`);
    await expect.poll(() => seen.text).toContain('invalid_input');
  }
});
