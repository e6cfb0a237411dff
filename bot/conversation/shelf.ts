import type { Shelf, Shelved } from '../../channels/channel.ts';
import type { Database } from '../../prisma/client.ts';
import type { AddressVault } from './threads.ts';

const putText = `INSERT INTO channel_shelf (account_id, name, value_sealed, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`;
const setText = `INSERT INTO channel_shelf (account_id, name, value_sealed, created_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (account_id, name) DO UPDATE SET value_sealed = excluded.value_sealed, created_at = excluded.created_at`;
// Names are compared by code point: nothing that begins with $2 comes after $3.
const listText = `SELECT name, value_sealed AS sealed, created_at AS at FROM channel_shelf
WHERE account_id = $1 AND name >= $2 AND name < $3 ORDER BY created_at, name`;
const takeText = `DELETE FROM channel_shelf WHERE account_id = $1 AND name = ANY($2)`;

/** What channels keep between two requests; sealed, for a part of a message is a customer's word. */
export function channelShelf(db: Pick<Database, 'sql'>, vault: AddressVault, now: () => number): Shelf {
  return {
    async put(account, name, value) {
      const values = [account, name, vault.seal(value), new Date(now())];
      await db.sql.query({ name: 'shelve', text: putText, values });
    },
    async set(account, name, value) {
      const values = [account, name, vault.seal(value), new Date(now())];
      await db.sql.query({ name: 'set-shelved', text: setText, values });
    },
    async list(account, prefix) {
      const { rows } = await db.sql.query<{ name: string; sealed: Uint8Array; at: Date }>({
        name: 'list-shelf',
        text: listText,
        values: [account, prefix, `${prefix}\u{10ffff}`],
      });
      return rows.map(
        ({ name, sealed, at }): Shelved => ({ name, value: vault.open(sealed), at: at.getTime() }),
      );
    },
    async take(account, names) {
      if (names.length === 0) return;
      await db.sql.query({ name: 'take-shelved', text: takeText, values: [account, names] });
    },
  };
}
