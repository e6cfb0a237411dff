import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Granted, type WireClient, wireClient } from '../../../test/fakes/directline-client.ts';
import { startWebchat, type Webchat } from '../../../test/fakes/webchat-server.ts';

const much = { perMinute: 1e9, burst: 1e9 };
let webchat: Webchat;
let client: WireClient;
let me: Granted;
beforeAll(async () => {
  webchat = await startWebchat({ limits: { generate: much, resume: much, activities: much } });
  client = wireClient(webchat.url);
  me = await client.visitor();
});
afterAll(() => webchat.stop());

/** Mostly things that look right, with anything at all in the places that count. */
const anything = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 4 }),
  fc.string({ unit: 'binary' }),
);
const activity = fc.record(
  {
    type: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('message', 'typing', 'event') }, anything),
    text: fc.oneof({ weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) }, anything),
    value: fc.oneof(anything, fc.record({ token: anything })),
    name: anything,
    locale: anything,
    attachments: anything,
    from: anything,
    channelData: fc.oneof(fc.record({ clientActivityID: anything }), anything),
    __proto__: anything,
  },
  { requiredKeys: [] },
);
const asJson = (value: unknown) => {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    return '{"circular":';
  }
};
const body = fc.oneof(
  activity.map(asJson),
  anything.map(asJson),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** A request as no decent client would send it; resolves with the status, 0 if the server hung up. */
function raw(method: string, path: string, headers: Record<string, string>, sent: string): Promise<number> {
  return new Promise((resolve) => {
    const request = httpRequest(webchat.url + path, { method, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    request.once('error', () => resolve(0));
    request.end(sent);
  });
}

describe('whatever is sent', { timeout: 900_000 }, () => {
  // Ten thousand in all, however slow the machine: the limit is for one that hangs.
  const settings = (numRuns: number) => ({ numRuns, endOnFailure: true });

  it('as an activity is taken in or refused, with a code', async () => {
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const path = `conversations/${me.conversationId}/activities`;
        const answer = await client.call('POST', path, { token: me.token, body: sent });
        statuses.add(answer.status);
        if (answer.status === 200) expect(answer.body.id).toContain(`${me.conversationId}|`);
        else expect(answer.body.error).toEqual({ code: expect.any(String), message: expect.any(String) });
        expect(answer.status).toBeLessThan(500);
      }),
      settings(6000),
    );
    expect(statuses).toContain(200);
    expect(statuses).toContain(400);
    const kept = webchat.host.threads.get(me.conversationId)?.messages ?? [];
    for (const { text } of kept) expect(text).not.toMatch(/\0|\p{Surrogate}/u);
  });

  it('to the doors is granted or refused, with a code', async () => {
    const call = fc.constantFrom('generate', 'resume', 'refresh');
    const words = fc.oneof(
      fc.record({ site: anything, userToken: anything }, { requiredKeys: [] }).map(asJson),
      fc.record({ site: fc.constant('demo'), userToken: anything, locale: anything }).map(asJson),
      fc.record({ conversationId: anything, resumeKey: anything }).map(asJson),
      body,
    );
    await fc.assert(
      fc.asyncProperty(call, words, async (name, sent) => {
        const { status } = await client.call('POST', `tokens/${name}`, { token: 'x.y.z', body: sent });
        expect(status).toBeLessThan(500);
      }),
      settings(2000),
    );
  });

  it('as path, method, watermark, token or header is answered below 500', async () => {
    const piece = fc.oneof(
      fc.constantFrom('conversations', 'tokens', 'sites', 'activities', 'stream', 'generate', '', '..'),
      fc.constant(me.conversationId),
      fc.string({ maxLength: 12 }).map((it) => encodeURIComponent(it.replace(/\p{Surrogate}/gu, ''))),
      fc.constantFrom('%', '%zz', '%00', '__proto__', 'constructor'),
    );
    const paths = fc.array(piece, { maxLength: 5 }).map((pieces) => `/v3/directline/${pieces.join('/')}`);
    const header = fc.string({ maxLength: 40 }).map((it) => it.replace(/[^\x20-\x7e]/g, ''));
    const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD');
    await fc.assert(
      fc.asyncProperty(
        methods,
        paths,
        header,
        header,
        header,
        async (method, path, watermark, token, origin) => {
          const query = `?watermark=${encodeURIComponent(watermark)}&t=${encodeURIComponent(token)}`;
          const headers = { authorization: `Bearer ${token}`, origin, 'x-forwarded-proto': origin };
          const status = await raw(method, path + query, headers, '');
          expect(status).toBeGreaterThanOrEqual(200);
          expect(status).toBeLessThan(500);
        },
      ),
      settings(2000),
    );
  });

  it('leaves the server up and without a single internal error', async () => {
    expect((await client.say(me, { type: 'message', text: '还在吗' })).status).toBe(200);
    expect(webchat.errors).toEqual([]);
  });
});
