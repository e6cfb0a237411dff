import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CpuClock, cpuOf } from '../cpu.ts';
import { type Answering, post } from './load.ts';

export interface Echo extends Answering {
  node: CpuClock;
  stop(): Promise<void>;
}

/** The echo bot, with this process as the channel that it answers to. */
export async function startEcho(conversations: number): Promise<Echo> {
  const waiting = new Map<string, () => void>();
  const connector = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.setHeader('content-type', 'application/json').end(`{"id":"${randomUUID()}"}`);
      const conversation = /conversations\/([^/]+)/.exec(request.url ?? '')?.[1] ?? '';
      waiting.get(conversation)?.();
    });
  });
  await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
  const serviceUrl = `http://127.0.0.1:${(connector.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [new URL('echo-bot.mjs', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(JSON.parse(String(line)).port));
    child.once('exit', (code) => reject(new Error(`the echo bot ended with ${code}`)));
  });
  return {
    conversations,
    async ask(i, text) {
      const conversation = `c${i}`;
      const answered = new Promise<void>((resolve) => waiting.set(conversation, resolve));
      const activity = { type: 'message', id: randomUUID(), channelId: 'emulator', serviceUrl, text };
      const people = { from: { id: `u${i}` }, recipient: { id: 'bot' }, conversation: { id: conversation } };
      const { status } = await post(`http://127.0.0.1:${port}/api/messages`, { ...activity, ...people });
      if (status >= 300) throw new Error(`the echo bot answered ${status}`);
      await answered;
    },
    node: cpuOf(child.pid as number),
    async stop() {
      child.kill();
      connector.closeAllConnections();
      connector.close();
    },
  };
}
