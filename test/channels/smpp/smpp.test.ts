import { beforeEach, describe, expect, it } from 'vitest';
import { incoming } from '../../fakes/smsc.ts';
import {
  another,
  brief,
  CUSTOMER,
  clockSays,
  gate,
  heard,
  host,
  LONG,
  says,
  sends,
  shown,
  smsc,
  stage,
  starts,
} from './scene.ts';

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
    clockSays(() => now);
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
