import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { uuidv7 } from '../../prisma/client.ts';
import { type WireClient, wireClient } from '../fakes/directline-client.ts';
import { type TelegramForProduct, telegramForProduct } from '../fakes/telegram/product.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';

/** Channels as colleagues keep them: what did not arrive, their own, and what a customer has joined. */
const WAIT = 60_000;
let platform: TelegramForProduct;
let centre: Centre;
let wire: WireClient;
beforeAll(async () => {
  platform = await telegramForProduct();
  centre = await openDemoCentre(undefined, platform.env);
  wire = wireClient(centre.url);
}, 60_000);
afterAll(async () => {
  await centre.close();
  await platform.stop();
});
beforeEach(() => {
  platform.telegram.mood = 'fine';
  // What a test makes is newer than what the one before made.
  centre.clock.moveTo(centre.clock.now() + 60_000);
});

async function ask(number: string, method: string, path: string, body?: object, id: string = uuidv7(0)) {
  const signedIn = await centre.signedIn(number);
  const headers = { ...signedIn, 'content-type': 'application/json', ...(id && { 'x-client-id': id }) };
  const init = { method, headers, body: body ? JSON.stringify(body) : null };
  const answer = await fetch(`${centre.url}/api/v1${path}`, init);
  return { status: answer.status, body: await answer.json() };
}
const codeOf = (body: { error?: { code: string } }) => body.error?.code;

/** The conversation of whoever wrote last on Telegram. */
async function newest(account: string): Promise<string> {
  const { rows } = await centre.db.sql.query<{ id: string }>({
    text: `SELECT c.id FROM conversation c JOIN address a ON a.id = c.address_id WHERE a.channel_account_id = $1
      ORDER BY c.created_at DESC, c.id DESC LIMIT 1`,
    values: [account],
  });
  return rows[0]?.id ?? '';
}

async function takenBy(number: string, conversation: string): Promise<void> {
  const where = { conversationId: conversation, owner: 'queue' };
  await vi.waitFor(() => centre.db.prisma.episode.findFirstOrThrow({ where }), WAIT);
  await ask(number, 'PUT', '/presence', { status: 'available' });
  const take = await ask(number, 'POST', `/desk/conversations/${conversation}/take`, { from: 'queue' });
  expect(take.status).toBe(200);
}

const undelivered = async (query = '') => (await ask('2001', 'GET', `/deliveries/undelivered${query}`)).body;

test('what did not arrive is listed to leaders, masked, and sent again once', async () => {
  const lina = platform.person('help', { id: 42, first_name: '李娜' });
  await lina.says('转人工');
  await lina.hears('转接');
  const conversation = await newest('telegram:help');
  await takenBy('1001', conversation);
  await lina.hears('已接入');

  platform.telegram.mood = 'blocked';
  const words = { text: '请回电 13977665544' };
  expect((await ask('1001', 'POST', `/desk/conversations/${conversation}/messages`, words)).status).toBe(200);
  await vi.waitFor(async () => expect((await undelivered()).deliveries).toHaveLength(1), WAIT);
  const [failed] = (await undelivered()).deliveries;
  expect(failed).toMatchObject({
    ...{ conversationId: conversation, account: 'telegram:help', accountName: '辰星客服' },
    ...{ text: '请回电 139****5544', why: 'blocked', class: 'reply', resentAt: null },
  });

  // The agent who wrote it reads it beside their words.
  const hindered = async () => (await ask('1001', 'GET', `/conversations/${conversation}/hindered`)).body;
  const { messages } = (await ask('1001', 'GET', `/conversations/${conversation}/messages`)).body;
  const { seq } = messages.find(({ text }: { text: string }) => text.startsWith('请回电'));
  expect(await hindered()).toEqual({
    mark: 'blocked',
    messages: [{ seq, state: 'undelivered', why: 'blocked' }],
  });

  const again = `/deliveries/${failed.id}/resend`;
  expect((await ask('1001', 'GET', '/deliveries/undelivered')).status).toBe(403);
  expect((await ask('9001', 'GET', '/deliveries/undelivered')).status).toBe(200);
  for (const number of ['1001', '9001']) expect((await ask(number, 'POST', again)).status).toBe(403);
  expect((await ask('2001', 'POST', again, undefined, '')).status).toBe(400);
  expect((await ask('2001', 'POST', `/deliveries/${uuidv7(0)}/resend`)).status).toBe(422);

  platform.telegram.mood = 'fine';
  expect(await ask('2001', 'POST', again, undefined, 'press-0001')).toMatchObject({ status: 200 });
  const resentAt = centre.clock.now();
  // Past the pace of one chat.
  centre.clock.moveTo(resentAt + 10_000);
  await lina.hears('请回电 13977665544');
  await vi.waitFor(async () => expect(await hindered()).toEqual({ mark: null, messages: [] }), WAIT);
  expect((await ask('2001', 'POST', again, undefined, 'press-0001')).status).toBe(200);
  const twice = await ask('7001', 'POST', again);
  expect([twice.status, codeOf(twice.body)]).toEqual([422, 'not_allowed_now']);
  expect(lina.told().filter((text) => text.includes('请回电'))).toHaveLength(1);
  expect((await undelivered()).deliveries).toMatchObject([{ resentAt }]);
});

test('it comes page by page, the newest first, and says why each did not arrive', async () => {
  platform.telegram.mood = 'unknown';
  const gone = platform.person('help', { id: 43, first_name: '孙磊' });
  await gone.says('怎样办理套餐变更');
  await vi.waitFor(async () => expect((await undelivered()).deliveries).toHaveLength(2), WAIT);
  const first = await undelivered('?limit=1');
  const second = await undelivered(`?limit=1&cursor=${first.next}`);
  expect(first.deliveries).toMatchObject([{ why: 'unknown', accountName: '辰星客服' }]);
  expect(second.deliveries).toMatchObject([{ why: 'blocked' }]);
  expect(second.next).toBeNull();
  expect((await ask('2001', 'GET', '/deliveries/undelivered?cursor=nonsense')).status).toBe(400);
});

test('it is found by account, reason and class, and what is found is sent again, once however often pressed', async () => {
  const found = async (query: string) => {
    const { deliveries, resendable } = await undelivered(query);
    return [deliveries.length, resendable];
  };
  expect(await found('?account=telegram:help')).toEqual([2, 1]);
  expect(await found('?account=telegram:team')).toEqual([0, 0]);
  expect(await found('?why=blocked')).toEqual([1, 0]);
  expect(await found('?why=unknown&class=reply')).toEqual([1, 1]);
  expect(await found('?class=notice')).toEqual([0, 0]);
  const all = { why: 'unknown', atMost: 5 };
  expect((await ask('9001', 'POST', '/deliveries/resend', all)).status).toBe(403);
  expect((await ask('2001', 'POST', '/deliveries/resend', { why: 'unknown' })).status).toBe(400);
  const pressed = await Promise.all(['2001', '7001'].map((by) => ask(by, 'POST', '/deliveries/resend', all)));
  expect(pressed.map(({ body }) => body.queued).sort()).toEqual([0, 1]);
  expect((await undelivered('?why=unknown')).deliveries[0]).toMatchObject({ resentAt: centre.clock.now() });
  expect(await found('?why=unknown')).toEqual([1, 0]);
});

test('a colleague links their channel by a code that is theirs and good once, and unlinks it', async () => {
  const mine = async (number = '1001') => (await ask(number, 'GET', '/my/channels')).body;
  expect(await mine()).toEqual({ linked: [], open: [{ id: 'telegram:team', name: '辰星同事' }] });
  expect((await fetch(`${centre.url}/api/v1/my/channels`)).status).toBe(401);

  const { code, expiresAt, now } = (await ask('1001', 'POST', '/my/channels/code')).body;
  expect(code).toMatch(/^\d{8}$/);
  expect([now, expiresAt > now]).toEqual([centre.clock.now(), true]);
  const [tong, other] = [51, 52].map((id) => platform.person('team', { id, first_name: '周' }));
  await tong?.says(code);
  await tong?.hears('绑定成功');
  await other?.says(code);
  await other?.hears('绑定码不对');

  const { linked, open } = await mine();
  expect(linked).toMatchObject([{ account: 'telegram:team', name: '辰星同事' }]);
  expect(open).toEqual([]);
  expect((await mine('1002')).linked).toEqual([]);
  const path = `/my/channels/${linked[0].id}`;
  expect((await ask('1002', 'DELETE', path)).status).toBe(404);
  expect(await ask('1001', 'DELETE', path)).toMatchObject({ status: 200, body: { unlinked: true } });
  expect((await ask('1001', 'DELETE', path)).status).toBe(404);
  expect((await mine()).linked).toEqual([]);
});

test('a code is not taken in a group, where everybody would be the colleague; a link with it is enough', async () => {
  const { code } = (await ask('1002', 'POST', '/my/channels/code')).body;
  const wang = { id: 61, first_name: '王' };
  const [alone, together] = [platform.person('team', wang), platform.person('team', wang, -100600)];
  await together.says(code);
  await together.hears('群里不能绑定');
  expect((await ask('1002', 'GET', '/my/channels')).body.linked).toEqual([]);
  await alone.says(`/start ${code}`);
  await alone.hears('绑定成功');
  expect((await ask('1002', 'GET', '/my/channels')).body.linked).toHaveLength(1);

  const customers = platform.person('help', wang, -100601);
  await customers.says('绑定');
  await customers.hears('群里不能绑定');
  await customers.says('转人工');
  await customers.hears('转接');
  const group = await newest('telegram:help');
  const read = await ask('2001', 'GET', `/conversations/${group}/messages`);
  const said = read.body.messages.find(({ author }: { author: string }) => author === 'customer');
  expect(said).toMatchObject({ name: '王', text: '绑定' });
});

test('joined conversations are shown to whoever may read one, and parted by whoever may write in it', async () => {
  const wei = platform.person('help', { id: 44, first_name: '韦' });
  await wei.says('绑定');
  await wei.hears('合并码');
  const onTelegram = await newest('telegram:help');
  const code = /\d{8}/.exec(wei.told().join())?.[0];
  const { conversationId: onWeb, ...visitor } = await wire.visitor();
  for (const text of [`绑定 ${code}`, '转人工'])
    await wire.say({ ...visitor, conversationId: onWeb }, { type: 'message', text });
  await takenBy('1001', onWeb);

  const joined = (number: string, id = onWeb) => ask(number, 'GET', `/conversations/${id}/joined`);
  expect((await joined('1001')).body.conversations).toMatchObject([
    { conversationId: onTelegram, account: 'telegram:help', name: '辰星客服' },
  ]);
  expect((await joined('1001', onTelegram)).body.conversations).toMatchObject([{ conversationId: onWeb }]);
  for (const stranger of ['1003', '3001', '9001']) {
    expect((await joined(stranger)).status, `joined by ${stranger}`).toBe(403);
    const part = await ask(stranger, 'POST', `/conversations/${onWeb}/part`);
    expect([part.status, codeOf(part.body)], `part by ${stranger}`).toEqual([403, 'forbidden']);
  }
  expect((await joined('1001')).body.conversations).toHaveLength(1);

  expect((await ask('1001', 'POST', `/conversations/${onWeb}/part`)).status).toBe(200);
  expect((await joined('1001')).body.conversations).toEqual([]);
  expect((await ask('1001', 'POST', `/conversations/${onWeb}/part`)).status).toBe(404);
});

test('tier and region are the customer’s on all joined channels; a stranger changes nothing', async () => {
  const lan = platform.person('help', { id: 45, first_name: '兰' });
  await lan.says('绑定');
  await lan.hears('合并码');
  const onTelegram = await newest('telegram:help');
  const code = /\d{8}/.exec(lan.told().join())?.[0];
  const { conversationId: onWeb, ...visitor } = await wire.visitor();
  for (const text of [`绑定 ${code}`, '转人工'])
    await wire.say({ ...visitor, conversationId: onWeb }, { type: 'message', text });
  await takenBy('1001', onWeb);

  const profile = async (id: string) => (await ask('1001', 'GET', `/conversations/${id}/customer`)).body;
  expect(await profile(onWeb)).toMatchObject({
    tier: 'normal',
    region: null,
    tiers: ['normal', 'silver', 'gold', 'vip'],
  });
  const set = (number: string, body: object) => ask(number, 'PUT', `/conversations/${onWeb}/customer`, body);
  const vip = { tier: 'vip', region: '江城' };
  expect((await set('1003', vip)).status).toBe(403);
  const refused = await set('1001', { tier: 'platinum', region: null });
  expect([refused.status, refused.body.error.details.fields[0].problem]).toEqual([
    400,
    '客户等级只能是：normal, silver, gold, vip。',
  ]);
  expect(await profile(onWeb)).toMatchObject({ tier: 'normal', region: null });
  expect((await set('1001', vip)).status).toBe(200);
  expect(await profile(onTelegram)).toMatchObject({ ...vip, regions: ['江城'] });
  const { details } = await centre.db.prisma.audit.findFirstOrThrow({
    where: { action: 'customer.describe' },
  });
  expect(details).toMatchObject({ fromTier: 'normal', fromRegion: null, tier: 'vip' });
  const filters = await ask('2001', 'GET', '/broadcast-filters');
  expect(filters.body).toMatchObject({ tiers: expect.arrayContaining(['vip']), regions: ['江城'] });
});
