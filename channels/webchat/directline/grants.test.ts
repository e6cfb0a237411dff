import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Granted,
  listenAt,
  type WireClient,
  wireClient,
} from '../../../test/fakes/directline-client.ts';
import { DEMO, SITE_SECRET, STAFF, startWebchat, type Webchat } from '../../../test/fakes/webchat-server.ts';

let now = Date.parse('2026-06-10T10:00:00+08:00');
let webchat: Webchat;
let client: WireClient;
beforeAll(async () => {
  webchat = await startWebchat({}, () => now);
  client = wireClient(webchat.url);
});
afterAll(() => webchat.stop());
// Time goes on between the stories, so that one's requests don't count against the next.
beforeEach(() => {
  now += 24 * 3600_000;
});

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const generate = (body: unknown, headers = {}) => client.call('POST', 'tokens/generate', { body, headers });
const userToken = (claims: Record<string, unknown>, secret = SITE_SECRET, seconds = 300) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(Math.floor(now / 1000) + seconds)
    .sign(new TextEncoder().encode(secret));

describe('a visitor', () => {
  it('gets a conversation, a token for 30 minutes, a user id that we chose, and a key to come back', async () => {
    const { status, body } = await generate({
      site: 'demo',
      user: { id: 'dl_chosen-by-me' },
      trustedOrigins: [],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ expires_in: 1800, resumeKey: expect.stringMatching(/^[\w-]{20,}$/) });
    expect(claimsOf(body.token).user).toMatch(/^dl_[\w-]{22}$/);
    expect(webchat.host.threads.get(body.conversationId)?.key).toMatch(/^visitor:[\w-]{22}$/);
    expect(webchat.host.threads.get(body.conversationId)?.locale).toBe('zh-CN');
  });

  it('whose language is no language tag gets the site’s: it is stored, and shown to colleagues', async () => {
    for (const locale of ['\0', '\ud800', '"><script>', 'x', 5]) {
      const { status, body } = await generate({ site: 'demo', locale });
      expect(status).toBe(200);
      expect(webchat.host.threads.get(body.conversationId)?.locale).toBe('zh-CN');
    }
    const { body } = await generate({ site: 'demo', locale: 'en-GB' });
    expect(webchat.host.threads.get(body.conversationId)?.locale).toBe('en-GB');
  });

  it('who comes twice is two visitors', async () => {
    const [one, two] = [await client.visitor(), await client.visitor()];
    expect(one.conversationId).not.toBe(two.conversationId);
    expect(claimsOf(one.token).user).not.toBe(claimsOf(two.token).user);
  });

  it('of an unknown site, or of the colleagues’ own, is told that there is none', async () => {
    for (const site of ['nowhere', 'staff', STAFF.id, '__proto__']) {
      expect(await generate({ site })).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
    }
    expect(await generate({})).toMatchObject({ status: 400, body: { error: { code: 'MissingProperty' } } });
    expect(await generate(undefined)).toMatchObject({
      status: 400,
      body: { error: { code: 'MissingProperty' } },
    });
    expect(await generate({ site: 7 })).toMatchObject({
      status: 400,
      body: { error: { code: 'BadArgument' } },
    });
    expect(await generate('{"site":')).toMatchObject({
      status: 400,
      body: { error: { code: 'MalformedData' } },
    });
  });

  it('is told when to come back, if one network asks for too many conversations', async () => {
    const limited = await startWebchat({ limits: { generate: { perMinute: 60, burst: 3 } } }, () => now);
    const { call, visitor } = wireClient(limited.url);
    for (let i = 0; i < 3; i++) await visitor();
    const body = { site: 'demo' };
    const refused = await call('POST', 'tokens/generate', { body });
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'TooManyRequests' } } });
    expect(refused.headers.get('retry-after')).toBe('1');
    // A proxy on this machine says who is behind it; what its client claimed to its left counts for nothing.
    const behindProxy = (claimed: number) =>
      call('POST', 'tokens/generate', {
        body,
        headers: { 'x-forwarded-for': `192.0.2.${claimed}, 203.0.113.9` },
      });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await behindProxy(i)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    now += 1000;
    await visitor();
    await limited.stop();
  });

  it('refreshes into the same right', async () => {
    const { conversationId, token } = await client.visitor();
    now += 29 * 60_000;
    const { status, body } = await client.call('POST', 'tokens/refresh', { token });
    expect(status).toBe(200);
    expect(body).toMatchObject({ conversationId, expires_in: 1800 });
    expect(claimsOf(body.token)).toMatchObject({ conv: conversationId, user: claimsOf(token).user });
    now += 2 * 60_000;
    const late = await client.call('POST', 'tokens/refresh', { token });
    expect(late).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
  });
});

describe('resuming', () => {
  const resume = (body: unknown) => client.call('POST', 'tokens/resume', { body });

  it('gives a new token and a new key for the kept one; the old key works for a minute more', async () => {
    const { conversationId, resumeKey, token } = await client.visitor();
    now += 24 * 3600_000;
    const { status, body } = await resume({ conversationId, resumeKey });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['conversationId', 'expires_in', 'resumeKey', 'token']);
    expect(body.resumeKey).not.toBe(resumeKey);
    expect(claimsOf(body.token)).toMatchObject({
      conv: conversationId,
      user: claimsOf(token).user,
      site: 'demo',
    });
    now += 30_000;
    expect((await resume({ conversationId, resumeKey })).status).toBe(200);
    now += 61_000;
    expect((await resume({ conversationId, resumeKey })).status).toBe(403);
  });

  it('says the same to a wrong key and to a conversation that doesn’t exist', async () => {
    const [mine, other] = [await client.visitor(), await client.visitor()];
    const answers = [
      await resume({ conversationId: mine.conversationId, resumeKey: 'wrong' }),
      await resume({ conversationId: mine.conversationId, resumeKey: other.resumeKey }),
      await resume({ conversationId: 'there-is-none', resumeKey: mine.resumeKey }),
    ];
    for (const { status, body } of answers) {
      expect({ status, body }).toEqual({ status: 403, body: answers[0]?.body });
    }
    expect(await resume({})).toMatchObject({ status: 400, body: { error: { code: 'MissingProperty' } } });
  });
});

describe('a user whom the site vouches for', () => {
  const enter = async (token: string, site = 'demo') => generate({ site, userToken: token });

  it('finds the same conversation again, from any device', async () => {
    const first = await enter(await userToken({ sub: '1390000', name: '王女士' }));
    const second = await enter(await userToken({ sub: '1390000' }));
    expect(first.status).toBe(200);
    expect(second.body.conversationId).toBe(first.body.conversationId);
    expect(claimsOf(second.body.token).user).toBe(claimsOf(first.body.token).user);
    expect(claimsOf(first.body.token).user).not.toContain('1390000');
    expect(webchat.host.threads.get(first.body.conversationId)?.key).toBe('user:1390000');
    const somebody = await enter(await userToken({ sub: '1390001' }));
    expect(somebody.body.conversationId).not.toBe(first.body.conversationId);
  });

  it('can’t be anybody by a token that is forged, unsigned, old, signed for too long or another site’s', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const bad = [
      await userToken({ sub: 'a' }, 'another secret that is long enough to sign'),
      `${part({ alg: 'none' })}.${part({ sub: 'a', exp: now / 1000 + 60 })}.`,
      await userToken({ sub: 'a' }, SITE_SECRET, -60),
      await userToken({ sub: 'a' }, SITE_SECRET, 3600),
      await userToken({ name: 'nobody' }),
      await userToken({ sub: '' }),
      'junk',
    ];
    for (const token of bad) {
      expect(await enter(token)).toMatchObject({
        status: 403,
        body: { error: { code: 'UserTokenInvalid' } },
      });
    }
    // This site has no secret: an empty one must not count as one.
    expect((await enter(await userToken({ sub: 'a' }), 'other')).status).toBe(403);
  });
});

describe('a colleague', () => {
  const invite = async (conversation: string, person: string) => {
    const invited: unknown = await webchat.channel.invite?.(conversation, STAFF, person);
    return invited as Granted;
  };

  it('is invited to the own conversation, without a key that would outlive the session', async () => {
    const conversation = await webchat.host.thread(STAFF, 'person:7', 'zh-CN');
    const invited = await invite(conversation, 'person-7');
    expect(claimsOf(invited.token)).toMatchObject({ conv: conversation, user: 'person-7', who: 'staff' });
    const { status, body } = await client.call('POST', 'conversations', { token: invited.token });
    expect(status).toBe(201);
    expect(body).not.toHaveProperty('resumeKey');
    await client.say(invited, { type: 'message', text: '我后天想请一天事假' });
    expect(webchat.host.threads.get(conversation)?.messages).toMatchObject([{ author: 'staff' }]);
  });

  it('who signs out can do nothing any more with the token that they had, and their stream ends', async () => {
    const conversation = await webchat.host.thread(STAFF, 'person:9', 'zh-CN');
    const invited = await invite(conversation, 'person-9');
    const { token } = invited;
    const brief = await client.call('POST', 'conversations', { token });
    webchat.host.left.add(conversation);
    const at = `conversations/${conversation}`;
    for (const [method, path, body] of [
      ['POST', `${at}/activities`, { type: 'message', text: '同意' }],
      ['POST', `${at}/activities`, { type: 'message', value: { token: 'a'.repeat(22) } }],
      ['GET', `${at}/activities`],
      ['GET', at],
      ['POST', 'tokens/refresh'],
      ['POST', 'conversations'],
    ] as const) {
      const refused = await client.call(method, path, { token, body });
      expect(refused).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
    }
    await expect(listenAt(brief.body.streamUrl)).rejects.toThrow('403');
    expect(webchat.host.threads.get(conversation)?.messages).toEqual([]);
    webchat.host.left.clear();
    expect((await client.call('GET', at, { token })).status).toBe(200);
  });

  it('must sign in again after twelve hours, whatever was refreshed', async () => {
    const conversation = await webchat.host.thread(STAFF, 'person:8', 'zh-CN');
    let { token } = await invite(conversation, 'person-8');
    let refreshed = 0;
    for (; refreshed < 100; refreshed++) {
      now += 15 * 60_000;
      const { status, body } = await client.call('POST', 'tokens/refresh', { token });
      if (status !== 200) break;
      token = body.token;
    }
    expect(refreshed).toBe(47);
  });
});

it('tells anybody how a site is called, and nothing secret', async () => {
  const { status, body } = await client.call('GET', 'sites/demo');
  expect(status).toBe(200);
  expect(body).toEqual({ site: 'demo', name: DEMO.name, locale: 'zh-CN', accent: '#0a7d5a' });
  expect((await client.call('GET', 'sites/nowhere')).status).toBe(404);
  expect((await client.call('GET', 'sites/staff')).status).toBe(404);
  expect((await client.call('GET', 'sites/%E0%A4%A')).status).toBe(404);
});
