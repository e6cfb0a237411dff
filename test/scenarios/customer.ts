import { expect } from 'vitest';
import { type TestClock, testClock } from '../../bot/clock.ts';
import type { PipelineParts } from '../../bot/conversation/pipeline.ts';
import type { Turn } from '../../bot/conversation/turn.ts';
import { customerFallback } from '../../bot/customer/fallback.ts';
import { customerResponder } from '../../bot/customer/respond.ts';
import type { CustomerParts } from '../../bot/customer/talk.ts';
import { createAudit } from '../../bot/people/audit.ts';
import { createSealing } from '../../bot/people/sealing.ts';
import { optWord, quietUntil } from '../../bot/policy/contact.ts';
import { defaultPolicyText } from '../../bot/policy/default.ts';
import { loadPolicy } from '../../bot/policy/load.ts';
import { activePolicy, type PolicyVersion } from '../../bot/policy/versions.ts';
import type { Channel, OutboundMessage } from '../../channels/channel.ts';
import { KnowledgeBase, type KnowledgeOptions } from '../../knowledge/index.ts';
import { hot, uuidv7 } from '../../prisma/client.ts';
import { seedDemo } from '../../prisma/seed/demo.ts';
import { type Centre, openCentre } from '../pipeline/centre.ts';

/** The demo centre with the customers' bot in it: the real pipeline, database and knowledge, and a clock to move. */
export interface Scene {
  centre: Centre;
  clock: TestClock;
  /** A new customer with a conversation of their own. */
  customer(): Promise<Customer>;
  /** Puts a changed policy in force. */
  policy(change: (text: string) => string): Promise<void>;
  /** Makes the next turns fail, so often. */
  breakTurns(times: number): void;
  close(): Promise<void>;
}

export interface Customer {
  conversationId: string;
  /** Says something (several messages at once, if several) and waits for the bot's turn. */
  says(...texts: string[]): Promise<Heard>;
  /** Presses a button of the last reply, as channels send it: its value, as if typed. */
  presses(title: string): Promise<Heard>;
  turns(): Promise<{ outcome: string; failure: string | null }[]>;
  transcript(): Promise<string[]>;
}

/** What the bot said in its turn. */
export interface Heard {
  messages: OutboundMessage[];
  text: string;
  /** Titles of what can be pressed on the last message. */
  buttons: string[];
  outcome: unknown;
  entryIds: unknown;
  /** `label: value` lines of the card. */
  facts: string[];
}

export async function openScene(
  now = '2026-06-10T10:00+08:00',
  { model, channel }: Pick<KnowledgeOptions, 'model'> & { channel?: Channel } = {},
): Promise<Scene> {
  const clock = testClock(now);
  let failures = 0;
  let respond: (turn: Turn) => Promise<void> = async () => {};
  let fallback: (turn: Turn) => Promise<void> = async () => {};
  const contact = loadPolicy(defaultPolicyText()).policy.contact;
  const parts: Partial<PipelineParts> = {
    now: clock.now,
    respond: async (turn) => {
      if (failures-- > 0) throw new Error('broken on purpose');
      await respond(turn);
    },
    fallback: (turn) => fallback(turn),
    optWord: (text) => optWord(contact, text),
    quietUntil: (at) => quietUntil(contact.quietHours, at, 'Asia/Shanghai'),
  };
  const centre = await openCentre(parts, channel);
  const { parts: customers, policy } = await demo(centre, clock, model);
  respond = customerResponder(customers);
  fallback = customerFallback(customers);
  return {
    centre,
    clock,
    customer: () => customer(centre),
    policy,
    breakTurns(times) {
      failures = times;
    },
    close: () => centre.close(),
  };
}

async function demo({ db, pipeline }: Centre, clock: TestClock, model: KnowledgeOptions['model']) {
  const content = { content: defaultPolicyText(), hash: loadPolicy(defaultPolicyText()).hash };
  const hashPassword = async () => 'none';
  await seedDemo(db, { now: clock.now(), production: false, policy: content, hashPassword });
  let version = await activePolicy(db, clock.now());
  const knowledge = new KnowledgeBase({
    db,
    variables: version.policy.wording,
    ...(model && { model }),
    onError(error) {
      throw error;
    },
  });
  await (await knowledge.load()).ready;
  const sealing = createSealing(Buffer.alloc(32, 1));
  const audit = createAudit({ clock, sealing });
  const { vault } = pipeline.parts;
  const parts: CustomerParts = { knowledge, policy: () => version, sealing, audit, vault };
  const policy = async (change: (text: string) => string) => {
    const text = change(defaultPolicyText());
    if (text === defaultPolicyText()) throw new Error('the policy was not changed');
    version = await activate(db, text, clock.now());
  };
  return { parts, policy };
}

async function activate(db: Centre['db'], text: string, now: number): Promise<PolicyVersion> {
  const loaded = loadPolicy(text);
  const at = new Date(now);
  const row = { id: uuidv7(now), hash: loaded.hash, content: text, createdAt: at, activatedAt: at };
  await db.prisma.policyVersion.create({ data: row });
  return { ...loaded, id: row.id };
}

async function customer({ host, db, visitor }: Centre): Promise<Customer> {
  const { conversationId, says: send, transcript } = await visitor();
  let last: Heard | undefined;
  const hear = async (...texts: string[]) => {
    const before = (await hot.streamHeads(db.sql, [conversationId], [])).get(conversationId) ?? 0;
    // In one batch of the intake each conversation has one message; the worker may take them one by one.
    const got = [];
    for (const text of texts) got.push(await send(text));
    await handled(db, conversationId, got.at(-1)?.seq ?? 0);
    const messages = (await host.read(conversationId, before, 1000)).filter((m) => m.author === 'bot');
    last = heard(messages);
    return last;
  };
  return {
    conversationId,
    says: hear,
    async presses(title) {
      const final = last?.messages.at(-1);
      const pressed = [...(final?.actions ?? []), ...(final?.card?.buttons ?? [])].find(
        (b) => b.title === title,
      );
      if (!pressed)
        throw new Error(`there is no button ${title} on: ${last?.text} [${last?.buttons.join('] [')}]`);
      return hear(pressed.value ?? pressed.title);
    },
    async turns() {
      const rows = await db.prisma.turn.findMany({ where: { conversationId }, orderBy: { fromSeq: 'asc' } });
      return rows.map(({ outcome, failure }) => ({ outcome, failure }));
    },
    transcript,
  };
}

async function handled(db: Centre['db'], conversationId: string, seq: number): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    const row = await db.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } });
    if (Number(row.handledSeq) >= seq) return;
    await new Promise((r) => setTimeout(r, 10));
  }
  expect.fail('the bot did not take its turn');
}

function heard(messages: OutboundMessage[]): Heard {
  const final = messages.at(-1);
  const data = (final?.data ?? {}) as { outcome?: unknown; entryIds?: unknown };
  return {
    messages,
    text: messages.map((m) => m.text).join('\n'),
    buttons: [...(final?.actions ?? []), ...(final?.card?.buttons ?? [])].map((b) => b.title),
    outcome: data.outcome,
    entryIds: data.entryIds,
    facts: (final?.card?.facts ?? []).map(({ label, value }) => `${label}: ${value}`),
  };
}
