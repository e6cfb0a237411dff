import { hkdfSync, randomBytes } from 'node:crypto';
import type { Sql } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';

/**
 * The 32 bytes that every key is made from (see sealing.ts). A centre brings its own words (YINGDA_SECRET, at least
 * 32 characters); without them a development centre makes one and keeps it in the database.
 * @throws AppError `unavailable` in production without a secret of its own
 */
export async function masterSecret(
  sql: Sql,
  { given, production }: { given: string | undefined; production: boolean },
): Promise<Buffer> {
  if (given !== undefined) return Buffer.from(hkdfSync('sha256', given, 'yingda', 'master/1', 32));
  if (production) throw new AppError('unavailable', 'a production centre needs a secret of its own');
  // The first of several processes makes it; the others wait on its row and read it.
  await sql.query({
    text: `INSERT INTO secret (name, value) VALUES ('master', $1) ON CONFLICT (name) DO NOTHING`,
    values: [randomBytes(32)],
  });
  const { rows } = await sql.query<{ value: Buffer }>({
    text: `SELECT value FROM secret WHERE name = 'master'`,
  });
  if (!rows[0]) throw new AppError('internal', 'the master secret vanished');
  return rows[0].value;
}
