import { describe, expect, it } from 'vitest';
import { TOKEN } from '../../fakes/telegram/peer.ts';
import { openChat } from '../../fakes/telegram/people.ts';
import { Refusal } from '../../fakes/telegram/state.ts';
import { LINA, type World, world } from './world.ts';

const texts = ({ chat }: World) => chat.sent.map(({ text }) => text);

function stored(at: World, name: string, type: string, bytes: Buffer) {
  const file = { id: name, name, type, size: bytes.length };
  at.host.files.set(name, { ...file, conversationId: 'c', bytes });
  return file;
}

describe('files', () => {
  it('go out as pictures or documents, after the words', async () => {
    const at = await world();
    await at.open();
    const png = stored(at, '账单.png', 'image/png', Buffer.from('PNG'));
    const pdf = stored(at, '合"同.pdf', 'application/pdf', Buffer.alloc(300_000, 7));
    const ended = await at.send({ text: '**请查收**', files: [png, pdf] });
    expect(ended).toEqual({ externalIds: ['42:1', '42:2', '42:3'] });
    expect(at.chat.sent.map(({ text, file }) => [text, file?.as, file?.name, file?.bytes.length])).toEqual([
      ['请查收', undefined, undefined, undefined],
      ['', 'photo', '账单.png', 3],
      ['', 'document', '合_同.pdf', 300_000],
    ]);
  });

  it('a picture that Telegram takes for none goes as a document', async () => {
    const at = await world();
    await at.open();
    await at.send({ files: [stored(at, 'long.png', 'image/png', Buffer.from('TALL screenshot'))] });
    expect(at.chat.sent.map(({ file }) => file?.as)).toEqual(['document']);
  });

  it('a retry goes on where the last attempt stopped', async () => {
    const at = await world();
    await at.open();
    const pdf = stored(at, 'a.pdf', 'application/pdf', Buffer.from('a'));
    const message = { text: '只说一次', files: [pdf] };
    const find = at.host.file.bind(at.host);
    at.host.file = async (...args) => {
      at.telegram.mood = 'busy';
      return find(...args);
    };
    expect(await at.send(message, { id: 'd' })).toMatchObject({ retryAfter: 1000 });
    at.telegram.mood = 'fine';
    at.host.file = find;
    expect(await at.send(message, { id: 'd' })).toEqual({ externalIds: ['42:1', '42:2'] });
    expect(texts(at)).toEqual(['只说一次', '']);
  });

  it('come in by their id, up to the limit', async () => {
    const at = await world();
    await at.open();
    at.bot.files.set('cert', { name: '', bytes: Buffer.alloc(5000, 1) });
    const fetched = (ref: string, limit: number) => at.channel.fetchFile?.('telegram:help', ref, limit);
    expect(await fetched('cert', 5000)).toHaveLength(5000);
    await expect(fetched('cert', 4999)).rejects.toThrow('the file has 5000 bytes');
    await expect(fetched('gone', 10)).rejects.toThrow('invalid file_id');
    at.bot.files.set('huge', { name: '', bytes: Buffer.alloc(20e6 + 1) });
    await expect(fetched('huge', 1e9)).rejects.toThrow('file is too big');
  });
});

describe('a card', () => {
  const card = { title: '年假 3 天', buttons: [{ title: '同意', token: 'abc' }] };

  it('is redrawn when it is decided; that it is so already is as good', async () => {
    const at = await world();
    await at.open();
    await at.send({ card });
    const message = {
      id: 'c|0000007',
      conversationId: 'c',
      seq: 7,
      at: 0,
      author: 'bot',
      kind: 'message',
      text: '',
    } as const;
    const delivery = { id: 'u', account: 'telegram:help', address: '42', attempt: 1 };
    const decided = { ...delivery, message: { ...message, card: { ...card, outcome: '王芳已同意' } } };
    expect(await at.channel.update?.(decided, '42:1')).toEqual({ externalIds: ['42:1'] });
    expect(await at.channel.update?.(decided, '42:1')).toEqual({ externalIds: ['42:1'] });
    expect(at.chat.sent.map(({ kind, text, keyboard }) => [kind, text, keyboard.length])).toEqual([
      ['message', '年假 3 天', 1],
      ['update', '年假 3 天\n王芳已同意', 0],
    ]);
    expect(await at.channel.update?.(decided, '42:9')).toMatchObject({
      permanent: expect.stringContaining('not found'),
    });
    expect(await at.channel.update?.(decided, 'odd')).toMatchObject({ permanent: expect.any(String) });
  });
});

describe('refusals', () => {
  it('say whether to come again, and tell nobody the token', async () => {
    const at = await world();
    await at.open();
    const refuse = (code: number, words: string) => {
      at.chat.refusal = new Refusal(code, words);
      return at.send({ text: '在吗' });
    };
    expect(await refuse(403, 'user is deactivated')).toMatchObject({ address: 'unknown' });
    expect(await refuse(403, 'bot was blocked by the user')).toMatchObject({ address: 'blocked' });
    expect(await refuse(400, 'TOPIC_CLOSED')).toEqual({
      permanent: 'sendMessage: Bad Request: TOPIC_CLOSED',
    });
    expect(await at.send({ text: '在吗' }, { address: '99' })).toMatchObject({ address: 'unknown' });
    at.telegram.mood = 'down';
    const down = await at.send({ text: '在吗' });
    expect(down).toEqual({ retryAfter: 0, reason: 'sendMessage: Bad Gateway', uncertain: true });
    await at.telegram.stop();
    const away = await at.send({ text: '在吗' });
    expect(away).toMatchObject({ retryAfter: 0, reason: expect.stringContaining('sendMessage') });
    expect(JSON.stringify([away, at.errors])).not.toContain(TOKEN);
  });

  it('of our marks leave the bare words', async () => {
    const at = await world();
    await at.open();
    at.telegram.mood = 'unparsable';
    await at.send({ text: '**59元** & 更多' });
    expect(at.chat.sent.map(({ text, entities }) => [text, entities])).toEqual([['59元 & 更多', []]]);
    expect(at.errors.join()).toContain("can't parse entities");
  });
});

it('shows that somebody is writing; nobody minds if it fails', async () => {
  const at = await world();
  await at.open();
  await at.channel.typing?.('telegram:help', '42');
  await at.channel.typing?.('telegram:help', '99');
  expect(at.chat.sent.map(({ kind }) => kind)).toEqual(['typing']);
});

it('has a pace of its own for groups', async () => {
  const { address } = (await world()).channel.can.pace ?? {};
  if (typeof address !== 'function') throw new Error('the pace depends on the address');
  expect(address(String(LINA.id)).perSecond).toBe(1);
  expect(address('-100123/77').perSecond * 60).toBeCloseTo(20);
});

describe('check', () => {
  it('is content with what open has set', async () => {
    const at = await world();
    await at.open();
    const found = (await at.channel.check?.()) ?? [];
    expect(found.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(found[0]).toEqual({
      account: 'telegram:help',
      ok: true,
      text: 'getMe: the token is that of @ChenxingBot.',
    });
  });

  it('says what is wrong, without being opened', async () => {
    const at = await world();
    openChat(at.bot, LINA.id);
    at.bot.webhook = { url: 'https://old.example/hook', secret: '', kinds: ['message'] };
    at.bot.lastError = { at: 1_700_000_000, message: 'Wrong response from the webhook: 401 Unauthorized' };
    at.bot.queue = Array(101).fill({ update_id: 1 });
    at.telegram.bots.delete(at.staffBot.token);
    const faults = ((await at.channel.check?.()) ?? []).filter(({ ok }) => !ok).map(({ text }) => text);
    expect(faults).toEqual([
      `getWebhookInfo: url is "https://old.example/hook" and should be "${at.origin}/channels/telegram/help"; it is set at the next start.`,
      'getWebhookInfo: last_error_message "Wrong response from the webhook: 401 Unauthorized", 2023-11-14T22:13:20.000Z.',
      'getWebhookInfo: pending_update_count is 101.',
      'Telegram refused or did not answer: getMe: Unauthorized.',
    ]);
  });
});
