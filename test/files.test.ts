import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Granted, type WireClient, wireClient } from './fakes/directline-client.ts';
import { pdf, picture } from './fakes/pictures.ts';
import { type Centre, openDemoCentre } from './setup/centre.ts';

/** A file's way through the house: from the customer's chat to bot, ticket and desk, and from the desk to the customer. */
let centre: Centre;
let wire: WireClient;
beforeAll(async () => {
  centre = await openDemoCentre();
  wire = wireClient(centre.url);
}, 60_000);
afterAll(() => centre.close());

async function upload(
  { conversationId, token }: Granted,
  name: string,
  bytes: Buffer<ArrayBuffer>,
  text = '',
) {
  const data = new FormData();
  data.append('activity', JSON.stringify({ type: 'message', text }));
  data.append('file', new File([bytes], name));
  const headers = { authorization: `Bearer ${token}` };
  const url = `${centre.url}/v3/directline/conversations/${conversationId}/upload`;
  const answer = await fetch(url, { method: 'POST', headers, body: data });
  expect(answer.status).toBe(200);
}

interface Said {
  text: string;
  from: { role: string };
  attachments?: { contentUrl: string; name: string; contentType: string }[];
}
async function said({ conversationId, token }: Granted): Promise<Said[]> {
  const path = `conversations/${conversationId}/activities`;
  return (await wire.call('GET', path, { token })).body.activities as Said[];
}
const hears = (visitor: Granted, words: string) =>
  vi.waitFor(
    async () => expect((await said(visitor)).map(({ text }) => text).join('\n')).toContain(words),
    30_000,
  );

async function ask(number: string, method: string, path: string, body?: object | Buffer) {
  const raw = Buffer.isBuffer(body);
  const headers = {
    ...(await centre.signedIn(number)),
    'content-type': raw ? 'application/octet-stream' : 'application/json',
    'x-client-id': crypto.randomUUID(),
  };
  const sent = body === undefined ? null : raw ? Uint8Array.from(body) : JSON.stringify(body);
  const answer = await fetch(`${centre.url}/api/v1${path}`, { method, headers, body: sent });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const json = answer.headers.get('content-type')?.startsWith('application/json');
  return { status: answer.status, bytes, body: json ? JSON.parse(bytes.toString()) : undefined };
}

test('a picture without a word is answered, and whoever takes the conversation sees it', async () => {
  const visitor = await wire.visitor();
  await upload(visitor, '故障.png', picture());
  await hears(visitor, '收到您发来的文件');
  await wire.say(visitor, { type: 'message', text: '转人工' });
  await hears(visitor, '正在为您转接');
  await upload(visitor, '账单.pdf', pdf());
  await hears(visitor, '已经转告客服');

  const { conversationId: id } = visitor;
  expect(await ask('1001', 'POST', `/desk/conversations/${id}/take`)).toMatchObject({ status: 200 });
  const { body } = await ask('1001', 'GET', `/conversations/${id}/messages`);
  const files = (body.messages as { files: { id: string; name: string }[] }[]).flatMap((m) => m.files);
  expect(files).toMatchObject([
    { name: '故障.png', type: 'image/png', size: picture().length, state: 'stored' },
    { name: '账单.pdf', type: 'application/pdf', state: 'stored' },
  ]);
  const file = `/files/${files[0]?.id}`;
  expect((await ask('1001', 'GET', file)).bytes.equals(picture())).toBe(true);
  // It is the agent's now: a colleague may no more see the picture than the conversation.
  expect(await ask('1002', 'GET', file)).toMatchObject({ status: 403 });
  expect(await ask('3001', 'GET', file)).toMatchObject({ status: 403 });
  const looks = await centre.db.prisma.audit.findMany({ where: { action: 'file.read' } });
  expect(looks.map(({ objectId }) => objectId)).toEqual([files[0]?.id]);
});

test('in a form it goes with the ticket, and the form asks on', async () => {
  const visitor = await wire.visitor();
  await wire.say(visitor, { type: 'message', text: '我要投诉' });
  await hears(visitor, '哪一类问题');
  await wire.say(visitor, { type: 'message', text: '资费争议' });
  await hears(visitor, '什么时间');
  await upload(visitor, '账单.png', picture());
  await hears(visitor, '文件会附在这张单里');
  const asked = (await said(visitor)).filter(({ text }) => text.includes('什么时间'));
  expect(asked).toHaveLength(2);
  await upload(visitor, '通话.png', picture(3), '五月账单里多扣了二十元会员费，请退还');
  await hears(visitor, '留一个能联系到您的电话');
  await wire.say(visitor, { type: 'message', text: '13800138000' });
  await hears(visitor, '请核对以下内容');
  await wire.say(visitor, { type: 'message', text: '确认提交' });
  await hears(visitor, '2 个文件已附在工单里');

  const where = { conversationId: visitor.conversationId };
  const ticket = await centre.db.prisma.ticket.findFirstOrThrow({ where });
  const { body } = await ask('5001', 'GET', `/tickets/${ticket.id}`);
  expect(body.files).toMatchObject([
    { name: '账单.png', type: 'image/png', state: 'stored' },
    { name: '通话.png', type: 'image/png', state: 'stored' },
  ]);
  // A callback specialist reads tickets, not this conversation.
  expect(await ask('5001', 'GET', `/files/${body.files[0].id}`)).toMatchObject({ status: 200 });
});

test('an agent sends one to the customer; nobody sends what isn’t theirs', async () => {
  const visitor = await wire.visitor();
  await wire.say(visitor, { type: 'message', text: '转人工' });
  await hears(visitor, '正在为您转接');
  const messages = `/desk/conversations/${visitor.conversationId}/messages`;
  await ask('1001', 'POST', `/desk/conversations/${visitor.conversationId}/take`);
  const upload = await ask('1001', 'POST', `/files?name=${encodeURIComponent('说明.pdf')}`, pdf());
  const foreign = await ask('1002', 'POST', '/files?name=a.png', picture());
  const refusedFile = { text: '', files: [foreign.body.id] };
  expect(await ask('1001', 'POST', messages, refusedFile)).toMatchObject({ status: 400 });
  expect(await ask('1001', 'POST', messages, { text: '', files: [] })).toMatchObject({ status: 400 });
  const sent = await ask('1001', 'POST', messages, { text: '', files: [upload.body.id] });
  expect(sent).toMatchObject({ status: 200 });
  const shown = (await said(visitor)).at(-1);
  expect(shown?.attachments).toMatchObject([{ name: '说明.pdf', contentType: 'application/pdf' }]);
  const answer = await fetch(shown?.attachments?.[0]?.contentUrl ?? '');
  expect(Buffer.from(await answer.arrayBuffer()).equals(pdf())).toBe(true);
});
