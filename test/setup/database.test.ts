import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from './database.ts';

test('two test databases know nothing of each other and vanish when dropped', async () => {
  const [one, two] = [await createTestDatabase(), await createTestDatabase()];
  const client = new Client({ connectionString: one.url });
  await client.connect();
  await client.query("CREATE TABLE greeting AS SELECT '您好' AS words");
  expect((await client.query('SELECT words FROM greeting')).rows).toEqual([{ words: '您好' }]);

  const other = new Client({ connectionString: two.url });
  await other.connect();
  await expect(other.query('SELECT words FROM greeting')).rejects.toMatchObject({ code: '42P01' });
  await Promise.all([client.end(), other.end()]);

  await Promise.all([one.drop(), two.drop()]);
  await expect(new Client({ connectionString: one.url }).connect()).rejects.toMatchObject({ code: '3D000' });
});
