import { Client } from 'pg';
import { DatabaseError } from './errors.ts';

const OLDEST = 140_000;

/**
 * Refuses a server on which the product would fail later and less clearly.
 * @throws DatabaseError SERVER_TOO_OLD (under 14), SERVER_NOT_UTF8 (Chinese text would be refused or mangled)
 */
export async function assertServer(url: string): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: 'yingda check',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number; name: string; encoding: string }>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name,
              current_setting('server_encoding') AS encoding`,
    );
    assertFacts(rows[0] as { version: number; name: string; encoding: string });
  } finally {
    await client.end();
  }
}

export function assertFacts({
  version,
  name,
  encoding,
}: {
  version: number;
  name: string;
  encoding: string;
}): void {
  if (version < OLDEST) {
    throw new DatabaseError(
      'SERVER_TOO_OLD',
      `This PostgreSQL server is version ${name}; 14 or newer is needed.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseError(
      'SERVER_NOT_UTF8',
      `This database's encoding is ${encoding}; make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    );
  }
}
