import { z } from 'zod';
import type { Sql } from '../../prisma/client.ts';
import { WHY, type Why, whyText } from './why.ts';

/**
 * What hinders our messages to a customer, for who writes to them. `waiting`: tried and not through yet; `undelivered`:
 * given up, or reported as failed; `unsure`: it may have arrived twice.
 */
export const hindered = z.strictObject({
  /** Why the address can't be reached any more: blocked, unknown. */
  mark: z.string().nullable(),
  messages: z.array(
    z.strictObject({
      seq: z.number(),
      state: z.enum(['waiting', 'undelivered', 'unsure']),
      why: z.enum(WHY).nullable(),
    }),
  ),
});
export type Hindered = z.output<typeof hindered>;

/** So far back messages are looked at. */
const RECENT = 200;

const addressText = `SELECT a.mark, c.last_seq AS "lastSeq"
FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`;

// One that was sent again stands for itself no more.
const messagesText = `SELECT d.seq, d.state, d.receipt, ${whyText} AS why
FROM delivery d WHERE d.conversation_id = $1 AND d.seq > $2 AND d.resent_at IS NULL
  AND (d.state = 'dead' OR d.receipt = 'failed' OR d.maybe_repeated OR (d.state IN ('queued', 'sending') AND d.attempts > 0))
ORDER BY d.seq, d.position`;

interface Row {
  seq: number;
  state: string;
  receipt: string | null;
  why: Why;
  [column: string]: unknown;
}

/** What hinders the newest messages of a conversation; nothing for one whose channel fetches by itself. */
export async function hinderedIn(sql: Sql, conversationId: string): Promise<Hindered | undefined> {
  type Address = { mark: string | null; lastSeq: number };
  const values = [conversationId];
  const { rows } = await sql.query<Address & Record<string, unknown>>({ text: addressText, values });
  const [address] = rows;
  if (!address) return undefined;
  const { mark, lastSeq } = address;
  const found = await sql.query<Row>({
    text: messagesText,
    values: [conversationId, Number(lastSeq) - RECENT],
  });
  // Of a message's parts the worst counts.
  const messages = new Map<number, Hindered['messages'][number]>();
  for (const row of found.rows) {
    const next = standing(row);
    const known = messages.get(next.seq);
    if (!known || WORSE.indexOf(next.state) < WORSE.indexOf(known.state)) messages.set(next.seq, next);
  }
  return { mark, messages: [...messages.values()] };
}

const WORSE: readonly Hindered['messages'][number]['state'][] = ['undelivered', 'waiting', 'unsure'];

function standing({ seq, state, receipt, why }: Row): Hindered['messages'][number] {
  const at = Number(seq);
  if (state === 'dead' || receipt === 'failed') return { seq: at, state: 'undelivered', why };
  return { seq: at, state: state === 'sent' ? 'unsure' : 'waiting', why: null };
}
