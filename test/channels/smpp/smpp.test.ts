import type { Session } from 'smpp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, Delivery, SendResult } from '../../../channels/channel.ts';
import { toUcs2 } from '../../../channels/kit/sms/alphabet.ts';
import { certificate } from '../../fakes/certificate.ts';
import { MemoryHost } from '../../fakes/memory-host.ts';
import { smppStage } from '../../fakes/smpp-peer.ts';
import { type Incoming, incoming, type Smsc, type Submitted } from '../../fakes/smsc.ts';

const CUSTOMER = '8613912345678';
type Stage = Awaited<ReturnType<typeof smppStage>>;
type Settings = Parameters<typeof smppStage>[0];
let stage: Stage;
let host: MemoryHost;
let smsc: Smsc;
/** What the product's clock says. */
let clock = () => Date.now();
const opened: Channel[] = [];
const centres: Smsc[] = [];

async function starts(more: Settings = {}, options = {}): Promise<Stage> {
  stage = await smppStage(more, options);
  smsc = stage.smsc;
  centres.push(smsc);
  host = new MemoryHost([stage.account], () => clock());
  await opens(stage.channel);
  return stage;
}

async function opens(channel: Channel) {
  const before = smsc.sessions.size;
  await channel.open(host);
  opened.push(channel);
  await expect.poll(() => smsc.sessions.size).toBe(before + 1);
  await settled();
}

/** The other side has taken in that it is bound. */
const settled = () => new Promise((resolve) => smsc.ask('enquire_link', [...smsc.sessions].at(-1), resolve));

/** Another process of the centre: its own bind, the same database. */
async function another(more: Settings = {}) {
  const { channel } = await smppStage(more, {}, smsc);
  await opens(channel);
  return channel;
}

afterEach(async () => {
  clock = () => Date.now();
  for (const channel of opened.splice(0)) await channel.close();
  for (const each of centres.splice(0)) await each.close();
});

const shown = () => smsc.texts(CUSTOMER).map(({ text }) => text);
const heard = () => [...host.threads.values()].flatMap(({ inbound }) => inbound.map(({ text }) => text));
const says = (text: string, from = CUSTOMER) =>
  Promise.all(incoming(from, text).map((part) => smsc.deliver(part)));
const sends = (text: string, more: Partial<Delivery> = {}) =>
  stage.channel.send?.({
    id: 'delivery-1',
    account: 'smpp:gate',
    address: `+${CUSTOMER}`,
    attempt: 1,
    message: { text } as Delivery['message'],
    ...more,
  }) as Promise<SendResult>;
/** One short message. */
const brief = (text: string): Incoming => ({ from: CUSTOMER, octets: toUcs2(text) });
function gate() {
  const doors: (() => void)[] = [];
  const passed = new Promise<void>((resolve) => doors.push(resolve));
  return { passed, open: () => doors.forEach((open) => void open()) };
}
const LONG = `您好，您的套餐已变更😀。${'本月剩余流量三十吉字节，'.repeat(12)}再见👋🏽`;

describe('words go to and fro', () => {
  beforeEach(() => starts());

  it('a customer writes in Chinese with emoji, and gets an answer', async () => {
    expect(await says('我想改套餐😀')).toEqual([0]);
    expect(heard()).toEqual(['我想改套餐😀']);
    expect([...host.threads.values()].map(({ key }) => key)).toEqual([`+${CUSTOMER}`]);
    expect(await sends('好的😀')).toEqual({ externalIds: ['1000'] });
    expect(smsc.submitted).toMatchObject([{ to: CUSTOMER, text: '好的😀', coding: 8, registered: 1 }]);
  });

  it('a long answer goes in parts that fit, and arrives as it was', async () => {
    const result = await sends(LONG);
    expect(shown()).toEqual([LONG]);
    expect(result).toEqual({ externalIds: smsc.submitted.map(({ id }) => id) });
    expect(smsc.submitted.length).toBeGreaterThan(1);
    for (const { text } of smsc.submitted) {
      expect(text.length).toBeLessThanOrEqual(67);
      expect(() => encodeURIComponent(text)).not.toThrow();
    }
  });

  it('what the default alphabet has goes in it, its extension too', async () => {
    const text = `Balance: 3.20 € [10086] ${'~'.repeat(100)}`;
    await sends(text);
    expect(shown()).toEqual([text]);
    expect(smsc.submitted.map(({ coding }) => coding)).toEqual([0, 0]);
  });

  it('incoming texts are read in each alphabet', async () => {
    const of = (octets: Buffer, coding: number) => smsc.deliver({ from: CUSTOMER, octets, coding });
    await of(Buffer.from('001b65', 'hex'), 0);
    await of(Buffer.from('caf\xe9', 'latin1'), 3);
    await of(Buffer.from('6d4191cf', 'hex'), 0x18);
    await of(Buffer.from('0102', 'hex'), 4);
    const more = { message_payload: Buffer.from('957f', 'hex') };
    await smsc.deliver({ from: CUSTOMER, octets: Buffer.alloc(0), more });
    expect(heard()).toEqual(['@€', 'café', '流量', '〔收到一条无法显示的短信〕', '长']);
  });

  it('one sender is heard in order, though the SMSC waits for no answer', async () => {
    const texts = Array.from({ length: 20 }, (_, at) => `第${at}句`);
    await Promise.all(texts.map((text) => says(text)));
    expect(heard()).toEqual(texts);
  });
});

describe('a message in parts', () => {
  beforeEach(() => starts({ partsTimeout: 600 }));
  const parts = incoming(CUSTOMER, LONG);
  const [one = brief('')] = parts;

  it('is put together whatever their order, with every part acknowledged by itself', async () => {
    // One at a time: an SMSC whose window is one sends no part before the last one is acknowledged.
    for (const part of [...parts].reverse()) expect(await smsc.deliver(part)).toBe(0);
    expect(heard()).toEqual([LONG]);
  });

  it('repeated parts change nothing, before and after it is whole', async () => {
    for (const part of [...parts, ...parts, ...parts]) expect(await smsc.deliver(part)).toBe(0);
    expect(heard()).toEqual([LONG]);
  });

  it('all at once is once', async () => {
    await Promise.all([...parts, ...parts].map((part) => smsc.deliver(part)));
    expect(heard()).toEqual([LONG]);
  });

  it('the parts may come to several processes, and to one that was started again', async () => {
    await smsc.deliver(one);
    await stage.channel.close();
    await expect.poll(() => smsc.sessions.size).toBe(0);
    await another();
    await another();
    const [here, there] = [...smsc.sessions];
    for (const [at, part] of parts.slice(1).entries())
      expect(await smsc.deliver(part, at % 2 ? here : there)).toBe(0);
    expect(heard()).toEqual([LONG]);
  });

  it('a reference that is used again is another message', async () => {
    const second = incoming(CUSTOMER, `${LONG.slice(0, 70)}别的结尾${'。'.repeat(LONG.length - 74)}`);
    expect(second).toHaveLength(parts.length);
    for (const part of [...parts, ...second]) await smsc.deliver(part);
    expect(heard()).toHaveLength(2);
    expect(heard()[1]).toContain('别的结尾');
  });

  it('16-bit references and SAR parameters, with a sign that lies across two parts', async () => {
    const wide = Buffer.from('6d41d83dde0091cf', 'hex');
    const udh = (no: number) => Buffer.from([6, 8, 4, 1, 2, 2, no]);
    const of = (no: number, octets: Buffer) =>
      smsc.deliver({ from: CUSTOMER, esm: 0x40, octets: Buffer.concat([udh(no), octets]) });
    await of(2, wide.subarray(4));
    await of(1, wide.subarray(0, 4));
    const sar = (no: number, octets: Buffer) =>
      smsc.deliver({
        from: CUSTOMER,
        octets,
        coding: 0,
        more: { sar_msg_ref_num: 300, sar_total_segments: 2, sar_segment_seqnum: no },
      });
    await sar(1, Buffer.from([0x41, 0x1b]));
    await sar(2, Buffer.from([0x65, 0x42]));
    expect(heard()).toEqual(['流😀量', 'A€B']);
  });

  it('what could not be written down is refused, and taken when it comes again', async () => {
    host.failure = new Error('the database is away');
    expect(await smsc.deliver(one)).toBe(0x64);
    host.failure = undefined;
    for (const part of parts) await smsc.deliver(part);
    expect(heard()).toEqual([LONG]);
  });
});

describe('a part that never comes', () => {
  it('is marked after the time-out, and what comes too late is not lost', async () => {
    await starts({ partsTimeout: 0.3 });
    const [first, second, ...rest] = incoming(CUSTOMER, LONG);
    for (const part of [first ?? brief(''), ...rest]) await smsc.deliver(part);
    expect(heard()).toEqual([]);
    await expect.poll(heard).toHaveLength(1);
    const mark = '〔此处有一段短信未收到〕';
    expect(heard()[0]).toBe(LONG.slice(0, 67) + mark + LONG.slice(134));
    await smsc.deliver(second ?? brief(''));
    await expect.poll(heard).toHaveLength(2);
    expect(heard()[1]).toBe(mark + LONG.slice(67, 134) + mark);
  });
});

describe('said again, or sent again', () => {
  beforeEach(() => {
    const now = Date.now();
    // A machine that is busy with other things is not an SMSC that lost its patience.
    clock = () => now;
    return starts();
  });

  it('two equal messages are two', async () => {
    for (let round = 0; round < 3; round++) await says('1');
    await Promise.all([says('1'), says('1')]);
    expect(heard()).toEqual(['1', '1', '1', '1', '1']);
    await expect.poll(() => host.shelved.size).toBe(0);
  });

  it('a message whose acknowledgement was lost with the link changes nothing when it comes again', async () => {
    const { receive } = host;
    host.receive = async (...given) => {
      const receipt = await receive.apply(host, given);
      smsc.drop();
      return receipt;
    };
    expect(await says('1')).toEqual([undefined]);
    host.receive = receive;
    await expect.poll(() => smsc.sessions.size).toBe(1);
    expect(await says('1')).toEqual([0]);
    expect(heard()).toEqual(['1']);
    // The SMSC has been told now: the next one is the customer's.
    await expect.poll(() => host.shelved.size).toBe(0);
    await says('1');
    expect(heard()).toEqual(['1', '1']);
  });

  it('so it is when the process died, and another one gets the repeat', async () => {
    const { receive } = host;
    const safe = gate();
    host.receive = async (...given) => {
      await receive.apply(host, given);
      safe.open();
      return new Promise(() => undefined);
    };
    void says('2');
    await safe.passed;
    host.receive = receive;
    const own = [...smsc.sessions];
    await another();
    own[0]?.destroy();
    const [, fresh] = [...own, ...[...smsc.sessions].filter((each) => !own.includes(each))];
    expect(await smsc.deliver(brief('2'), fresh)).toBe(0);
    expect(heard()).toEqual(['2']);
  });

  it('one that we refused for the moment is taken once', async () => {
    host.failure = new Error('the database is away');
    expect(await says('3')).toEqual([0x64]);
    host.failure = undefined;
    expect(await says('3')).toEqual([0]);
    expect(heard()).toEqual(['3']);
  });
});

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
    clock = () => now;
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
