import type { Sql } from '../../prisma/client.ts';

const rememberText = `INSERT INTO channel_memory (channel_account_id, text, updated_at) VALUES ($1, $2, $3)
ON CONFLICT (channel_account_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`;

/** Keeps what a channel wants to find again after a restart. */
export async function remember(sql: Sql, account: string, text: string, now: Date): Promise<void> {
  if (text.length > 1000) throw new RangeError('a channel remembers at most 1000 characters');
  await sql.query({ name: 'remember', text: rememberText, values: [account, text, now] });
}

export async function recall(sql: Sql, account: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ text: string }>({
    name: 'recall',
    text: 'SELECT text FROM channel_memory WHERE channel_account_id = $1',
    values: [account],
  });
  return rows[0]?.text;
}
