import fc from 'fast-check';
import smpp from 'smpp';
import { expect, it } from 'vitest';
import { MemoryHost } from '../../test/fakes/memory-host.ts';
import { incoming } from '../../test/fakes/smsc.ts';
import type { Account } from '../channel.ts';
import { Inbound } from './inbound.ts';
import { Repeats } from './repeats.ts';
import { settings } from './settings.ts';
import './wire.ts';

const account: Account = {
  id: 'smpp:fuzz',
  channel: 'smpp',
  name: 'fuzz',
  audience: 'customer',
  settings: settings.parse({
    host: 'x',
    systemId: 'x',
    password: 'x',
    source: { address: '1' },
    idTlv: 0x1400,
  }),
};

/** Octets of a deliver_sm as an SMSC writes it. */
function written(fields: Record<string, unknown>): Buffer {
  const pdu = new smpp.PDU('deliver_sm', {
    source_addr: '8613912345678',
    source_addr_ton: 1,
    data_coding: 8,
    ...fields,
  });
  return (pdu as unknown as { toBuffer(): Buffer }).toBuffer();
}

const receipt = Buffer.from(
  'id:0123 sub:001 dlvrd:001 submit date:2611260900 done date:2611260901 stat:DELIVRD err:000 text:',
);
const samples = [
  ...incoming('', '我想投诉😀'.repeat(20)).map(({ octets, esm }) =>
    written({ short_message: octets, esm_class: esm }),
  ),
  written({ short_message: Buffer.from('001b65', 'hex'), data_coding: 0 }),
  written({
    short_message: receipt,
    esm_class: 4,
    data_coding: 0,
    receipted_message_id: '0123',
    message_state: 2,
  }),
  written({
    short_message: Buffer.alloc(0),
    message_payload: Buffer.from('957f', 'hex'),
    sar_msg_ref_num: 7,
  }),
  written({
    short_message: Buffer.from('4141', 'hex'),
    sar_msg_ref_num: 300,
    sar_total_segments: 2,
    sar_segment_seqnum: 1,
  }),
];

it('10,000 mutated messages: none breaks what reads them, and none is a receipt without being marked as one', {
  timeout: 240_000,
}, async () => {
  const host = new MemoryHost([account]);
  const inbound = new Inbound(account, host, () => undefined);
  const enquire = () => Promise.resolve();
  const repeats = new Repeats({ host, account: account.id, window: 1000, enquire, onError: () => undefined });
  let read = 0;
  const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255));
  const mutant = fc.record({
    sample: fc.constantFrom(...samples),
    changes: fc.array(change, { minLength: 1, maxLength: 6 }),
    cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  });
  await fc.assert(
    fc.asyncProperty(mutant, async ({ sample, changes, cut }) => {
      const octets = Buffer.from(sample);
      for (const [at, value] of changes) octets[16 + Math.floor(at * (octets.length - 16))] = value;
      const whole = cut === null ? octets : octets.subarray(0, 16 + Math.floor(cut * (octets.length - 16)));
      whole.writeUInt32BE(whole.length, 0);
      const receipts = host.receipts.length;
      let pdu: InstanceType<typeof smpp.PDU>;
      try {
        pdu = new smpp.PDU(whole as never);
      } catch (error) {
        // Cut off in the middle of a field: the link says so and starts anew.
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      read += 1;
      const arrival = await inbound.deliver(pdu, repeats);
      if (arrival) repeats.answered(arrival, true);
      const marked = (Number(pdu.esm_class) & 0x3c) !== 0 || pdu.receipted_message_id !== undefined;
      if (!marked) expect(host.receipts).toHaveLength(receipts);
      // Kept small: the memory's search is a walk through all.
      if (host.shelved.size > 200) host.shelved.clear();
      if (host.threads.size > 200) host.threads.clear();
    }),
    { numRuns: 10_000, interruptAfterTimeLimit: 180_000, endOnFailure: true },
  );
  await inbound.reassembly.sweep();
  expect(read).toBeGreaterThan(1000);
});
