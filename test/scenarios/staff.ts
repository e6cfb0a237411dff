import { expect } from 'vitest';
import { type TestClock, testClock } from '../../bot/clock.ts';
import { channelHost } from '../../bot/conversation/host.ts';
import type { Pipeline } from '../../bot/conversation/pipeline.ts';
import type { AddressVault } from '../../bot/conversation/threads.ts';
import type { Turn } from '../../bot/conversation/turn.ts';
import { Cards } from '../../bot/dialog/cards.ts';
import { createAudit } from '../../bot/people/audit.ts';
import { createSealing } from '../../bot/people/sealing.ts';
import { defaultPolicyText } from '../../bot/policy/default.ts';
import { loadPolicy } from '../../bot/policy/load.ts';
import { activePolicy, type PolicyVersion } from '../../bot/policy/versions.ts';
import { staffAccounts, staffChat } from '../../bot/staff/chats.ts';
import { incidentSource } from '../../bot/staff/duty/matters/incidents.ts';
import { staffJobs } from '../../bot/staff/jobs.ts';
import type { StaffParts } from '../../bot/staff/parts.ts';
import { registerStaffCards, staffFallback, staffResponder } from '../../bot/staff/respond.ts';
import type { Button, Card, ChannelHost, InboundFile, OutboundMessage } from '../../channels/channel.ts';
import type { Database } from '../../prisma/client.ts';
import { seedDemo } from '../../prisma/seed/demo.ts';
import { type Centre, openCentre } from '../pipeline/centre.ts';

/** The demo centre with the staff bot in it: the real pipeline, database and cards, and a clock to move. */
export interface StaffScene {
  db: Database;
  clock: TestClock;
  /** What the staff bot works with: for the jobs that run beside it. */
  parts: StaffParts;
  /** A colleague at their own staff chat, by number 工号; they hear what was said since the last reset. */
  colleague(number: string): Promise<Colleague>;
  /** A part of what the bot does each minute, as it would now. */
  tick(
    name:
      | 'leave'
      | 'swaps'
      | 'handovers'
      | 'notices'
      | 'attendance'
      | 'surge'
      | 'matters'
      | 'dutyLogs'
      | 'meetings',
  ): Promise<void>;
  /** As if nothing had been asked yet; the clock is back at the beginning. */
  reset(): Promise<void>;
  vault: AddressVault;
  /** Wakes the chats that were told. */
  wake(): void;
  /** What channels are offered by the process that runs now. */
  host(): ChannelHost;
  /** The process ends, another takes over: nothing is kept but what is in the database. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Colleague {
  id: string;
  conversationId: string;
  /** Says something and waits for the bot's turn. */
  says(text: string, files?: InboundFile[]): Promise<Heard>;
  /** What the bot says without being asked: waits for the next words from elsewhere. */
  hears(): Promise<Heard>;
  /** Nothing new was said. */
  hearsNothing(): Promise<void>;
  /** Presses a button of the last words: a card's button counts in the request, others are said. */
  presses(title: string, note?: string): Promise<Heard>;
  /** Presses a card's button as the channel does. */
  press(button: Button | undefined, note?: string): Promise<Card>;
}

/** What the bot said last. */
export interface Heard {
  text: string;
  buttons: string[];
  card?: Card | undefined;
  /** `label: value` lines of the card. */
  facts: string[];
  outcome: unknown;
}

interface Running {
  host: ChannelHost;
  pipeline: Pipeline;
}

export async function openStaffScene(
  now = '2026-06-10T10:00+08:00',
  policy: string = defaultPolicyText(),
): Promise<StaffScene> {
  const clock = testClock(now);
  let respond: (turn: Turn) => Promise<void> = async () => {};
  let press: Cards['press'] = () => Promise.reject(new Error('not open yet'));
  const centre = await openCentre({
    now: clock.now,
    respond: (turn) => respond(turn),
    fallback: staffFallback,
    press: (...pressed) => press(...pressed),
  });
  const { db } = centre;
  const content = { content: policy, hash: loadPolicy(policy).hash };
  const hashPassword = async () => 'none';
  await seedDemo(db, { now: clock.now(), production: false, policy: content, hashPassword });
  const version = await activePolicy(db, clock.now());
  let jobs: ReturnType<typeof staffJobs> = {};
  let running: Running = { host: centre.host, pipeline: centre.pipeline };
  let parts: StaffParts;
  const open = () => {
    const cards = new Cards(db, clock.now);
    parts = staffParts(centre, clock, version, cards, () => running.pipeline);
    registerStaffCards(cards, parts);
    jobs = staffJobs(db, parts, clock.now);
    respond = staffResponder(parts);
    press = cards.press;
  };
  open();
  // What was said before the last reset. Taken there and not when a colleague is first named: by then the bot may
  // have told them already.
  let heads = await headsOf(db);
  return {
    ...{ db, clock },
    get parts() {
      return parts;
    },
    colleague: (number) => colleague(centre, () => running.host, clock, heads, number),
    host: () => running.host,
    vault: centre.pipeline.parts.vault,
    wake: () => void running.pipeline.wakeTold(),
    async tick(name) {
      await jobs[name]?.();
    },
    async reset() {
      await until(
        () => atWork(db),
        (working) => working === 0,
        'the bot does not come to rest',
      );
      heads = await headsOf(db);
      clock.moveTo(now);
      for (const table of [
        'matter_word',
        'matter',
        'swap_consent',
        'swap',
        'roster_override',
        'leave_absence',
        'leave_ledger',
        'leave_certificate',
        'leave_decision',
        'leave_request',
        'card',
        'inbox',
      ])
        await db.sql.query({ text: `DELETE FROM ${table}` });
      await db.sql.query({ text: `UPDATE conversation SET state = '{}', due_at = NULL, locale = 'zh-CN'` });
    },
    async close() {
      const failed = await db.prisma.turn.count({ where: { failure: { not: null } } });
      await centre.close();
      expect(failed, 'turns that failed').toBe(0);
    },
    async restart() {
      await running.pipeline.stop();
      open();
      const pipeline = await centre.another();
      running = { pipeline, host: channelHost(pipeline, () => Buffer.alloc(32)) };
    },
  };
}

function staffParts(
  { pipeline }: Centre,
  clock: TestClock,
  version: PolicyVersion,
  cards: Cards,
  running: () => Pipeline,
): StaffParts {
  const audit = createAudit({ clock, sealing: createSealing(Buffer.alloc(32, 1)) });
  const wake = () => void running().wakeTold();
  const policy = () => version;
  const handover = { incidents: incidentSource(policy) };
  return { audit, cards, wake, vault: pipeline.parts.vault, policy, handover };
}

async function colleague(
  { db, pipeline }: Centre,
  host: () => ChannelHost,
  clock: TestClock,
  heads: Map<string, number>,
  number: string,
): Promise<Colleague> {
  const person = await db.prisma.person.findUniqueOrThrow({ where: { number } });
  const [account] = await staffAccounts(db);
  if (!account) throw new Error('the demo has no staff chat');
  const who = { id: person.id, locale: 'zh-CN' as const };
  const conversationId = await staffChat(db, pipeline.parts.vault, account.id, who, clock.now());
  let seen = heads.get(conversationId) ?? 0;
  let last: OutboundMessage[] = [];
  const news = async () => {
    const all = await host().read(conversationId, seen, 1000);
    seen = all.at(-1)?.seq ?? seen;
    const messages = all.filter((m) => m.author === 'bot');
    if (messages.length > 0) last = messages;
    return messages;
  };
  const press = async (button: Button | undefined, note?: string) => {
    if (!button?.token) throw new Error('no such button');
    return host().press(conversationId, button.token, note === undefined ? {} : { note });
  };
  const self: Colleague = {
    ...{ id: person.id, conversationId, press },
    async says(text, files) {
      await news();
      const { seq } = await host().receive(account, {
        conversationId,
        kind: 'message',
        text,
        ...(files && { files }),
      });
      await handled(db, conversationId, seq);
      return heard(await news());
    },
    async hears() {
      const messages = await until(news, (got) => got.length > 0, `${number} hears nothing`);
      return heard(messages);
    },
    async hearsNothing() {
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect((await news()).map(({ text }) => text)).toEqual([]);
    },
    async presses(title, note) {
      const final = last.at(-1);
      const button = buttonsOf(final).find((each) => each.title === title);
      if (!button)
        throw new Error(`no button ${title} on: ${final?.text} [${buttonsOf(final).map((b) => b.title)}]`);
      if (!button.token) return self.says(button.value ?? title);
      const card = await press(button, note);
      // As a browser redraws it.
      if (final) last = [{ ...final, card }];
      return heard(last);
    },
  };
  return self;
}

function heard(messages: OutboundMessage[]): Heard {
  const final = messages.at(-1);
  return {
    text: messages.map((message) => message.text).join('\n'),
    buttons: buttonsOf(final).map(({ title }) => title),
    card: final?.card,
    facts: (final?.card?.facts ?? []).map(({ label, value }) => `${label}: ${value}`),
    outcome: final?.data?.outcome,
  };
}

const buttonsOf = (message?: OutboundMessage): Button[] => [
  ...(message?.actions ?? []),
  ...(message?.card?.buttons ?? []),
];

async function headsOf(db: Database): Promise<Map<string, number>> {
  const rows = await db.prisma.conversation.findMany({ select: { id: true, lastSeq: true } });
  return new Map(rows.map(({ id, lastSeq }) => [id, Number(lastSeq)]));
}

/** Turns to come: words that wait in an inbox, conversations that are due. */
async function atWork(db: Database): Promise<number> {
  return (
    (await db.prisma.inbox.count({ where: { handledAt: null } })) +
    (await db.prisma.conversation.count({ where: { dueAt: { not: null } } }))
  );
}

async function handled(db: Database, conversationId: string, seq: number): Promise<void> {
  const done = async () => {
    const row = await db.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } });
    return Number(row.handledSeq) >= seq;
  };
  await until(done, (yes) => yes, `message ${seq} was not handled`);
}

async function until<T>(ask: () => Promise<T>, good: (got: T) => boolean, otherwise: string): Promise<T> {
  for (let i = 0; i < 500; i++) {
    const got = await ask();
    if (good(got)) return got;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(otherwise);
}
