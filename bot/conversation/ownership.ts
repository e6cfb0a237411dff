import { hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';

/** Every change of ownership is told here, to those who watch the desk. */
export const deskStream = 'desk';

const queueText = `UPDATE episode SET owner = 'queue', person_id = NULL, queue = $2, reason = $3, summary = $4, queued_at = $5
WHERE id = $1 AND closed_at IS NULL`;
const aheadText = `SELECT count(*) AS n FROM episode WHERE owner = 'queue' AND closed_at IS NULL AND queue = $1 AND queued_at < $2`;

/** Where a conversation goes when it is handed over, and what the next one has to know. */
export interface HandOff {
  reason: string;
  queue: string;
  summary: Record<string, unknown>;
}

/** As much of a turn as changes hands in it. */
export interface Handing {
  readonly now: number;
  readonly unit: Unit;
  readonly conversation: { id: string };
  readonly episode: {
    id: string | null;
    owner: 'bot' | 'queue' | 'agent';
    queue: string | null;
    queuedAt: Date | null;
  };
  epoch: number;
  note(outcome: 'handoff'): void;
  emit(stream: string, type: string, data: Record<string, unknown>): void;
}

/** Bot → queue, within the bot's turn: its row is locked, its own words follow at the new epoch. */
export async function toQueue(draft: Handing, { queue, reason, summary }: HandOff): Promise<void> {
  const { unit, conversation, episode } = draft;
  const now = new Date(draft.now);
  // The agent finished while the customer was still writing: what came after belongs to a new episode.
  episode.id ??= await openEpisode(unit, conversation.id, now);
  draft.epoch = await hot.raiseEpoch(unit.sql, conversation.id, draft.epoch, now);
  await unit.sql.query({
    name: 'to-queue',
    text: queueText,
    values: [episode.id, queue, reason, JSON.stringify(summary), now],
  });
  episode.owner = 'queue';
  episode.queue = queue;
  episode.queuedAt = now;
  draft.note('handoff');
  draft.emit(deskStream, 'queued', { conversationId: conversation.id, episodeId: episode.id, queue, reason });
}

async function openEpisode(unit: Unit, conversationId: string, now: Date): Promise<string> {
  const id = uuidv7(now.getTime());
  const text = `WITH e AS (INSERT INTO episode (id, conversation_id, opened_at) VALUES ($1, $2, $3))
    UPDATE conversation SET episode_id = $1 WHERE id = $2`;
  await unit.sql.query({ text, values: [id, conversationId, now] });
  return id;
}

/** How many waited in this queue before `since`. */
export async function waitingBefore(unit: Pick<Unit, 'sql'>, queue: string, since: number): Promise<number> {
  const values = [queue, new Date(since)];
  const { rows } = await unit.sql.query<{ n: number }>({ name: 'ahead', text: aheadText, values });
  return rows[0]?.n ?? 0;
}

/** Queue → bot, within the bot's turn: the customer doesn't want to wait. */
export async function backToBot(draft: Handing): Promise<void> {
  const { unit, conversation, episode } = draft;
  draft.epoch = await hot.raiseEpoch(unit.sql, conversation.id, draft.epoch, new Date(draft.now));
  const text = `UPDATE episode SET owner = 'bot', person_id = NULL, queued_at = NULL WHERE id = $1`;
  await unit.sql.query({ text, values: [episode.id] });
  episode.owner = 'bot';
  draft.emit(deskStream, 'left', { conversationId: conversation.id, episodeId: episode.id });
}

export interface Moved {
  conversationId: string;
  episodeId: string;
  epoch: number;
  said: hot.MessageRow[];
  events: hot.EventRow[];
}

/** What a change of hands leaves in the transcript. */
export interface Words {
  text: string;
  data: Record<string, unknown>;
}

/**
 * Queue → agent, or bot → agent unless the agent saw it in the queue (`from`). Exactly one of several who press "take" at once
 * gets it; the others get `already_taken` with the owner's name. Throws not_found, gone (nothing open to take),
 * already_taken, not_waiting (the customer left the queue meanwhile).
 */
export function take(
  unit: Unit,
  conversationId: string,
  person: { id: string; name: string },
  words: Words,
  now: Date,
  from: 'queue' | 'bot' = 'bot',
): Promise<Moved> {
  return change(unit, conversationId, now, words, async (held) => {
    const { owner, personId, personName, episodeId } = held;
    if (owner === 'agent' && personId !== person.id)
      throw new AppError('already_taken', undefined, { by: personName });
    if (owner === 'agent') return undefined;
    if (owner === 'bot' && from === 'queue') throw new AppError('not_waiting');
    const text = `UPDATE episode SET owner = 'agent', person_id = $2, taken_at = $3, first_person_id = coalesce(first_person_id, $2) WHERE id = $1`;
    await unit.sql.query({ name: 'take', text, values: [episodeId, person.id, now] });
    return { type: 'taken', data: { personId: person.id } };
  });
}

/** Whether somebody who doesn't own a conversation may end its service all the same, as a shift leader may. */
export type Reach = (held: hot.OwnerRow) => boolean;
const nobody: Reach = () => false;

/** Agent → bot. Throws not_owner for anybody but the owner and those who `reach` it. */
export function release(
  unit: Unit,
  conversationId: string,
  person: { id: string },
  words: Words,
  now: Date,
  reach = nobody,
): Promise<Moved> {
  return change(unit, conversationId, now, words, async (held) => {
    assertOwner(held, person, reach);
    const text = `UPDATE episode SET owner = 'bot', person_id = NULL, queued_at = NULL WHERE id = $1`;
    await unit.sql.query({ text, values: [held.episodeId] });
    return { type: 'released', data: {} };
  });
}

/** Ends the episode with its wrap-up code 小结. The customer's next word opens a new one. */
export function finish(
  unit: Unit,
  conversationId: string,
  person: { id: string },
  wrapUp: string,
  words: Words,
  now: Date,
  reach = nobody,
): Promise<Moved> {
  return change(unit, conversationId, now, words, async (held) => {
    assertOwner(held, person, reach);
    const text = `UPDATE episode SET closed_at = $2, wrap_up = $3 WHERE id = $1`;
    await unit.sql.query({ text, values: [held.episodeId, now, wrapUp] });
    await unit.sql.query({
      text: 'UPDATE conversation SET episode_id = NULL, state = $2 WHERE id = $1',
      values: [conversationId, '{}'],
    });
    return { type: 'finished', data: { wrapUp } };
  });
}

/** Throws not_owner unless an agent has the conversation, and `person` is that agent or reaches it. */
export function assertOwner(held: hot.OwnerRow, person: { id: string }, reach = nobody): void {
  if (held.owner !== 'agent' || (held.personId !== person.id && !reach(held)))
    throw new AppError('not_owner', undefined, { by: held.personName });
}

/** What an ownership change reports to the desk; undefined if it was the owner's own repeat. */
type Change = { type: string; data: Record<string, unknown> } | undefined;

async function change(
  unit: Unit,
  conversationId: string,
  now: Date,
  words: Words,
  move: (held: hot.OwnerRow) => Promise<Change>,
): Promise<Moved> {
  const held = await hot.hold(unit.sql, conversationId);
  if (held?.audience !== 'customer') throw new AppError('not_found');
  if (!held.owner) throw new AppError('gone');
  const { episodeId } = held.owner;
  const moved = await move(held.owner);
  if (!moved) return { conversationId, episodeId, epoch: held.epoch, said: [], events: [] };
  const epoch = await hot.raiseEpoch(unit.sql, conversationId, held.epoch, now);
  const said = await saySystem(unit, { conversationId, epoch, episodeId }, words, now);
  const data = { ...moved.data, conversationId, episodeId };
  const event = { id: uuidv7(now.getTime()), type: moved.type, data };
  const events = await hot.appendEvents(unit.sql, deskStream, [event], now);
  return { conversationId, episodeId, epoch, said, events };
}

async function saySystem(unit: Unit, at: hot.At, words: Words, now: Date): Promise<hot.MessageRow[]> {
  const message = {
    id: uuidv7(now.getTime()),
    author: 'system',
    personId: null,
    visibility: 'all',
    ...words,
  } as const;
  const got = await hot.append(unit.sql, at, message, now);
  if (!got) return [];
  return [
    { ...message, ...got, conversationId: at.conversationId, kind: 'message', state: 'sent', createdAt: now },
  ];
}
