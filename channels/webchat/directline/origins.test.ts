import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenAt, type WireClient, wireClient } from '../../../test/fakes/directline-client.ts';
import { startWebchat, type Webchat } from '../../../test/fakes/webchat-server.ts';

let webchat: Webchat;
let client: WireClient;
beforeAll(async () => {
  webchat = await startWebchat();
  client = wireClient(webchat.url);
});
afterAll(() => webchat.stop());

const generate = (site: string, origin: string) =>
  client.call('POST', 'tokens/generate', { body: { site }, headers: { origin } });

describe('a page that embeds the widget', () => {
  it('is asked for beforehand by the browser, and let in', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
    const { status, headers: allowed } = await client.call('OPTIONS', 'tokens/generate', { headers });
    expect(status).toBe(204);
    expect(allowed.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(allowed.get('vary')).toBe('origin');
    const names = (allowed.get('access-control-allow-headers') ?? '').split(', ');
    expect(names).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'x-requested-with', 'x-ms-bot-agent']),
    );
    expect(allowed.get('access-control-allow-credentials')).toBeNull();
  });

  it('may use its own site, and reads the answers, refusals too', async () => {
    const granted = await generate('demo', 'https://shop.example');
    expect(granted.status).toBe(200);
    expect(granted.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    const refused = await generate('nowhere', 'https://shop.example');
    expect(refused.status).toBe(404);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  });

  it('may not use another’s', async () => {
    const { status, body } = await generate('other', 'https://shop.example');
    expect(status).toBe(403);
    expect(body.error.code).toBe('OriginNotAllowed');
  });

  it('of ours is always let in', async () => {
    expect((await generate('other', webchat.url)).status).toBe(200);
  });
});

describe('a page of anybody else', () => {
  const evil = 'https://shop.example.evil.example';

  it('gets no permission, no token and no header that would let it read', async () => {
    const asked = await client.call('OPTIONS', 'tokens/generate', { headers: { origin: evil } });
    expect(asked.status).toBe(403);
    const { status, headers } = await generate('demo', evil);
    expect(status).toBe(403);
    for (const answer of [asked.headers, headers]) {
      expect(answer.get('access-control-allow-origin')).toBeNull();
      expect(answer.get('vary')).toBe('origin');
    }
    expect((await generate('demo', 'null')).status).toBe(403);
  });

  it('can’t use a token that it got hold of, on any call or on the stream', async () => {
    const { conversationId: id, token } = await client.visitor();
    const headers = { origin: evil };
    const calls = [
      client.call('POST', 'conversations', { token, headers }),
      client.call('GET', `conversations/${id}`, { token, headers }),
      client.call('GET', `conversations/${id}/activities`, { token, headers }),
      client.call('POST', `conversations/${id}/activities`, { token, headers, body: { type: 'typing' } }),
      client.call('POST', 'tokens/refresh', { token, headers }),
    ];
    for (const { status } of await Promise.all(calls)) expect(status).toBe(403);
    const { body } = await client.call('GET', `conversations/${id}`, { token });
    await expect(listenAt(body.streamUrl, headers)).rejects.toThrow('refused: 403');
  });
});

describe('the address of the stream', () => {
  const streamUrl = async (of: WireClient, headers: Record<string, string>) => {
    const { token } = await of.visitor();
    const { body } = await of.call('POST', 'conversations', { token, headers });
    return String(body.streamUrl);
  };

  it('is where the request came in, encrypted if the proxy says so', async () => {
    expect(await streamUrl(client, {})).toMatch(new RegExp(`^${webchat.url.replace('http', 'ws')}/v3/`));
    const encrypted = await streamUrl(client, { 'x-forwarded-proto': 'https' });
    expect(encrypted).toMatch(new RegExp(`^${webchat.url.replace('http', 'wss')}/v3/`));
  });

  it('is the public one, where that is set', async () => {
    const behind = await startWebchat({ publicUrl: () => 'https://chat.example/' });
    expect(await streamUrl(wireClient(behind.url), {})).toMatch(/^wss:\/\/chat\.example\/v3\/directline\//);
    await behind.stop();
  });
});
