import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../channels/channel.ts';
import { kind } from '../../../channels/sms/channel.ts';
import { MemoryHost } from '../../fakes/memory-host.ts';
import { phoneOf } from '../../fakes/phone-numbers.ts';
import { smsPeer } from '../../fakes/sms-peer.ts';
import { ACCOUNT_SID, AUTH_TOKEN, messageSid } from '../../fakes/twilio.ts';

const CUSTOMER = phoneOf();
const NEW = '+8613700000000';
let peer: Awaited<ReturnType<typeof smsPeer>>;
let host: MemoryHost;
let origin = '';
const server = createServer((request, response) => peer.channel.http?.(request, response));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(async () => {
  peer = await smsPeer();
  await peer.listening(origin);
  host = new MemoryHost([peer.account]);
  await peer.channel.open(host);
});
afterEach(async () => {
  await peer.channel.close();
  await peer.close();
});

const heard = (from = CUSTOMER) =>
  [...host.threads.values()].filter(({ key }) => key === from).flatMap(({ inbound }) => inbound);
const url = () => `${origin}/channels/sms/help`;
const sends = (text: string, address = CUSTOMER) =>
  peer.channel.send?.({
    id: 'd',
    account: 'sms:help',
    address,
    attempt: 1,
    message: { text } as Delivery['message'],
  });

describe('a customer writes', () => {
  it('the message is written down once, however often the provider sends it', async () => {
    await Promise.all([1, 2, 3].map(() => peer.says('话费为什么这么贵？😀', { id: 'one' })));
    await peer.says('话费为什么这么贵？😀');
    expect(heard().map(({ text }) => text)).toEqual(['话费为什么这么贵？😀', '话费为什么这么贵？😀']);
  });

  it('a number is one conversation, however it is written', async () => {
    await peer.twilio.calls(url(), peer.twilio.incoming('13700000000', '一'));
    await peer.says('二', { from: NEW });
    expect(heard(NEW)).toHaveLength(2);
  });

  it.each([
    ['stop', { OptOutType: 'STOP' }, { to: 'out', confirmed: true }],
    ['start', { OptOutType: 'START' }, { to: 'in', confirmed: true }],
    ['HELP', { OptOutType: 'HELP' }, undefined],
    ['StopAll', {}, { to: 'out', confirmed: false }],
    [' cancel.', {}, { to: 'out', confirmed: false }],
    ['END', {}, { to: 'out', confirmed: false }],
    ['quit', {}, { to: 'out', confirmed: false }],
    ['cancel my plan', {}, undefined],
  ])('%s with %j opts: %j', async (text, more, opts) => {
    await peer.twilio.calls(url(), { ...peer.twilio.incoming(CUSTOMER, text), ...more });
    expect(heard()[0]?.opts).toEqual(opts);
  });

  it('while we are away the provider is asked to send it again', async () => {
    host.failure = new Error('the database is away');
    expect(await peer.says('在吗', { id: 'two' })).toBe(false);
    host.failure = undefined;
    expect(await peer.says('在吗', { id: 'two' })).toBe(true);
    expect(heard()).toHaveLength(1);
  });

  it('what is not authentic or too large leaves nothing behind', async () => {
    expect(await peer.forges()).toEqual([]);
    expect(await peer.oversize()).toBe(false);
    expect(host.threads.size).toBe(0);
  });

  it('without a public address nothing can be verified, and nothing gets in', async () => {
    const fields = peer.twilio.incoming(CUSTOMER, '你好');
    await peer.listening(undefined as unknown as string);
    expect(await peer.twilio.calls(url(), fields)).toBe(403);
    expect(host.threads.size).toBe(0);
  });
});

describe('we answer', () => {
  it('the provider gets the words, the sender and where to report', async () => {
    const result = await sends('您好：余额 3.20 元');
    const [taken] = peer.twilio.taken;
    expect(result).toEqual({ externalIds: [taken?.sid] });
    expect(taken).toMatchObject({
      to: CUSTOMER,
      body: '您好：余额 3.20 元',
      statusCallback: `${url()}/status`,
    });
    await peer.receipts?.(String(taken?.sid), 'delivered');
    await peer.receipts?.(String(taken?.sid), 'failed');
    expect(host.receipts).toEqual([
      `sms:help ${taken?.sid} delivered`,
      `sms:help ${taken?.sid} failed unknown`,
    ]);
  });

  it('a status on the way is no receipt, and a forged one is refused', async () => {
    const fields = { MessageSid: messageSid(), MessageStatus: 'sent', AccountSid: ACCOUNT_SID };
    expect(await peer.twilio.calls(`${url()}/status`, fields)).toBe(200);
    const failed = { ...fields, MessageStatus: 'failed' };
    const signature = peer.twilio.sign(`${url()}/status`, fields);
    expect(await peer.twilio.calls(`${url()}/status`, failed, { signature })).toBe(403);
    expect(host.receipts).toEqual([]);
  });

  it.each([
    ['busy', { retryAfter: 1000 }],
    ['down', { uncertain: true }],
    ['blocked', { address: 'blocked' }],
    ['unknown', { address: 'unknown' }],
  ] as const)('to a platform that is %s', async (mood, result) => {
    peer.mood(mood);
    expect(await sends('您好')).toMatchObject(result);
  });

  it('where nobody listens nothing was sent, and nothing is said to be uncertain', async () => {
    await peer.twilio.close();
    expect(await sends('您好')).toEqual({ retryAfter: 1000, reason: 'ECONNREFUSED' });
    await peer.twilio.listen();
  });

  it('a name is no number', async () => {
    expect(await sends('您好', 'Yingda')).toMatchObject({ address: 'unknown' });
    expect(peer.twilio.requests).toEqual([]);
  });
});

describe('a report of a text that did not arrive', () => {
  it.each([
    ['21610', ' optedOut'],
    ['30004', ' blocked'],
    ['30005', ' unknown'],
    ['30006', ' unknown'],
    // Off today, on tomorrow.
    ['30003', ''],
    ['30008', ''],
    ['x', ''],
  ])('with %s says of the address:%s', async (ErrorCode, address) => {
    const MessageSid = messageSid();
    const form = { AccountSid: ACCOUNT_SID, MessageSid, MessageStatus: 'undelivered', ErrorCode };
    expect(await peer.twilio.calls(`${url()}/status`, form)).toBe(200);
    expect(host.receipts).toEqual([`sms:help ${MessageSid} failed${address}`]);
  });
});

describe('a picture', () => {
  const path = `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/MM1/Media/ME1`;
  const fetched = (ref: string, limit = 100) => peer.channel.fetchFile?.('sms:help', ref, limit);

  it('comes as a reference, and is fetched with our credentials', async () => {
    const media = { NumMedia: '1', MediaUrl0: peer.twilio.origin + path, MediaContentType0: 'image/png' };
    await peer.twilio.calls(url(), { ...peer.twilio.incoming(CUSTOMER, ''), ...media });
    const [file] = heard()[0]?.files ?? [];
    expect(file).toEqual({ name: 'mms-1.png', ref: media.MediaUrl0 });
    peer.twilio.media.set(path, Buffer.from('picture'));
    expect(String(await fetched(media.MediaUrl0))).toBe('picture');
    await expect(fetched(media.MediaUrl0, 6)).rejects.toThrow('more than 6 bytes');
  });

  it('is fetched from the provider only, whatever it redirects to', async () => {
    for (const ref of ['http://127.0.0.1:1/x', 'http://169.254.169.254/latest', 'file:///etc/passwd'])
      await expect(fetched(ref)).rejects.toThrow('not the API');
    for (const location of [`${origin}/health`, 'http://media.twiliocdn.com/x', 'https://evil.example/x']) {
      peer.twilio.media.set(path, { location });
      await expect(fetched(peer.twilio.origin + path)).rejects.toThrow('not allowed');
    }
    peer.twilio.media.set(path, { location: path });
    await expect(fetched(peer.twilio.origin + path)).rejects.toThrow('always elsewhere');
  });
});

describe('the check', () => {
  const check = async () => (await peer.channel.check?.())?.map(({ ok, text }) => `${ok} ${text}`);

  it('says what is right, and what is not', async () => {
    expect((await check())?.[1]).toContain('no number');
    const phone_number = '+861069800001';
    peer.twilio.numbers = [{ phone_number, sms_url: `${origin}/old`, sms_method: 'GET' }];
    expect((await check())?.[1]).toContain(`must be Webhook, ${url()}, HTTP POST; it is GET ${origin}/old`);
    peer.twilio.numbers = [{ phone_number, sms_url: `${url()}#rc=5&rp=all`, sms_method: 'POST' }];
    expect(await check()).toEqual([
      'true The account is active.',
      `true The number ${phone_number} sends its messages to us.`,
    ]);
  });

  it('tells wrong credentials', async () => {
    const strange = await smsPeer({ authToken: 'wrong' });
    await strange.listening(origin);
    expect((await strange.channel.check?.())?.[0]).toMatchObject({ ok: false });
    await strange.close();
  });

  it('settings need a sender', () => {
    const known = { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN };
    expect(kind.settings.safeParse(known).success).toBe(false);
    expect(kind.settings.safeParse({ ...known, messagingServiceSid: 'MG1' }).success).toBe(true);
  });
});

it('10,000 mutated requests: no crash, nothing forged gets in', { timeout: 900_000 }, async () => {
  const fields = peer.twilio.incoming(CUSTOMER, '原话');
  const body = new URLSearchParams(fields).toString();
  const signature = peer.twilio.sign(url(), fields);
  expect(await peer.twilio.calls(url(), fields)).toBe(200);
  const mutation = fc.record({
    at: fc.nat(body.length - 1),
    cut: fc.nat(20),
    put: fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('&', '=', '%', '%00', '&Body=x', '&__proto__=1'),
    ),
    sign: fc.constantFrom('same', 'same', 'none', 'right'),
  });
  // The signature covers names and values run together: it may say the same message again, and no other one.
  const known = new Set<string | undefined>([fields.MessageSid]);
  const answers = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(mutation, async ({ at, cut, put, sign }) => {
      const mutated = body.slice(0, at) + put + body.slice(at + cut);
      const now = Object.fromEntries(new URLSearchParams(mutated));
      const own = sign === 'right' ? peer.twilio.sign(url(), now) : signature;
      const status = await peer.twilio.calls(url(), now, {
        signature: sign === 'none' ? '' : own,
        body: mutated,
      });
      answers.set(status, (answers.get(status) ?? 0) + 1);
      expect([200, 400, 403]).toContain(status);
      if (sign === 'right') known.add(now.MessageSid);
    }),
    { numRuns: 10_000, endOnFailure: true },
  );
  const all = [...host.threads.values()].flatMap(({ inbound }) => inbound);
  expect(all.filter(({ externalId }) => !known.has(externalId))).toEqual([]);
  expect(answers.get(403)).toBeGreaterThan(1000);
});
