import { hot, type Unit } from '../../prisma/client.ts';
import { Loop } from '../conversation/loop.ts';
import { thread } from '../conversation/threads.ts';
import { type BroadcastParts, sendingChannel } from './parts.ts';
import { after, grant, MOST_UNSENT, type State } from './rules.ts';
import { sayTo } from './say.ts';

export interface BroadcastWorkerParts extends BroadcastParts {
  now(): number;
  onError(error: unknown): void;
}

const restMs = 500;
const atOnce = 8;
const offMs = 30_000;

const dueText = `SELECT id FROM broadcast WHERE state IN ('scheduled', 'running') AND next_at <= $1 ORDER BY next_at, id LIMIT ${atOnce}`;
const grantText = `SELECT account_id AS account, state, per_minute AS "perMinute", next_at AS "nextAt" FROM broadcast
WHERE id = $1 AND state IN ('scheduled', 'running') AND next_at <= $2 FOR UPDATE SKIP LOCKED`;
const grantedText = `UPDATE broadcast SET state = $2, next_at = $3, started_at = coalesce(started_at, $4) WHERE id = $1`;
const laterText = `UPDATE broadcast SET next_at = $2 WHERE id = $1`;
// The shared lock: who pauses or cancels waits for the recipient in hand, and no other is claimed after that.
const runningText = `SELECT account_id AS account, text FROM broadcast WHERE id = $1 AND state = 'running' FOR SHARE`;
const claimText = `SELECT position, value_sealed AS sealed FROM broadcast_recipient
WHERE broadcast_id = $1 AND state = 'waiting' ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED`;
const markText = `UPDATE broadcast_recipient SET state = $3, delivery_id = $4 WHERE broadcast_id = $1 AND position = $2`;
const refusedText = `SELECT a.opted_out_at IS NOT NULL OR a.mark IS NOT NULL AS refused
FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`;
// A recipient whom another process has in hand still waits here; and what is queued can still be paused or cancelled.
const finishText = `UPDATE broadcast SET state = 'done', ended_at = $2 WHERE id = $1 AND state = 'running'
AND NOT EXISTS (SELECT FROM broadcast_recipient r WHERE r.broadcast_id = $1 AND r.state = 'waiting')
AND NOT EXISTS (SELECT FROM delivery d WHERE d.broadcast_id = $1 AND d.state IN ('queued', 'sending'))`;

/**
 * Sends broadcasts that are due, at their pace. A recipient is claimed, told and marked in one transaction: a process
 * that dies has told a recipient and marked them, or neither.
 */
export class BroadcastWorker {
  readonly #parts: BroadcastWorkerParts;
  /** Starts and stops it. Stopping finishes the recipient in hand. */
  readonly loop: Loop;

  constructor(parts: BroadcastWorkerParts) {
    this.#parts = parts;
    this.loop = new Loop(() => this.#round(), restMs, parts.onError);
  }

  async #round(): Promise<boolean> {
    const { db, now, quietUntil } = this.#parts;
    // Held back here and not in the lanes: in the morning they would all be let go at once, whatever the pace.
    if (quietUntil(now()) !== undefined) return false;
    const { rows } = await db.sql.query<{ id: string }>({ text: dueText, values: [new Date(now())] });
    for (const { id } of rows) await this.#run(id).catch(this.#parts.onError);
    return rows.length === atOnce;
  }

  async #run(id: string): Promise<void> {
    const { db, now } = this.#parts;
    const take = await db.transaction((unit) => this.#grant(unit, id));
    for (let i = 0; i < take && !this.loop.stopping; i++) {
      if (await db.transaction((unit) => this.#next(unit, id))) continue;
      await db.sql.query({ text: finishText, values: [id, new Date(now())] });
      return;
    }
  }

  /** Takes from the pace before anybody is told: who dies in between has been slower, never faster. */
  async #grant({ sql }: Unit, id: string): Promise<number> {
    const at = this.#parts.now();
    type Due = { account: string; state: State; perMinute: number; nextAt: Date };
    const { rows } = await sql.query<Due>({ text: grantText, values: [id, new Date(at)] });
    const [due] = rows;
    if (!due) return 0;
    if (!sendingChannel(this.#parts, due.account)) {
      // Asked again later: those that wait for their channel must not stand before those that could go on.
      await sql.query({ text: laterText, values: [id, new Date(at + offMs)] });
      return 0;
    }
    const room = MOST_UNSENT - (await hot.unsentOfBroadcasts(sql, due.account));
    const { take, nextAt } = grant(due.nextAt.getTime(), at, due.perMinute, room);
    const state = after(due.state, 'begin') ?? due.state;
    await sql.query({ text: grantedText, values: [id, state, new Date(nextAt), new Date(at)] });
    return take;
  }

  /** Tells one recipient; false if nobody is left to be claimed, or it no longer runs. */
  async #next(unit: Unit, id: string): Promise<boolean> {
    const { sql } = unit;
    type Running = { account: string; text: string };
    const running = (await sql.query<Running>({ text: runningText, values: [id] })).rows[0];
    const channel = running && sendingChannel(this.#parts, running.account);
    if (!channel) return false;
    type Claimed = { position: number; sealed: Buffer };
    const claimed = (await sql.query<Claimed>({ text: claimText, values: [id] })).rows[0];
    if (!claimed) return false;
    const vault = this.#parts.vault();
    const to = channel.addressOf(running.account, vault.open(claimed.sealed));
    const now = this.#parts.now();
    const place = to && { account: running.account, audience: 'customer' as const, ...to };
    const conversationId = place && (await thread(unit, vault, place, now));
    const saying = to && { text: running.text, can: channel.can, locale: to.locale, broadcastId: id };
    const told =
      saying && conversationId && !(await refused(unit, conversationId))
        ? await sayTo(unit, conversationId, saying, now)
        : undefined;
    const values = [id, claimed.position, told ? 'queued' : 'skipped', told?.deliveryId ?? null];
    await sql.query({ text: markText, values });
    if (told) unit.afterCommit(() => this.#told(told.said));
    return true;
  }

  #told(said: hot.MessageRow): void {
    this.#parts.publish([said]);
    this.#parts.nudge();
  }
}

/** Opted out, or refused by the platform, since the list was read. */
async function refused({ sql }: Unit, conversationId: string): Promise<boolean> {
  const { rows } = await sql.query<{ refused: boolean }>({ text: refusedText, values: [conversationId] });
  return rows[0]?.refused ?? false;
}
