import { type Sql, uuidv7 } from '../../prisma/client.ts';

export type Joined = 'joined' | 'already';

interface AddressRow {
  id: string;
  customerId: string | null;
}

/**
 * Joins two addresses, and all that either's customer has, to one customer 客户合并: addresses are re-pointed, histories
 * stay where they are, and each step can be undone. Only by a code that was made on one and sent on the other: nobody is
 * merged on a guess.
 */
export async function join(sql: Sql, here: string, there: string, now: number): Promise<Joined> {
  const [one, other] = await hold(sql, here, there);
  if (one?.customerId && one.customerId === other?.customerId) return 'already';
  const into = other?.customerId ?? one?.customerId ?? (await newCustomer(sql, now));
  for (const each of [one, other]) if (each && each.customerId !== into) await repoint(sql, each, into, now);
  return 'joined';
}

/** In id order: two joins that cross must not wait for each other. */
async function hold(sql: Sql, here: string, there: string): Promise<(AddressRow | undefined)[]> {
  const { rows } = await sql.query<AddressRow & Record<string, unknown>>({
    text: `SELECT id, customer_id AS "customerId" FROM address WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
    values: [[here, there]],
  });
  return [here, there].map((id) => rows.find((row) => row.id === id));
}

async function newCustomer(sql: Sql, now: number): Promise<string> {
  const id = uuidv7(now);
  await sql.query({
    text: 'INSERT INTO customer (id, created_at) VALUES ($1, $2)',
    values: [id, new Date(now)],
  });
  return id;
}

/** An address, or all of its customer's, to another customer. */
async function repoint(sql: Sql, { id, customerId }: AddressRow, into: string, now: number): Promise<void> {
  const { rows } = await sql.query<{ id: string }>({
    text: `UPDATE address SET customer_id = $1 WHERE id = $2 OR customer_id = $3 RETURNING id`,
    values: [into, id, customerId],
  });
  for (const address of rows)
    await sql.query({
      text: `INSERT INTO customer_join (id, address_id, customer_id, former_customer_id, joined_at) VALUES ($1, $2, $3, $4, $5)`,
      values: [uuidv7(now), address.id, into, customerId, new Date(now)],
    });
}

const newestText = `SELECT j.id, j.customer_id AS "into", j.former_customer_id AS former, j.joined_at AS "joinedAt"
FROM customer_join j JOIN address a ON a.id = j.address_id AND a.customer_id = j.customer_id
WHERE j.address_id = $1 AND j.undone_at IS NULL ORDER BY j.joined_at DESC, j.id DESC LIMIT 1`;

// What one join moved: from one customer to another in one moment. Whoever was nobody's came alone.
const moved = `j.undone_at IS NULL AND (j.id = $1 OR (j.customer_id = $2 AND j.former_customer_id = $3 AND j.joined_at = $4))`;
// In id order, as a join holds them.
const heldText = `SELECT a.id FROM address a JOIN customer_join j ON j.address_id = a.id WHERE ${moved} ORDER BY a.id FOR UPDATE OF a`;
const undoText = `WITH undone AS (
  UPDATE customer_join j SET undone_at = $5 FROM address a
  WHERE ${moved} AND a.id = j.address_id AND a.customer_id = j.customer_id
  RETURNING j.address_id, j.former_customer_id
)
UPDATE address a SET customer_id = u.former_customer_id FROM undone u WHERE a.id = u.address_id`;

/**
 * Takes an address, and all that came with it by the same join, out of what it was joined to: they are whose they were
 * before. False: it was joined to nothing.
 */
export async function undoJoin(sql: Sql, addressId: string, now: number): Promise<boolean> {
  type Newest = { id: string; into: string; former: string | null; joinedAt: Date };
  const newest = (await sql.query<Newest>({ text: newestText, values: [addressId] })).rows[0];
  if (!newest) return false;
  const values = [newest.id, newest.into, newest.former, newest.joinedAt];
  await sql.query({ text: heldText, values });
  const undone = await sql.query({ text: undoText, values: [...values, new Date(now)] });
  return undone.rowCount !== 0;
}

/** Tier 客户等级 and region 地区; whoever was never described is a normal customer of no known region. */
export interface Profile {
  tier: string;
  region: string | null;
}

/** What is known of the customer who owns an address. */
export async function profileOf(sql: Sql, addressId: string): Promise<Profile> {
  const { rows } = await sql.query<{ tier: string; region: string | null }>({
    text: 'SELECT k.tier, k.region FROM address a JOIN customer k ON k.id = a.customer_id WHERE a.id = $1',
    values: [addressId],
  });
  return rows[0] ?? { tier: 'normal', region: null };
}

/** Describes the customer who owns an address; an address that was never joined becomes a customer's own. */
export async function describeCustomer(
  sql: Sql,
  addressId: string,
  { tier, region }: Profile,
  now: number,
): Promise<string> {
  const [held] = await hold(sql, addressId, addressId);
  const id = held?.customerId ?? (await newCustomer(sql, now));
  if (!held?.customerId)
    await sql.query({ text: 'UPDATE address SET customer_id = $2 WHERE id = $1', values: [addressId, id] });
  await sql.query({
    text: 'UPDATE customer SET tier = $2, region = $3 WHERE id = $1',
    values: [id, tier, region],
  });
  return id;
}

export interface JoinedRow {
  conversationId: string;
  addressId: string;
  account: string;
  accountName: string;
  lastAt: Date | null;
  [column: string]: unknown;
}

/** The other conversations of the customer whose conversation this is. */
export async function joinedTo(sql: Sql, conversationId: string): Promise<JoinedRow[]> {
  const { rows } = await sql.query<JoinedRow>({
    text: `SELECT o.id AS "conversationId", b.id AS "addressId", ca.id AS account, ca.name AS "accountName",
        (SELECT max(e.opened_at) FROM episode e WHERE e.conversation_id = o.id) AS "lastAt"
      FROM conversation c JOIN address a ON a.id = c.address_id
      JOIN address b ON b.customer_id = a.customer_id AND b.id <> a.id
      JOIN conversation o ON o.address_id = b.id JOIN channel_account ca ON ca.id = b.channel_account_id
      WHERE c.id = $1 ORDER BY "lastAt" DESC NULLS LAST, o.id`,
    values: [conversationId],
  });
  return rows;
}
