import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '../../prisma/client.ts';
import { type WireClient, wireClient } from '../fakes/directline-client.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';

/** A centre as it is installed: nothing but what the channels' file says. */
let folder: string;
let file: string;
let centre: Centre;
let wire: WireClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yingda-sites-'));
  file = join(folder, 'channels.yaml');
  await writeFile(file, SHOP);
  centre = await openDemoCentre(undefined, { SEED: 'none', CHANNELS_FILE: file });
  wire = wireClient(centre.url);
}, 60_000);
afterAll(async () => {
  await centre?.close();
  await rm(folder, { recursive: true });
});

const SHOP = `accounts:
  - id: webchat:shop
    name: 晨星商城
    settings:
      site: shop
      origins: [https://shop.example]
      greeting: 您好，这里是晨星商城。
`;

async function startedWith(accounts: string): Promise<void> {
  await writeFile(file, accounts);
  await centre.restart();
  wire = wireClient(centre.url);
}
const site = async (name: string) => (await wire.call('GET', `sites/${name}`)).body;
const from = (origin: string, name = 'shop') =>
  wire.call('POST', 'tokens/generate', { body: { site: name }, headers: { origin } });

async function staffChat(number: string) {
  const headers = await centre.signedIn(number);
  return fetch(`${centre.url}/api/v1/staff/directline-token`, { method: 'POST', headers });
}

test('a site of the file serves a chat, to pages of its origins only', async () => {
  expect(await site('shop')).toMatchObject({ name: '晨星商城', greeting: '您好，这里是晨星商城。' });
  expect((await from('https://other.example')).status).toBe(403);
  const { body: granted } = await from('https://shop.example');
  const listener = await wire.listen(granted);
  const said = await wire.say(granted, { type: 'message', text: '你们几点下班？' });
  expect(said.status).toBe(200);
  const answers = () => listener.heard.filter((activity) => activity.from.role === 'bot');
  await expect.poll(() => answers().length, { timeout: 60_000 }).toBeGreaterThan(0);
  listener.close();
});

test('colleagues have their chat without anything being configured', async () => {
  const person = { id: uuidv7(0), number: '8001', name: '王芳', role: 'agent', active: true };
  await centre.db.prisma.person.create({
    data: { ...person, jobType: 'hotline', passwordHash: 'none', createdAt: new Date(0) },
  });
  const invited = await staffChat('8001');
  expect(invited.status).toBe(200);
  const { conversationId, token } = (await invited.json()) as { conversationId: string; token: string };
  expect((await wire.call('GET', `conversations/${conversationId}/activities`, { token })).status).toBe(200);
  expect(await site('webchat:staff')).toMatchObject({ error: { code: 'NotFound' } });
});

test('who names the colleagues’ chat in the file gets it as written there, and none where that is wrong', async () => {
  const named = (settings: string) =>
    `${SHOP}  - { id: "webchat:staff", name: 内部助手, audience: staff, settings: ${settings} }\n`;
  await startedWith(named('{ site: staff }'));
  expect((await staffChat('8001')).status).toBe(200);
  const row = { where: { id: 'webchat:staff' } };
  expect(await centre.db.prisma.channelAccount.findUnique(row)).toMatchObject({ name: '内部助手' });
  await startedWith(named('{ secret: short }'));
  expect((await staffChat('8001')).status).toBe(503);
});

test('a site that was taken out of the file is off, and one that stands in the database stays until the file names it', async () => {
  const settings = { site: 'old', origins: ['https://old.example'] };
  const row = { id: 'webchat:old', channel: 'webchat', name: '旧站', audience: 'customer', settings };
  await centre.db.prisma.channelAccount.create({ data: { ...row, createdAt: new Date(0) } });
  await startedWith('accounts: []');
  expect(await site('shop')).toMatchObject({ error: { code: 'NotFound' } });
  expect((await from('https://old.example', 'old')).status).toBe(200);
  expect((await staffChat('8001')).status).toBe(200);

  await startedWith('accounts: [{ id: "webchat:old", name: 新站, settings: { site: new } }]');
  expect(await site('old')).toMatchObject({ error: { code: 'NotFound' } });
  expect(await site('new')).toMatchObject({ name: '新站' });
  expect((await from('https://old.example', 'new')).status).toBe(403);
});
