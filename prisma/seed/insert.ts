import type { Sql } from '../client.ts';

/**
 * Inserts rows of one shape by their columns' names, all in one statement; rows that are there already stay as they
 * are. Prisma's own bulk insert costs a first start about 0.4 s more.
 * @returns how many were added
 */
export async function insertAll(sql: Sql, table: string, rows: readonly object[]): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const columns = Object.keys(first)
    .map((name) => `"${name}"`)
    .join(', ');
  const { rowCount } = await sql.query({
    text: `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${table}", $1)
      ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
  return rowCount ?? 0;
}
