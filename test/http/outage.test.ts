import { expect, test } from 'vitest';
import { systemClock } from '../../bot/clock.ts';
import { openLifecycle } from '../../bot/compose/lifecycle.ts';
import { serve } from '../../bot/compose/serve.ts';
import { readConfig } from '../../bot/config.ts';
import { openLog } from '../../bot/open-log.ts';
import { isOutage } from '../../bot/outage.ts';
import { openDatabase } from '../../prisma/client.ts';
import { cutLine } from '../fakes/cut-line.ts';
import { wireClient } from '../fakes/directline-client.ts';
import { createTestDatabase } from '../setup/database.ts';

/** Everything that `npm start` composes, on a database whose line can be cut; with what it logs from `warn` on. */
async function openCentre() {
  const made = await createTestDatabase();
  const line = await cutLine(made.url);
  const logged: { level: string; msg: string; err?: unknown }[] = [];
  const log = openLog({ level: 'warn', write: (text) => logged.push(JSON.parse(text)) });
  const onError = (err: Error) => log.warn({ err }, 'A database connection broke');
  const db = openDatabase({ url: line.url, onError });
  const config = readConfig({ DATABASE_URL: line.url, PORT: '0', SEED: 'demo' });
  const life = openLifecycle({ log, exit() {} });
  const { url } = await serve({ config, clock: systemClock, log, db }, life);
  const close = async () => {
    await life.stop();
    await db.close();
    await line.cut();
    await made.drop();
  };
  return { url: url.replace('localhost', '127.0.0.1'), db, line, logged, close };
}

test('while the database is away, everybody is told to try again, and the log says it once; then all goes on', async () => {
  const { url, db, line, logged, close } = await openCentre();
  const client = wireClient(url);
  const me = await client.visitor();
  const message = { type: 'message', text: '话费怎么查', channelData: { clientActivityID: 'once' } };
  const headers = { 'content-type': 'application/json' };
  const signIn = { method: 'POST', headers, body: JSON.stringify({ number: '1001', password: 'demo-1001' }) };
  const cookie =
    (await fetch(`${url}/api/v1/session`, signIn)).headers.get('set-cookie')?.split(';')[0] ?? '';
  await line.cut();
  const away = [
    await client.say(me, message),
    await client.call('GET', `conversations/${me.conversationId}/activities`, { token: me.token }),
    await client.call('POST', 'tokens/generate', { body: { site: 'demo' } }),
    await client.call('POST', 'conversations', { token: me.token }),
  ];
  for (const { status, headers, body } of away) {
    expect([status, headers.get('retry-after')]).toEqual([503, '2']);
    expect(body).toEqual({ error: { code: 'ServiceUnavailable', message: expect.any(String) } });
  }
  for (const ask of [{ headers: { cookie } }, signIn]) {
    const answer = await fetch(`${url}/api/v1/session`, ask);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.json()).toMatchObject({ error: { code: 'unavailable' } });
  }
  // By Prisma it fails in other words.
  await expect(db.prisma.person.count()).rejects.toSatisfy(isOutage);
  // The loops have gone round by now.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(logged.map(({ level, msg, err }) => [level, msg, err])).toEqual([
    ['warn', 'The database is away; callers shall try again', undefined],
  ]);
  await line.mend();
  await expect.poll(async () => (await client.say(me, message)).status).toBe(200);
  await close();
}, 60_000);
