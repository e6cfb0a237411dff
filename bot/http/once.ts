import { createHash } from 'node:crypto';
import type { Database, Unit } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';

export interface Write {
  personId: string;
  clientId: string;
  /** `METHOD /path`. */
  route: string;
  /** What the write says: the same client id with other words is a mistake of the client's. */
  input: unknown;
  now: number;
}

/**
 * Runs a console write once. The row of client_write is inserted first: a repeat that arrives meanwhile waits
 * on it, and then gets the stored answer; if the first fails, everything is rolled back and the repeat runs.
 * @throws AppError conflict when the client id already stands for another write
 */
export async function runOnce(
  transaction: Database['transaction'],
  write: Write,
  work: (unit: Unit) => Promise<unknown>,
): Promise<{ response: unknown; repeated: boolean }> {
  const key = [write.personId, write.clientId];
  const name = key.join(' ');
  while (inHand.has(name)) await inHand.get(name);
  const written = transaction((unit) => writeOnce(unit, write, key, work));
  const settled = written.then(
    () => inHand.delete(name),
    () => inHand.delete(name),
  );
  inHand.set(name, settled);
  return written;
}

/** Repeats in this process wait here, not in the database: each would hold a connection that the first may need. */
const inHand = new Map<string, Promise<unknown>>();

async function writeOnce(
  unit: Unit,
  write: Write,
  key: string[],
  work: (unit: Unit) => Promise<unknown>,
): Promise<{ response: unknown; repeated: boolean }> {
  const route = `${write.route} ${digest(write.input)}`;
  const { rowCount } = await unit.sql.query({
    text: `INSERT INTO client_write (person_id, client_id, route, response, created_at)
             VALUES ($1, $2, $3, 'null', $4) ON CONFLICT DO NOTHING`,
    values: [...key, route, new Date(write.now)],
  });
  if (rowCount === 0) return { response: await stored(unit, key, route), repeated: true };
  const response = await work(unit);
  await unit.sql.query({
    text: 'UPDATE client_write SET response = $3 WHERE person_id = $1 AND client_id = $2',
    values: [...key, JSON.stringify(response)],
  });
  return { response, repeated: false };
}

async function stored(unit: Unit, key: string[], route: string): Promise<unknown> {
  const { rows } = await unit.sql.query<{ route: string; response: unknown }>({
    text: 'SELECT route, response FROM client_write WHERE person_id = $1 AND client_id = $2',
    values: key,
  });
  if (rows[0]?.route !== route) {
    throw new AppError('conflict', 'this x-client-id already stands for another write');
  }
  return rows[0].response;
}

function digest(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 16);
}
