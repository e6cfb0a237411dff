import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

interface Column {
  type: string;
  optional: boolean;
}
type Tables = Record<string, Record<string, Column>>;

const types: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Boolean: 'boolean',
  Float: 'double precision',
  Json: 'jsonb',
  Bytes: 'bytea',
  '@db.Uuid': 'uuid',
  '@db.Date': 'date',
  '@db.Timestamptz(3)': 'timestamp with time zone',
  '@db.Timestamptz(6)': 'timestamp with time zone',
};

/** The tables that prisma/models speaks of. Fields of another model's type are relations, not columns. */
function modelled(): Tables {
  const files = readdirSync('prisma/models').filter((f) => f.endsWith('.prisma'));
  const text = files.map((f) => readFileSync(`prisma/models/${f}`, 'utf8')).join('\n');
  const tables: Tables = {};
  for (const [, model = '', body = ''] of text.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)) {
    const columns: Record<string, Column> = {};
    for (const [, field = '', scalar = '', mark, rest = ''] of body.matchAll(
      /^ {2}(\w+) +(\w+)(\?|\[\])?(.*)$/gm,
    )) {
      const type = types[/@db\.\w+(\(\d\))?/.exec(rest)?.[0] ?? scalar];
      if (type && mark !== '[]')
        columns[/@map\("(\w+)"\)/.exec(rest)?.[1] ?? field] = { type, optional: mark === '?' };
    }
    tables[/@@map\("(\w+)"\)/.exec(body)?.[1] ?? model] = columns;
  }
  return tables;
}

/** The tables that the migrations made; partitions belong to their parents. */
async function migrated(url: string): Promise<Tables> {
  const db = new Client({ connectionString: url });
  await db.connect();
  const { rows } =
    await db.query(`SELECT c.relname AS table, a.attname AS column, NOT a.attnotnull AS optional,
      regexp_replace(format_type(a.atttypid, a.atttypmod), '\\(\\d\\)', '') AS type
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname <> '_prisma_migrations'`);
  await db.end();
  const tables: Tables = {};
  for (const { table, column, type, optional } of rows) {
    tables[table] = { ...tables[table], [column]: { type, optional } };
  }
  return tables;
}

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe('the schema', () => {
  it('is in the database as the models say, column by column', async () => {
    const models = modelled();
    expect(Object.keys(models).length).toBeGreaterThan(30);
    expect(await migrated(test.url)).toEqual(models);
  });

  it('keeps what grows in partitions by month that nothing points at, and has room for what nobody foresaw', async () => {
    const db = new Client({ connectionString: test.url });
    await db.connect();
    await db.query(`SELECT yingda_ensure_partitions('2026-06-10T10:00+08:00', 3)`);
    const partitions =
      await db.query(`SELECT inhparent::regclass::text AS parent, array_agg(inhrelid::regclass::text ORDER BY 1) AS parts
      FROM pg_inherits JOIN pg_class p ON p.oid = inhparent AND p.relkind = 'p' GROUP BY 1 ORDER BY 1`);
    for (const parent of ['audit', 'event', 'message']) {
      const { parts } = partitions.rows.find((r) => r.parent === parent);
      expect(parts).toEqual(
        expect.arrayContaining([`${parent}_2026_06`, `${parent}_2026_09`, `${parent}_default`]),
      );
    }
    const pointing = await db.query(`SELECT conname FROM pg_constraint WHERE contype = 'f'
      AND confrelid IN ('message'::regclass, 'event'::regclass, 'audit'::regclass)`);
    expect(pointing.rows).toEqual([]);
    await db.end();
  });
});
