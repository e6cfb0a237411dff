import { type Database, type Unit, uuidv7 } from '../../prisma/client.ts';

/** How addresses are kept: found by HMAC, their value readable only with the centre's secret. */
export interface AddressVault {
  lookup(value: string): Buffer;
  seal(value: string): Buffer;
  open(sealed: Uint8Array): string;
}

export interface ThreadOf {
  account: string;
  /** The normalised address: two ways to write one address must not make two conversations. */
  key: string;
  audience: 'customer' | 'staff';
  locale: string;
  personId?: string;
  /** What sending needs, where it is more than the key. */
  address?: string;
}

/** How an address is found without being read. */
export const addressKey = (vault: AddressVault, account: string, key: string): Buffer =>
  vault.lookup(`${account}\n${key}`);

const findText = `SELECT c.id, a.id AS "addressId", a.value_sealed AS sealed FROM address a JOIN conversation c ON c.address_id = a.id
WHERE a.channel_account_id = $1 AND a.key_hmac = $2`;

const moveText = 'UPDATE address SET value_sealed = $2 WHERE id = $1';

const makeText = `
WITH a AS (
  INSERT INTO address (id, channel_account_id, key_hmac, value_sealed, person_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT DO NOTHING RETURNING id
)
INSERT INTO conversation (id, address_id, audience, locale, created_at) SELECT $7, id, $8, $9, $6 FROM a RETURNING id`;

/** The conversation of an address, made when the address is new. Two who make it at once get the same one. */
export async function thread(
  db: Pick<Database, 'sql'>,
  vault: AddressVault,
  of: ThreadOf,
  now: number,
): Promise<string> {
  const hmac = addressKey(vault, of.account, of.key);
  const find = async () => {
    type Found = { id: string; addressId: string; sealed: Buffer };
    return (await db.sql.query<Found>({ name: 'find-thread', text: findText, values: [of.account, hmac] }))
      .rows[0];
  };
  const value = of.address ?? of.key;
  const known = await find();
  if (known) {
    // The platform may have moved: what sending needs is kept as it was told last.
    if (of.address !== undefined && vault.open(known.sealed) !== value)
      await db.sql.query({ text: moveText, values: [known.addressId, vault.seal(value)] });
    return known.id;
  }
  const values = [
    uuidv7(now),
    of.account,
    hmac,
    vault.seal(value),
    of.personId ?? null,
    new Date(now),
    uuidv7(now),
    of.audience,
    of.locale,
  ];
  const made = await db.sql.query<{ id: string }>({ name: 'make-thread', text: makeText, values });
  const id = made.rows[0]?.id ?? (await find())?.id;
  if (!id) throw new Error('the conversation of an address vanished');
  return id;
}

const rekeyText = `UPDATE address SET key_hmac = $3, value_sealed = $4 WHERE channel_account_id = $1 AND key_hmac = $2
  AND NOT EXISTS (SELECT FROM address b WHERE b.channel_account_id = $1 AND b.key_hmac = $3)`;
const redirectText = `UPDATE address SET value_sealed = $3 WHERE channel_account_id = $1 AND key_hmac = $2`;

/** An address is known by another key from now on; where that one has a conversation, only what is sent goes there. */
export async function moveThread(
  { sql }: Pick<Database, 'sql'>,
  vault: AddressVault,
  account: string,
  { key, to }: { key: string; to: string },
): Promise<void> {
  const [from, next, sealed] = [
    addressKey(vault, account, key),
    addressKey(vault, account, to),
    vault.seal(to),
  ];
  const { rowCount } = await sql.query({ text: rekeyText, values: [account, from, next, sealed] });
  if (rowCount === 0) await sql.query({ text: redirectText, values: [account, from, sealed] });
}

/** A colleague's own conversation with the staff bot, if it was ever opened. */
export async function staffThread(
  unit: Pick<Unit, 'sql'>,
  account: string,
  personId: string,
): Promise<string | undefined> {
  const text = `SELECT c.id FROM address a JOIN conversation c ON c.address_id = a.id
    WHERE a.channel_account_id = $1 AND a.person_id = $2`;
  return (await unit.sql.query<{ id: string }>({ text, values: [account, personId] })).rows[0]?.id;
}

/** All conversations of a colleague with the staff bot, on whatever channels they have linked. */
export async function staffThreads(unit: Pick<Unit, 'sql'>, personId: string): Promise<string[]> {
  const text = `SELECT c.id FROM address a JOIN conversation c ON c.address_id = a.id
    JOIN channel_account ca ON ca.id = a.channel_account_id AND ca.active WHERE a.person_id = $1 ORDER BY c.id`;
  return (await unit.sql.query<{ id: string }>({ text, values: [personId] })).rows.map(({ id }) => id);
}
