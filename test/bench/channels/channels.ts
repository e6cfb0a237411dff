import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Turn } from '../../../bot/conversation/turn.ts';
import { startEmbedded } from '../../../prisma/embedded/index.ts';
import { migrate } from '../../../prisma/migrate.ts';
import type { Peer } from '../../contracts/channel-peer.ts';
import { smppPeer } from '../../fakes/smpp-peer.ts';
import { smsPeer } from '../../fakes/sms-peer.ts';
import { teamsPeer } from '../../fakes/teams/peer.ts';
import { telegramPeer } from '../../fakes/telegram/peer.ts';
import { webchatPeer } from '../../fakes/webchat-peer.ts';
import { appPeer, kfPeer } from '../../fakes/wecom/peer.ts';
import { openCentre } from '../../pipeline/centre.ts';
import type { TestDatabase } from '../../setup/database.ts';
import type { Bench } from '../main.ts';
import { quantile as ofSorted } from '../turns/load.ts';

const PEERS: Record<string, () => Promise<Peer>> = {
  webchat: async () => webchatPeer(),
  sms: smsPeer,
  smpp: smppPeer,
  telegram: telegramPeer,
  teams: teamsPeer,
  wecom: appPeer,
  'wecom-kf': kfPeer,
};
/** People who each send the next message when answered, and how often; the first round of each is not counted. */
const PEOPLE = 16;
const ROUNDS = 12;
const PATIENCE_MS = 60_000;

interface Figures {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  ackP99Ms: number;
}

/**
 * Each channel's whole path with its peer: request in → written down and acknowledged → turn → reply handed to the
 * platform's side. The bot only repeats; the channels' paces are left away, for they are the platforms' and not ours.
 */
export const channels: Bench = async (say) => {
  const found: Record<string, Figures> = {};
  for (const [name, open] of Object.entries(PEERS)) {
    found[name] = await measure(open);
    const { perSecond, p50Ms, p99Ms, ackP99Ms } = found[name];
    say(`  ${name}: ${perSecond}/s, p50 ${p50Ms} ms, p99 ${p99Ms} ms, acknowledged p99 ${ackP99Ms} ms`);
  }
  return { channels: found };
};

async function measure(open: () => Promise<Peer>): Promise<Figures> {
  const peer = await open();
  const { channel, account } = peer;
  const { pace: _, ...can } = channel.can;
  const unpaced = new Proxy(channel, { get: (of, key) => (key === 'can' ? can : Reflect.get(of, key, of)) });
  const respond = async (turn: Turn) => {
    for (const { text } of turn.heard) turn.say('answer', `echo ${text}`);
  };
  const database = await ownDatabase();
  const centre = await openCentre({ respond }, unpaced, account, database);
  const server = createServer((request, response) => channel.http?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await channel.open(centre.host);
    await peer.listening(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return await talk(peer);
  } finally {
    await channel.close();
    await peer.close();
    server.close();
    server.closeAllConnections();
    await centre.close();
  }
}

async function talk(peer: Peer): Promise<Figures> {
  const acks: number[] = [];
  const answers: number[] = [];
  const begun = { at: 0 };
  const person = async (from: string) => {
    for (let round = 0; round < ROUNDS; round++) {
      const text = `问 ${from} ${round} 句`;
      const sent = performance.now();
      if (!(await peer.says(text, { from }))) throw new Error(`${text} was not taken`);
      const acked = performance.now();
      await answered(peer, from, `echo ${text}`, sent);
      if (round === 0) continue;
      begun.at ||= sent;
      acks.push(acked - sent);
      answers.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: PEOPLE }, (_, n) => person(`p${n}`)));
  const seconds = (performance.now() - begun.at) / 1000;
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return {
    perSecond: rounded(answers.length / seconds),
    p50Ms: rounded(quantile(answers, 0.5)),
    p99Ms: rounded(quantile(answers, 0.99)),
    ackP99Ms: rounded(quantile(acks, 0.99)),
  };
}

async function answered(peer: Peer, from: string, text: string, since: number): Promise<void> {
  while (!peer.seen(from).some((seen) => seen.kind === 'message' && seen.text.includes(text))) {
    if (performance.now() - since > PATIENCE_MS) throw new Error(`no answer: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** A server as the product runs it, fsync and all, that goes with the measurement. */
async function ownDatabase(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yingda-bench-'));
  // As root the server runs as another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  const log = {
    info() {},
    warn() {},
    error: (_: object, text: string) => void process.stderr.write(`${text}\n`),
  };
  const server = await startEmbedded({ dataDir, log });
  await migrate({ url: server.url, log });
  return {
    url: server.url,
    async drop() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function quantile(values: number[], part: number): number {
  return ofSorted(
    values.toSorted((a, b) => a - b),
    part,
  );
}
