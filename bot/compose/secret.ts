import { randomBytes } from 'node:crypto';
import type { Database } from '../../prisma/client.ts';
import type { Config } from '../config.ts';
import { createSealing, type Sealing } from '../people/sealing.ts';

const NAME = 'master';

/**
 * The centre's keys, from YINGDA_SECRET or, in development, from one generated on the first start and kept in
 * the database; processes that start together agree on the first one written.
 */
export async function openSealing(config: Config, db: Database): Promise<Sealing> {
  if (config.secret !== undefined) return createSealing(Buffer.from(config.secret));
  await db.sql.query({
    text: 'INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    values: [NAME, randomBytes(32)],
  });
  const { rows } = await db.sql.query<{ value: Buffer }>({
    text: 'SELECT value FROM secret WHERE name = $1',
    values: [NAME],
  });
  if (!rows[0]) throw new Error('the secret was not kept');
  return createSealing(rows[0].value);
}
