/** Who said it: the customer or the colleague of the conversation, the bot, a human agent, or the system. */
export type Author = 'customer' | 'staff' | 'bot' | 'agent' | 'system';

/** A message as it lies in the database. `seq` is its place in the conversation, without gaps. */
export interface MessageRow {
  id: string;
  conversationId: string;
  seq: number;
  episodeId: string | null;
  author: Author;
  personId: string | null;
  visibility: 'all' | 'customer' | 'staff';
  kind: string;
  text: string;
  data: Record<string, unknown>;
  state: 'sent' | 'superseded';
  createdAt: Date;
}

export const messageColumns = `m.id, m.conversation_id AS "conversationId", m.seq, m.episode_id AS "episodeId", m.author,
  m.person_id AS "personId", m.visibility, m.kind, m.text, m.data, m.state, m.created_at AS "createdAt"`;

/** An event on a stream other than a conversation's. */
export interface EventRow {
  stream: string;
  seq: number;
  type: string;
  data: Record<string, unknown>;
  createdAt: Date;
}

/** One array per column: how many rows travel to PostgreSQL as one prepared statement (`unnest`). */
export function columns<T>(rows: readonly T[], ...pick: ((row: T) => unknown)[]): unknown[][] {
  return pick.map((of) => rows.map(of));
}
