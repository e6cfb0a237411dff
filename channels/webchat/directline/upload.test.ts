import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Granted, type WireClient, wireClient } from '../../../test/fakes/directline-client.ts';
import { pdf, picture } from '../../../test/fakes/pictures.ts';
import { startWebchat, type Webchat } from '../../../test/fakes/webchat-server.ts';
import { MAX_FILE } from './upload.ts';

let webchat: Webchat;
let client: WireClient;
let me: Granted;
let now = Date.now();
beforeAll(async () => {
  const much = { perMinute: 1e6, burst: 1e6 };
  webchat = await startWebchat({ limits: { generate: much, uploads: much } }, () => now);
  client = wireClient(webchat.url);
});
afterAll(() => webchat.stop());
beforeEach(async () => {
  me = await client.visitor();
});

const png = (name: string, bytes = picture()) => new File([bytes], name, { type: 'image/png' });

async function send(body: BodyInit, { token = me.token, headers = {} as Record<string, string> } = {}) {
  const answer = await fetch(`${webchat.url}/v3/directline/conversations/${me.conversationId}/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body,
  });
  return { status: answer.status, body: await answer.json().catch(() => undefined) };
}

function form(files: File[], activity?: object | string): FormData {
  const data = new FormData();
  const type = 'application/vnd.microsoft.activity';
  if (typeof activity === 'string') data.append('activity', activity);
  else if (activity) data.append('activity', new Blob([JSON.stringify(activity)], { type }));
  for (const file of files) data.append('file', file);
  return data;
}

const refused = (status: number, code: string) => ({ status, body: { error: { code } } });
const thread = () => webchat.host.threads.get(me.conversationId);

interface Shown {
  id: string;
  text: string;
  attachments: { contentType: string; contentUrl: string; name: string }[];
  channelData: object;
}
async function shown(): Promise<Shown[]> {
  const path = `conversations/${me.conversationId}/activities`;
  return (await client.call('GET', path, { token: me.token })).body.activities as Shown[];
}

describe('an upload', () => {
  it('is one message with its words and files', async () => {
    const activity = {
      type: 'message',
      text: '账单',
      channelData: { clientActivityID: 'u1' },
      attachments: [{}],
    };
    const sent = await send(form([png('截图 1.png'), new File([pdf()], 'bill.pdf')], activity));
    expect(sent).toMatchObject({ status: 200, body: { id: `${me.conversationId}|0000001` } });
    expect(thread()?.inbound).toMatchObject([{ text: '账单', externalId: 'u1' }]);
    expect(await shown()).toMatchObject([
      {
        text: '账单',
        attachments: [
          { contentType: 'image/png', name: '截图 1.png' },
          { contentType: 'application/pdf', name: 'bill.pdf' },
        ],
        channelData: { clientActivityID: 'u1', attachmentSizes: [picture().length, pdf().length] },
      },
    ]);
  });

  it('needs no words, nor an activity: one file may be the whole body', async () => {
    expect(await send(form([png('a.png')]))).toMatchObject({ status: 200 });
    const headers = { 'content-type': 'image/png', 'content-disposition': 'name="b.png"' };
    expect(await send(picture(), { headers })).toMatchObject({ status: 200 });
    expect(await send(form([png('c.png')], '{"type":"message","text":"c"}'))).toMatchObject({ status: 200 });
    expect((await shown()).map(({ text, attachments }) => [text, attachments[0]?.name])).toEqual([
      ['', 'a.png'],
      ['', 'b.png'],
      ['c', 'c.png'],
    ]);
  });

  it('is refused with its reason, and nothing of it is kept', async () => {
    const page = new File(['<html><script>1</script></html>'], 'a.png', { type: 'image/png' });
    expect(await send(form([page]))).toMatchObject(refused(415, 'FileTypeNotSupported'));
    expect(await send(form([]))).toMatchObject(refused(400, 'FileMissing'));
    expect(await send(form([new File([], 'a.png')]))).toMatchObject(refused(400, 'FileMissing'));
    expect(await send(form([png('a')], '{"type":'))).toMatchObject(refused(400, 'MalformedData'));
    expect(await send(form([png('a')], { type: 'typing' }))).toMatchObject(refused(400, 'BadArgument'));
    const six = Array.from({ length: 6 }, (_, n) => png(`${n}.png`));
    expect(await send(form(six, { type: 'message' }))).toMatchObject(refused(413, 'TooManyFiles'));
    const pressing = { type: 'message', value: { token: 'abc' } };
    expect(await send(form([png('a')], pressing))).toMatchObject(refused(400, 'BadArgument'));
    const headers = { 'content-type': 'multipart/form-data' };
    expect(await send('--x', { headers })).toMatchObject(refused(400, 'MalformedData'));
    expect(thread()?.inbound ?? []).toEqual([]);
    expect(webchat.errors).toEqual([]);
  });

  it('that is too large is cut off at the limit, not read to its end', async () => {
    const big = png('big.png', picture(2, 2, { bytes: MAX_FILE }));
    // The answer may be lost to a client that is still writing when the connection ends.
    const answer = await send(form([big])).catch(() => refused(413, 'FileTooLarge'));
    expect(answer).toMatchObject(refused(413, 'FileTooLarge'));
    expect(await endless()).toMatch(/^413 \d+ of endless$/);
    expect(thread()?.inbound ?? []).toEqual([]);
  });

  it('is not read at all without the right to the conversation', async () => {
    const other = await client.visitor();
    expect(await send(form([png('a')]), { token: other.token })).toMatchObject(refused(403, 'TokenInvalid'));
    expect(await send(form([png('a')]), { token: 'x.y.z' })).toMatchObject(refused(403, 'TokenInvalid'));
    expect(thread()?.inbound ?? []).toEqual([]);
  });
});

/** Writes a file without end; resolves with the status and how much was taken when the server hung up. */
function endless(): Promise<string> {
  return new Promise((resolve) => {
    const path = `/v3/directline/conversations/${me.conversationId}/upload`;
    const headers = { authorization: `Bearer ${me.token}`, 'content-type': 'image/png' };
    const request = httpRequest(webchat.url + path, { method: 'POST', headers });
    const chunk = Buffer.alloc(256 * 1024);
    let written = 0;
    let status = 413;
    const write = () => {
      while (!request.destroyed && request.write(chunk)) written += chunk.length;
      if (written > 4 * MAX_FILE) {
        request.destroy();
        resolve(`${status} everything of endless`);
      } else request.once('drain', write);
    };
    request.once('response', (answer) => {
      status = answer.statusCode ?? 0;
      answer.resume();
    });
    request.once('error', () => undefined);
    request.once('close', () => resolve(`${status} ${written} of endless`));
    write();
  });
}

describe('a file’s address', () => {
  const fetched = async () => {
    await send(form([png('图 "1".png'), new File([pdf()], 'bill.pdf')]));
    const [first, second] = (await shown())[0]?.attachments ?? [];
    return { picture: first?.contentUrl ?? '', pdf: second?.contentUrl ?? '' };
  };

  it('shows a picture and saves a PDF, neither as a page of ours', async () => {
    const urls = await fetched();
    const answer = await fetch(urls.picture, { headers: { origin: 'https://shop.example' } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('图 "1".png')}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': 'https://shop.example',
    });
    expect((await fetch(urls.pdf)).headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  it('is worth nothing for another file, changed, or after its time', async () => {
    const urls = await fetched();
    const [first, second] = [new URL(urls.picture), new URL(urls.pdf)];
    expect((await fetch(first.origin + second.pathname + first.search)).status).toBe(403);
    for (const [name, value] of [
      ['e', '99999999999'],
      ['w', 'staff'],
      ['s', ''],
    ] as const) {
      const changed = new URL(first);
      changed.searchParams.set(name, value);
      expect((await fetch(changed)).status).toBe(403);
    }
    now += 14 * 3_600_000;
    expect(await (await fetch(first)).json()).toMatchObject({ error: { code: 'TokenExpired' } });
  });
});
