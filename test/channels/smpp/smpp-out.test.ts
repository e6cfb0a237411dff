import type { Session } from 'smpp';
import { describe, expect, it } from 'vitest';
import { certificate } from '../../fakes/certificate.ts';
import { MemoryHost } from '../../fakes/memory-host.ts';
import { smppStage } from '../../fakes/smpp-peer.ts';
import type { Submitted } from '../../fakes/smsc.ts';
import {
  brief,
  CUSTOMER,
  centres,
  clockSays,
  gate,
  heard,
  host,
  LONG,
  opened,
  type Settings,
  says,
  sends,
  shown,
  smsc,
  stage,
  starts,
} from './scene.ts';

describe('receipts', () => {
  it('come in the text or in parameters, and only the last word counts', async () => {
    await starts();
    const message_id = Buffer.from('2001\0');
    for (const stat of ['ENROUTE', 'ACCEPTD', 'DELIVRD']) await smsc.receipt('2000', stat);
    await smsc.receipt('2001', 'UNDELIV');
    await smsc.receipt('', '', { receipted_message_id: message_id, message_state: 2 });
    await smsc.receipt('2002', 'EXPIRED', { network_error_code: Buffer.from([3, 0, 27]) });
    expect(host.receipts).toEqual([
      'smpp:gate 2000 delivered',
      'smpp:gate 2001 failed',
      'smpp:gate 2001 delivered',
      'smpp:gate 2002 failed',
    ]);
    expect(host.threads.size).toBe(0);
  });

  it('name a message in decimal that was answered in hex, and may come before that answer', async () => {
    await starts({ messageIds: { response: 'hex', receipt: 'decimal' } });
    smsc.idForm = (id) => id.toString(16).toUpperCase().padStart(8, '0');
    const early: Promise<unknown>[] = [];
    smsc.beforeAnswer = ({ id }) => void early.push(smsc.receipt(id.padStart(10, '0'), 'DELIVRD'));
    expect(await sends('您好')).toEqual({ externalIds: ['1000'] });
    await Promise.all(early);
    expect(host.receipts).toEqual(['smpp:gate 1000 delivered']);
  });

  it('a customer who writes like one is a customer', async () => {
    await starts();
    await smsc.deliver({ from: CUSTOMER, octets: Buffer.from('id:1000 stat:DELIVRD'), coding: 0 });
    expect([host.receipts, heard()]).toEqual([[], ['id:1000 stat:DELIVRD']]);
  });
});

describe('the SMSC has its limits', () => {
  it('when it throttles, the account is quiet, and what is out is not sent twice', async () => {
    let now = Date.now();
    clockSays(() => now);
    await starts();
    smsc.answer = ({ part }) => (part?.no === 2 ? 0x58 : 0);
    const [first, other] = [await sends(LONG), await sends('别的', { id: 'delivery-2' })];
    expect(first).toEqual({ retryAfter: 1000, reason: 'ESME_RTHROTTLED' });
    expect(other).toEqual({ retryAfter: 1000, reason: 'throttled' });
    now += 1000;
    expect(await sends(LONG)).toEqual({ retryAfter: 2000, reason: 'ESME_RTHROTTLED' });
    now += 2000;
    smsc.answer = () => 0;
    expect(await sends(LONG)).toMatchObject({ externalIds: expect.any(Array) });
    expect(shown()).toEqual([LONG]);
    expect(smsc.submitted.map(({ part }) => part?.no)).toEqual(smsc.submitted.map((_, at) => at + 1));
  });

  it.each([
    [0x0b, { permanent: 'ESME_RINVDSTADR', address: 'unknown' }],
    [0x421, { permanent: '0x421', address: 'blocked' }],
    [0x0a, { permanent: 'ESME_RINVSRCADR' }],
    [0x14, { reason: 'ESME_RMSGQFUL' }],
    [0x08, { reason: 'ESME_RSYSERR', retryAfter: 1000 }],
    [0x400, { reason: '0x400', retryAfter: 1000 }],
  ])('status %i', async (code, result) => {
    await starts({ blockedCodes: [0x421] });
    smsc.answer = () => code;
    expect(await sends('您好')).toMatchObject(result);
  });

  it('no more requests are without an answer than the window allows', async () => {
    await starts({ window: 4 });
    const held = gate();
    smsc.hold = held.passed;
    const texts = Array.from({ length: 15 }, (_, at) => `第${at}条`);
    const results = texts.map((text, at) => sends(text, { id: `d${at}`, address: `+86139000000${at + 10}` }));
    await expect.poll(() => smsc.outstanding).toBe(4);
    held.open();
    await Promise.all(results);
    expect(smsc.mostOutstanding).toBe(4);
    expect(smsc.submitted.map(({ text }) => text)).toEqual(texts);
  });

  it('a name or nothing is no number', async () => {
    await starts();
    expect(await sends('您好', { address: 'unknown' })).toMatchObject({ address: 'unknown' });
  });
});

describe('the link', () => {
  it('breaks in the middle of the window: nobody knows whether it arrived, and that is said', async () => {
    await starts();
    const seen: Submitted[] = [];
    smsc.answer = (taken) => {
      seen.push(taken);
      if (taken.part?.no !== 2) return 0;
      smsc.drop();
      return 'silent';
    };
    expect(await sends(LONG)).toMatchObject({ reason: 'the link broke', uncertain: true });
    expect(await sends(LONG)).toMatchObject({ reason: 'not bound' });
    smsc.answer = () => 0;
    await expect.poll(() => smsc.sessions.size).toBe(1);
    await expect.poll(() => sends(LONG)).toMatchObject({ externalIds: expect.any(Array) });
    expect(shown()).toEqual([LONG]);
    // The part in flight goes again, in the same place: a phone that has it shows it once.
    expect(smsc.submitted.map(({ part }) => part?.ref)).toEqual(smsc.submitted.map(() => seen[1]?.part?.ref));
  });

  it('an SMSC that gives no answer is given up, and bound again', async () => {
    await starts({ enquireLink: 0.1, responseTimeout: 0.3 });
    const [first] = smsc.sessions;
    smsc.answer = () => 'silent';
    expect(await sends('您好')).toEqual({
      retryAfter: 2000,
      reason: 'no answer to submit_sm',
      uncertain: true,
    });
    first?.removeAllListeners('enquire_link');
    await expect.poll(() => [...smsc.sessions].includes(first as Session)).toBe(false);
    await expect.poll(() => smsc.sessions.size).toBe(1);
  });

  it('answers enquire_link, and comes again when the SMSC unbinds', async () => {
    await starts();
    const [session] = smsc.sessions;
    const ask = (command: string) =>
      new Promise((resolve) => smsc.ask(command, session, ({ command: name }) => resolve(name)));
    expect(await ask('enquire_link')).toBe('enquire_link_resp');
    expect(await ask('query_sm')).toBe('query_sm_resp');
    expect(await ask('unbind')).toBe('unbind_resp');
    await expect.poll(() => smsc.heard.filter((each) => each === 'bind_transceiver')).toHaveLength(2);
  });

  it('is closed in order: what is in hand is finished, then unbind', async () => {
    await starts();
    const held = gate();
    smsc.hold = held.passed;
    const result = sends('您好');
    await expect.poll(() => smsc.outstanding).toBe(1);
    const closed = stage.channel.close();
    held.open();
    expect(await result).toEqual({ externalIds: ['1000'] });
    await closed;
    expect(smsc.heard.at(-1)).toBe('unbind');
  });

  it('is not bound with a wrong password, and tries again later', async () => {
    const { smsc: own, account, channel, errors } = await smppStage({ password: 'wrong' });
    centres.push(own);
    opened.push(channel);
    await channel.open(new MemoryHost([account]));
    await expect
      .poll(() => own.heard.filter((each) => each === 'bind_transceiver').length)
      .toBeGreaterThan(1);
    expect(errors).toContain('bind refused: ESME_RINVPASWD');
    expect(own.sessions.size).toBe(0);
  });

  it('by TLS gives its password to the right host only', async () => {
    const tls = { ca: certificate.cert, servername: 'smsc.test' };
    await starts({ tls }, { tls: certificate });
    await says('安全吗');
    expect(heard()).toEqual(['安全吗']);
    for (const wrong of [true, { ...tls, servername: 'another.test' }]) {
      const stranger = await smppStage({ tls: wrong }, { tls: certificate });
      centres.push(stranger.smsc);
      opened.push(stranger.channel);
      await stranger.channel.open(host);
      await expect.poll(() => stranger.errors.length).toBeGreaterThan(0);
      expect(stranger.smsc.heard).toEqual([]);
    }
  });

  it('lets nothing in before the bind stands', async () => {
    await starts();
    const got: unknown[] = [];
    smsc.onConnect = async (session) => got.push(await smsc.deliver(brief('伪造'), session));
    smsc.drop();
    await expect.poll(() => got).toEqual([4]);
    expect(heard()).toEqual([]);
  });
});

describe('the check', () => {
  it('binds and says so, or says why not', async () => {
    await starts();
    const check = async (more: Settings) => {
      const { channel } = await smppStage(more, {}, smsc);
      const [found] = (await channel.check?.()) ?? [];
      return `${found?.ok} ${found?.text.replace(/:\d+/, '')}`;
    };
    expect(await check({})).toBe('true Bound to the SMSC at 127.0.0.1 as transceiver.');
    expect(await check({ password: 'wrong' })).toBe(
      'false The SMSC at 127.0.0.1 refuses the bind: ESME_RINVPASWD.',
    );
    expect(await check({ port: 1 })).toBe("false The SMSC at 127.0.0.1 can't be used: ECONNREFUSED.");
  });
});
