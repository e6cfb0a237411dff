import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../../channels/channel.ts';
import { toUcs2 } from '../../../channels/kit/sms/alphabet.ts';
import { MemoryHost } from '../../fakes/memory-host.ts';
import { smppStage } from '../../fakes/smpp-peer.ts';
import { incoming } from '../../fakes/smsc.ts';
import { requirePeer } from '../../setup/peers.ts';

type Told = Record<string, string>;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function perl() {
  const child = spawn('perl', ['test/channels/smpp/smsc.pl'], { stdio: ['pipe', 'pipe', 'inherit'] });
  ends.push(() => void child.kill());
  const told: Told[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => told.push(JSON.parse(line)));
  await expect.poll(() => told.length).toBe(1);
  return {
    port: Number(told[0]?.port),
    of: (command: string) => told.filter((each) => each.command === command),
    does: (line: string) => void child.stdin.write(`${line}\n`),
  };
}

describe.skipIf(!requirePeer('net-smpp'))('Net::SMPP as the SMSC', () => {
  it('binds us, takes our parts, reports them in decimal, and brings a customer in parts out of order', async () => {
    const smsc = await perl();
    const messageIds = { response: 'hex', receipt: 'decimal' };
    const { account, channel, smsc: unused } = await smppStage({ port: smsc.port, messageIds });
    ends.push(() => unused.close());
    const host = new MemoryHost([account]);
    await channel.open(host);
    ends.push(() => channel.close());
    await expect
      .poll(() => smsc.of('bind'))
      .toEqual([{ command: 'bind', system_id: 'yingda', version: '52' }]);

    const text = `您的话费余额为 3.20 元😀。${'请及时充值，'.repeat(20)}谢谢👋🏽`;
    const message = { text } as Delivery['message'];
    const delivery = { id: 'd', account: account.id, address: '+8613912345678', attempt: 1, message };
    const send = () => channel.send?.(delivery);
    const result = await expect
      .poll(send)
      .toMatchObject({ externalIds: expect.any(Array) })
      .then(() => smsc.of('submit'));
    expect(result.map(({ esm, coding, registered }) => [esm, coding, registered])).toEqual(
      result.map(() => ['64', '8', '1']),
    );
    const octets = result.map((each) => Buffer.from(each.octets ?? '', 'hex'));
    expect(octets.map((each) => [...each.subarray(0, 3), each[4], each[5]])).toEqual(
      octets.map((_, at) => [5, 0, 3, octets.length, at + 1]),
    );
    expect(Buffer.concat(octets.map((each) => each.subarray(6)))).toEqual(toUcs2(text));

    for (const { number } of result) smsc.does(`receipt ${number} DELIVRD`);
    await expect
      .poll(() => host.receipts)
      .toEqual(result.map(({ number }) => `smpp:gate ${number} delivered`));

    const said = '我想投诉😀'.repeat(30);
    for (const { esm, coding = 8, octets: part } of incoming('', said).reverse())
      smsc.does(`deliver ${esm} ${coding} ${part.toString('hex')}`);
    const heard = () => [...host.threads.values()].flatMap(({ inbound }) => inbound.map((each) => each.text));
    await expect.poll(heard).toEqual([said]);
    await expect.poll(() => smsc.of('delivered').every(({ status }) => status === '0')).toBe(true);
    await channel.close();
    await expect.poll(() => smsc.of('unbind')).toHaveLength(1);
  });
});
