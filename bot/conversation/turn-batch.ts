import type { Capabilities } from '../../channels/channel.ts';
import { type Database, hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { AwaitsRemote, LEASE_MS, RemoteAnswers, type RemoteCall } from './remote.ts';
import { Draft } from './turn.ts';

export interface BatchParts {
  db: Database;
  /** Epoch ms. */
  now(): number;
  /** True if turns may ask other machines. It costs each two more statements. */
  remote: boolean;
  /** Decides what the turn says and does. */
  play(draft: Draft): Promise<void>;
  /** What the channel of an account can do; undefined if it is off. */
  canOf(account: string): Capabilities | undefined;
  /** When quiet hours end that run now: what we start ourselves waits until then. */
  quietUntil(now: number): number | undefined;
}

export interface Committed {
  said: hot.SaidRow[];
  events: hot.EventRow[];
  queued: boolean;
  /** For the log: ids, never words. */
  turns: TurnNote[];
  /** A word was left for another conversation. */
  told: boolean;
  /** Turns that were not committed but leased, until another machine has answered. */
  waiting: Awaiting[];
}

export interface TurnNote {
  turn: string;
  conversation: string;
  /** Of the requests that brought what was heard. */
  traces: string[];
  outcome: string;
  failure: string | null;
}

/** A turn that waits for a remote answer. */
export interface Awaiting {
  id: string;
  call: RemoteCall;
  answers: RemoteAnswers;
  lease: hot.Lease;
}

/** What a turn that is played again under its lease brings along. */
export type Replay = Pick<Awaiting, 'answers' | 'lease'>;

type Claim = (unit: Unit) => Promise<hot.ClaimedRow[]>;
type Scene = { row: hot.ClaimedRow; rest: hot.LoadedRow };

/**
 * Claims turns, plays and commits them, all in one transaction; those that wait for another machine are leased by it.
 * @param onClaimed hears whose turns these are before anything can fail
 */
export async function commitBatch(
  parts: BatchParts,
  claim: Claim,
  { replay, onClaimed }: { replay?: Replay; onClaimed?: (ids: string[]) => void },
): Promise<Committed | undefined> {
  return parts.db.transaction(async (unit) => {
    const claimed = await claim(unit);
    if (claimed.length === 0) return undefined;
    onClaimed?.(claimed.map(({ id }) => id));
    const loaded = await scenes(unit, claimed, parts.now());
    // Read only now: a turn is never earlier than what it hears, which may have come since the claim was made.
    const now = new Date(parts.now());
    const until = new Date(now.getTime() + LEASE_MS);
    const lease = replay?.lease ?? { token: uuidv7(now.getTime()), until };
    const ready: Draft[] = [];
    const waiting: Awaiting[] = [];
    for (const scene of loaded) {
      const answers = replay?.answers ?? new RemoteAnswers();
      const played = await playOne(parts, unit, scene, { now: now.getTime(), answers });
      if (played instanceof Draft) ready.push(played);
      else waiting.push({ id: scene.row.id, call: played.call, answers, lease });
    }
    const ids = waiting.map(({ id }) => id);
    if (ids.length > 0 && !replay) await hot.leaseTurns(unit.sql, ids, lease);
    return { ...(await write(parts, unit, ready, now)), waiting };
  });
}

async function scenes(unit: Unit, claimed: hot.ClaimedRow[], now: number): Promise<Scene[]> {
  const since = new Date(Math.min(...claimed.map((c) => c.dueSince?.getTime() ?? now)));
  const ids = claimed.map((c) => c.id);
  const loaded = new Map((await hot.loadTurns(unit.sql, ids, since)).map((l) => [l.id, l]));
  return claimed.flatMap((row) => {
    const rest = loaded.get(row.id);
    return rest ? [{ row, rest }] : [];
  });
}

/** A turn played; or, undone again, what it waits for. */
async function playOne(
  { remote, play, canOf }: BatchParts,
  unit: Unit,
  { row, rest }: Scene,
  { now, answers }: { now: number; answers: RemoteAnswers },
): Promise<Draft | AwaitsRemote> {
  const hooks: (() => void)[] = [];
  const own: Unit = {
    sql: unit.sql,
    get prisma() {
      return unit.prisma;
    },
    afterCommit: (hook) => void hooks.push(hook),
  };
  const draft = new Draft(row, rest, { now, unit: own, answers, can: canOf(rest.account) });
  if (remote) await unit.sql.query({ text: 'SAVEPOINT turn' });
  try {
    await play(draft);
  } catch (error) {
    if (!remote || !(error instanceof AwaitsRemote)) throw error;
    await unit.sql.query({ text: 'ROLLBACK TO SAVEPOINT turn' });
    return error;
  }
  for (const hook of hooks) unit.afterCommit(hook);
  return draft;
}

async function write(
  { quietUntil }: BatchParts,
  unit: Unit,
  drafts: Draft[],
  now: Date,
): Promise<Omit<Committed, 'waiting'>> {
  const said = drafts.flatMap((d) => d.said);
  const deliveries = queued(drafts, () => quietUntil(now.getTime()));
  await hot.commitTurns(
    unit.sql,
    drafts.map((d) => d.row()),
    said,
    now,
  );
  const unmark = drafts.filter((d) => d.unmarks).map((d) => d.conversation.addressId);
  if (unmark.length > 0) await hot.unmarkAddresses(unit.sql, unmark);
  if (deliveries.length > 0) await hot.queueDeliveries(unit.sql, deliveries, now);
  const events: hot.EventRow[] = [];
  // In one order for everybody: each append locks its stream until the commit.
  for (const [stream, list] of [...byStream(drafts)].sort(([a], [b]) => (a < b ? -1 : 1)))
    events.push(...(await hot.appendEvents(unit.sql, stream, list, now)));
  const turns = drafts.map(noteOf);
  return { said, events, turns, queued: deliveries.length > 0, told: drafts.some((d) => d.told) };
}

function noteOf({ id, conversation, heard, outcome, failure }: Draft): TurnNote {
  const traces = heard.flatMap(({ trace }) => trace ?? []);
  return { turn: id, conversation: conversation.id, traces, outcome, failure };
}

/** Before the turns' rows are made: what was written beside choices is kept in the conversation's state. */
function queued(drafts: Draft[], quietUntil: () => number | undefined): hot.DeliveryRow[] {
  const pushed = drafts.filter(({ conversation }) => conversation.can?.push);
  // Most turns are web chat's: the calendar isn't asked for them.
  const until = pushed.length > 0 ? quietUntil() : undefined;
  const notBefore = until === undefined ? undefined : new Date(until);
  return pushed.flatMap((draft) => {
    const { can } = draft.conversation;
    return can ? draft.deliveries(can, notBefore) : [];
  });
}

function byStream(drafts: Draft[]): Map<string, hot.NewEvent[]> {
  const streams = new Map<string, hot.NewEvent[]>();
  for (const draft of drafts) {
    for (const { stream, type, data } of draft.events) {
      const list = streams.get(stream) ?? [];
      list.push({ id: uuidv7(draft.now), type, data });
      streams.set(stream, list);
    }
  }
  return streams;
}
