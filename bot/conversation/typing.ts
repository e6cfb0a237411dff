import type { Channel } from '../../channels/channel.ts';
import type { Sql } from '../../prisma/client.ts';

export interface TypingParts {
  sql: Sql;
  now(): number;
  channelOf(account: string): Channel | undefined;
  /** False where no channel that we push to can show it: nothing is looked up then. */
  any(): boolean;
  open(sealed: Uint8Array): string;
  onError(error: unknown): void;
}

/** Platforms show the sign for some five seconds. */
const AGAIN_MS = 4000;

/** Shows on channels that we push to that the bot or an agent is writing. Best effort: nothing waits for it. */
export class TypingSigns {
  readonly #parts: TypingParts;
  readonly #shown = new Map<string, number>();

  constructor(parts: TypingParts) {
    this.#parts = parts;
  }

  show(conversationId: string): void {
    const { now, any, onError } = this.#parts;
    if (!any()) return;
    const at = now();
    if (at - (this.#shown.get(conversationId) ?? 0) < AGAIN_MS) return;
    for (const [id, shown] of this.#shown) if (at - shown >= AGAIN_MS) this.#shown.delete(id);
    this.#shown.set(conversationId, at);
    this.#send(conversationId).catch(onError);
  }

  async #send(conversationId: string): Promise<void> {
    const { sql, channelOf, open } = this.#parts;
    const text = `SELECT a.channel_account_id AS account, a.value_sealed AS sealed
      FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`;
    type Row = { account: string; sealed: Buffer };
    const { rows } = await sql.query<Row>({ name: 'typing-to', text, values: [conversationId] });
    const [row] = rows;
    const channel = row && channelOf(row.account);
    if (row && channel?.can.push && channel.can.typing) await channel.typing?.(row.account, open(row.sealed));
  }
}
