import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { WebSocket } from 'ws';
import { startProduct } from '../../setup/product.ts';
import { type CpuClock, cpuOf, cpuOfTree } from '../cpu.ts';
import { type Answering, post } from './load.ts';

export interface Ours extends Answering {
  node: CpuClock;
  postgres: CpuClock;
  stop(): Promise<void>;
}

const patienceMs = 15_000;

/** The whole product, its database and its demo knowledge, asked over Direct Line and heard on its streams. */
export async function startOurs(conversations: number): Promise<Ours> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-bench-'));
  chmodSync(dataDir, 0o711);
  const product = await startProduct({ dataDir, env: { LOG_LEVEL: 'warn' } });
  const visitors: Visitor[] = [];
  for (let i = 0; i < conversations; i++) visitors.push(await visit(product.url));
  return {
    conversations,
    ask: (i, text) => (visitors[i] as Visitor).ask(text),
    node: cpuOf(product.pid),
    postgres: cpuOfTree(await postmaster(dataDir)),
    async stop() {
      for (const visitor of visitors) visitor.close();
      await product.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface Visitor {
  ask(text: string): Promise<void>;
  close(): void;
}

async function visit(url: string): Promise<Visitor> {
  const granted = JSON.parse((await post(`${url}/v3/directline/tokens/generate`, { site: 'demo' })).body);
  const headers = { authorization: `Bearer ${granted.token}` };
  const opened = JSON.parse((await post(`${url}/v3/directline/conversations`, {}, headers)).body);
  const socket = new WebSocket(opened.streamUrl);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const activities = `${url}/v3/directline/conversations/${opened.conversationId}/activities`;
  let answered: ((id: string) => void) | undefined;
  socket.on('message', (data) => {
    const frame = String(data);
    if (!frame) return;
    for (const activity of JSON.parse(frame).activities) {
      if (activity.type === 'message' && activity.from.role === 'bot') answered?.(activity.id);
    }
  });
  return {
    async ask(text) {
      const answer = new Promise<string>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no answer to ${text}`)), patienceMs);
        answered = (id) => {
          clearTimeout(late);
          resolve(id);
        };
      });
      const activity = {
        type: 'message',
        from: { id: 'bench' },
        text,
        channelData: { clientActivityID: randomUUID() },
      };
      const { status, body } = await post(activities, activity, headers);
      if (status !== 200) throw new Error(`POST was answered ${status} ${body}`);
      await answer;
    },
    close: () => socket.terminate(),
  };
}

async function postmaster(dataDir: string): Promise<number> {
  const { password, port } = JSON.parse(readFileSync(join(dataDir, 'cluster.json'), 'utf8'));
  const db = new pg.Client({ connectionString: `postgres://yingda:${password}@127.0.0.1:${port}/yingda` });
  await db.connect();
  const { rows } = await db.query<{ file: string }>("SELECT pg_read_file('postmaster.pid') AS file");
  await db.end();
  return Number(rows[0]?.file.split('\n')[0]);
}
