import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as listenAt } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fromUcs2 } from '../../../channels/kit/sms/alphabet.ts';
import { incoming, Smsc } from '../../fakes/smsc.ts';
import { requirePeer } from '../../setup/peers.ts';

const CUSTOMER = '8613912345678';
const here = requirePeer('kannel');
const smsc = new Smsc();
/** What smsbox passes on: messages that came in, and reports. */
const passed: Record<string, string>[] = [];
const web = createServer((request, response) => {
  const pairs = (request.url?.split('?')[1] ?? '').split('&').map((pair) => pair.split('='));
  const query = Object.fromEntries(pairs.map(([name, value = '']) => [name, octetsOf(value)]));
  // In the coding that it came with: 2 is UCS-2.
  const text = (octets: Buffer) => (`${query.coding}` === '2' ? fromUcs2(octets) : octets.toString());
  passed.push({
    text: text(query.text ?? Buffer.alloc(0)),
    report: `${query.report}`,
    state: `${query.state}`,
  });
  response.end();
});
const octetsOf = (value: string) =>
  Buffer.from(
    value.replaceAll('+', ' ').replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
const dir = mkdtempSync(join(tmpdir(), 'kannel-'));
const boxes: ChildProcess[] = [];
let sendsms = 0;

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
async function freePort(): Promise<number> {
  const probe = listenAt();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const port = portOf(probe);
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
const open = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = connect(port, '127.0.0.1', () => resolve(true));
    probe.on('error', () => resolve(false)).on('connect', () => probe.destroy());
  });

beforeAll(async () => {
  if (!here) return;
  await smsc.listen();
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const [admin, smsbox, sending] = [await freePort(), await freePort(), await freePort()];
  sendsms = sending;
  const config = join(dir, 'kannel.conf');
  writeFileSync(
    config,
    `group = core
admin-port = ${admin}
admin-password = admin
smsbox-port = ${smsbox}
box-allow-ip = 127.0.0.1
log-file = ${dir}/bearerbox.log
log-level = 0

group = smsc
smsc = smpp
smsc-id = test
host = 127.0.0.1
port = ${smsc.port}
transceiver-mode = true
smsc-username = yingda
smsc-password = secret
system-type = ""
source-addr-ton = 0
source-addr-npi = 1
dest-addr-ton = 1
dest-addr-npi = 1
enquire-link-interval = 1
max-pending-submits = 10

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${sending}
log-file = ${dir}/smsbox.log
log-level = 0

group = sendsms-user
username = user
password = word
default-sender = 1069800001
concatenation = true
max-messages = 10

group = sms-service
keyword = default
catch-all = true
get-url = "http://127.0.0.1:${portOf(web)}/came?coding=%c&text=%a"
max-messages = 0
`,
  );
  const start = (name: string) =>
    boxes.push(spawn(`/usr/sbin/${name}`, ['-v', '4', config], { stdio: 'ignore', cwd: dir }));
  start('bearerbox');
  const stands = (port: number) => vi.waitFor(async () => expect(await open(port)).toBe(true), 30_000);
  await vi.waitFor(() => expect(smsc.sessions.size).toBe(1), 30_000);
  await stands(smsbox);
  start('smsbox');
  await stands(sending);
});
afterAll(async () => {
  for (const box of boxes.reverse()) {
    const gone = new Promise((resolve) => box.once('exit', resolve));
    box.kill('SIGKILL');
    await gone;
  }
  await smsc.close().catch(() => undefined);
  web.closeAllConnections();
  web.close();
  rmSync(dir, { recursive: true, force: true });
});

describe.skipIf(!here)("kannel's bearerbox as the ESME finds the test SMSC in order", () => {
  const send = async (text: string, report: string) => {
    const query = new URLSearchParams({
      ...{ username: 'user', password: 'word', to: CUSTOMER, text, charset: 'UTF-8', coding: '2' },
      ...{ 'dlr-mask': '3', 'dlr-url': `http://127.0.0.1:${portOf(web)}/report?report=${report}&state=%d` },
    });
    const response = await fetch(`http://127.0.0.1:${sendsms}/cgi-bin/sendsms?${query}`);
    expect(await response.text()).toContain('0: Accepted');
  };
  const shown = () => smsc.texts(CUSTOMER);

  it('binds, and keeps asking whether we are there', async () => {
    expect(smsc.heard[0]).toBe('bind_transceiver');
    await expect.poll(() => smsc.heard.includes('enquire_link')).toBe(true);
  });

  it('its Chinese with emoji, in parts, is read as it was written', async () => {
    const text = `您好😀，${'您的套餐将于本月底到期，'.repeat(10)}再见👋`;
    await send(text, 'long');
    await expect.poll(() => shown().map((each) => each.text)).toContain(text);
  });

  it('understands our receipts', async () => {
    await send('到了请说', 'one');
    await expect.poll(() => shown().at(-1)?.text).toBe('到了请说');
    await smsc.receipt(String(shown().at(-1)?.ids[0]), 'DELIVRD');
    await expect.poll(() => passed).toContainEqual({ text: '', report: 'one', state: '1' });
  });

  it('puts our parts together, whatever their order, and reads our alphabets', async () => {
    const text = '我想投诉😀'.repeat(30);
    for (const part of incoming(CUSTOMER, text).reverse()) expect(await smsc.deliver(part)).toBe(0);
    await expect.poll(() => passed.map((each) => each.text)).toContain(text);
    await smsc.deliver({ from: CUSTOMER, octets: Buffer.from('001b65', 'hex'), coding: 0 });
    await expect.poll(() => passed.map((each) => each.text)).toContain('@€');
  });
});
