import { expect, inject, test } from 'vitest';
import { assertFacts, assertServer } from '../../prisma/assert-server.ts';
import { createTestDatabase } from '../setup/database.ts';
import { ask } from './host-process.ts';

test('the server of the tests is good enough', async () => {
  const database = await createTestDatabase();
  await assertServer(database.url);
  await database.drop();
});

test('a database in another encoding is refused, with the command that makes a right one', async () => {
  const { admin, template } = inject('database');
  const name = `${template}_ascii`;
  await ask(admin, `CREATE DATABASE ${name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  await expect(assertServer(url.href)).rejects.toMatchObject({
    code: 'SERVER_NOT_UTF8',
    message: expect.stringContaining("ENCODING 'UTF8'"),
  });
  await ask(admin, `DROP DATABASE ${name}`);
});

test('a server older than 14 is refused, one of 14 is not', () => {
  const old = () => assertFacts({ version: 130_016, name: '13.16', encoding: 'UTF8' });
  expect(old).toThrow(
    expect.objectContaining({ code: 'SERVER_TOO_OLD', message: expect.stringContaining('13.16') }),
  );
  expect(() => assertFacts({ version: 140_000, name: '14.0', encoding: 'UTF8' })).not.toThrow();
});

test('an address where nobody answers fails instead of waiting for ever', async () => {
  await expect(assertServer('postgresql://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
