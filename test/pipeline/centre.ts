import { randomUUID } from 'node:crypto';
import { channelHost } from '../../bot/conversation/host.ts';
import { Pipeline, type PipelineParts } from '../../bot/conversation/pipeline.ts';
import type { Account, Channel, ChannelHost } from '../../channels/channel.ts';
import { type Database, openDatabase, uuidv7 } from '../../prisma/client.ts';
import { createTestDatabase } from '../setup/database.ts';

/** A pipeline on a real database of its own, with a bot that repeats what it hears. */
export interface Centre {
  db: Database;
  url: string;
  pipeline: Pipeline;
  host: ChannelHost;
  account: Account;
  /** A new customer's conversation. */
  visitor(): Promise<Visitor>;
  agent(name: string): Promise<{ id: string; name: string }>;
  /** A second process on the same database. */
  another(parts?: Partial<PipelineParts>): Promise<Pipeline>;
  close(): Promise<void>;
}

export interface Visitor {
  conversationId: string;
  says(text: string, externalId?: string): Promise<{ id: string; seq: number; repeated: boolean }>;
  /** Everything said on the conversation's own side, as `author: text`. */
  transcript(): Promise<string[]>;
  /** Resolves when the transcript has this many lines. */
  hears(lines: number): Promise<string[]>;
}

const vault = {
  lookup: (v: string) => Buffer.from(v),
  seal: (v: string) => Buffer.from(v),
  open: (v: Uint8Array) => Buffer.from(v).toString(),
};

export async function openCentre(
  overrides: Partial<PipelineParts> = {},
  channel?: Channel,
  given?: Account,
): Promise<Centre> {
  const test = await createTestDatabase();
  const errors: unknown[] = [];
  const db = openDatabase({ url: test.url, onError: (e) => void errors.push(e) });
  const name = channel?.name ?? 'fake';
  const parts: PipelineParts = {
    db,
    now: Date.now,
    random: Math.random,
    vault,
    channels: new Map(channel ? [[channel.name, channel]] : []),
    respond: async (turn) => {
      for (const { text } of turn.heard) turn.say('answer', `echo ${text}`);
    },
    fallback: async (turn) => turn.handOff({ reason: 'turn_failed', queue: 'general', summary: {} }),
    press: () => Promise.reject(new Error('no cards here')),
    remote: true,
    onError: (e) => void errors.push(e),
    ...overrides,
  };
  const account: Account = given ?? {
    id: `${name}:test`,
    channel: name,
    name: 'test',
    audience: 'customer',
    settings: {},
  };
  const { settings, ...kept } = account;
  await db.prisma.channelAccount.create({
    data: { ...kept, settings: JSON.parse(JSON.stringify(settings)), createdAt: new Date() },
  });
  const pipeline = new Pipeline(parts);
  const host = channelHost(pipeline, () => Buffer.alloc(32));
  await pipeline.start();
  const others: Pipeline[] = [];
  return {
    db,
    url: test.url,
    pipeline,
    host,
    account,
    visitor: () => visitor(host, account),
    agent: (agentName) => agent(db, agentName),
    async another(more = {}) {
      const other = new Pipeline({ ...parts, ...more });
      others.push(other);
      await other.start();
      return other;
    },
    async close() {
      for (const p of [pipeline, ...others]) await p.stop();
      await db.close();
      await test.drop();
    },
  };
}

async function visitor(host: ChannelHost, account: Account): Promise<Visitor> {
  const conversationId = await host.thread(account, randomUUID(), 'zh-CN');
  const transcript = async () =>
    (await host.read(conversationId, 0, 1000)).map((m) => `${m.author}: ${m.text}`);
  return {
    conversationId,
    says: (text, externalId) => host.receive(account, { conversationId, kind: 'message', text, externalId }),
    transcript,
    async hears(lines) {
      for (let i = 0; i < 500; i++) {
        const said = await transcript();
        if (said.length >= lines) return said;
        await new Promise((r) => setTimeout(r, 10));
      }
      return transcript();
    },
  };
}

async function agent(db: Database, name: string) {
  const id = uuidv7(Date.now());
  const data = {
    id,
    number: id,
    name,
    role: 'agent',
    jobType: 'hotline',
    passwordHash: '',
    createdAt: new Date(),
  };
  await db.prisma.person.create({ data });
  return { id, name };
}
