import type { Sql } from '../../prisma/client.ts';

export type Linked = 'linked' | 'taken';

/**
 * Makes an address the colleague's own 绑定工号. One colleague has one address of each account: words and cards for them
 * go there.
 */
export async function link(sql: Sql, addressId: string, personId: string): Promise<Linked> {
  // The colleague's row orders two links of theirs; the address is this turn's own.
  await sql.query({ text: 'SELECT FROM person WHERE id = $1 FOR UPDATE', values: [personId] });
  const { rowCount } = await sql.query({
    text: `UPDATE address a SET person_id = $2 WHERE id = $1 AND person_id IS NULL AND NOT EXISTS (
      SELECT FROM address b WHERE b.channel_account_id = a.channel_account_id AND b.person_id = $2)`,
    values: [addressId, personId],
  });
  return rowCount === 1 ? 'linked' : 'taken';
}

export interface OwnAddress {
  id: string;
  account: string;
  name: string;
  [column: string]: unknown;
}

/** All addresses of a colleague, also the chat of the web page that needs no link. */
export async function linkedTo(sql: Sql, personId: string): Promise<OwnAddress[]> {
  const { rows } = await sql.query<OwnAddress>({
    text: `SELECT a.id, ca.id AS account, ca.name FROM address a JOIN channel_account ca ON ca.id = a.channel_account_id
      WHERE a.person_id = $1 ORDER BY a.created_at`,
    values: [personId],
  });
  return rows;
}

/** From now on the address gets no staff function. False: it wasn't theirs. */
export async function unlink(sql: Sql, addressId: string, personId: string): Promise<boolean> {
  const text = 'UPDATE address SET person_id = NULL WHERE id = $1 AND person_id = $2';
  return (await sql.query({ text, values: [addressId, personId] })).rowCount === 1;
}
