import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { endAll, start } from './process.ts';

let store: TestDatabase;
beforeEach(async () => {
  store = await createTestDatabase();
});
afterEach(async () => {
  await endAll();
  await store.drop();
});
const PATIENCE = 180_000;

test(
  'a start fills the empty database, says where it is and who may sign in, and Ctrl-C ends it',
  async () => {
    const desk = start({ DATABASE_URL: store.url });
    const { url, logins } = await desk.ready();
    expect(logins.map(({ number }) => number)).toEqual(
      expect.arrayContaining(['1001', '1002', '2001', '3001', '4001', '5001']),
    );
    expect(logins[0]).toEqual({
      number: '1001',
      password: 'demo-1001',
      role: 'agent',
      team: expect.any(String),
    });
    expect(desk.out().trim().split('\n').at(-1)).toMatch(/^\{"ready":true,"url":"http/);
    for (const line of desk.err().trim().split('\n').filter(Boolean))
      expect(JSON.parse(line)).toHaveProperty('msg');

    const ready = await fetch(`${url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { status: 'ready', checks: { database: true } },
    ]);
    const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as { paths: object };
    expect(document.paths).toHaveProperty('/api/v1/session');

    // npm passes the terminal's signal on: it comes twice.
    desk.signal('SIGINT');
    desk.signal('SIGINT');
    expect(await desk.ended).toBe(0);
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
  },
  PATIENCE,
);

test(
  'two processes serve one database together',
  async () => {
    const one = start({ DATABASE_URL: store.url });
    await one.ready();
    const two = start({ DATABASE_URL: store.url });
    const addresses = [(await one.ready()).url, (await two.ready()).url];
    expect(new Set(addresses).size).toBe(2);
    for (const url of addresses) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    two.signal('SIGTERM');
    expect(await two.ended).toBe(0);
  },
  PATIENCE,
);

describe('a start that can not be ends with 1 and one sentence', () => {
  async function refused(settings: Record<string, string>): Promise<string> {
    const desk = start({ LOG_LEVEL: 'error', ...settings });
    expect(await desk.ended).toBe(1);
    expect(desk.out()).toBe('');
    expect(desk.err().trim().split('\n')).toHaveLength(1);
    return desk.err();
  }

  test(
    'a setting is wrong',
    async () => {
      expect(await refused({ PORT: 'http' })).toMatch(/^Yingda did not start\. PORT must be a port number/);
    },
    PATIENCE,
  );

  test(
    'production has no secret',
    async () => {
      const production = { DATABASE_URL: store.url, YINGDA_ENV: 'production', YINGDA_NOW: '' };
      expect(await refused(production)).toContain('YINGDA_SECRET is needed in production');
    },
    PATIENCE,
  );

  test(
    'nobody answers at DATABASE_URL',
    async () => {
      const sentence = await refused({ DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1:1/yingda' });
      expect(sentence).toContain('No PostgreSQL server answers at 127.0.0.1:1: check DATABASE_URL.');
      expect(sentence).not.toContain('hunter2');
    },
    PATIENCE,
  );

  test(
    'the database is of a newer release',
    async () => {
      const db = openDatabase({ url: store.url, onError: () => {} });
      await db.sql.query({ text: 'UPDATE schema_meta SET min_app = 9999' });
      await db.close();
      expect(await refused({ DATABASE_URL: store.url })).toContain('newer release');
    },
    PATIENCE,
  );

  test(
    'the port is taken',
    async () => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port } = other.address() as { port: number };
      expect(await refused({ DATABASE_URL: store.url, PORT: String(port) })).toContain(
        `Port ${port} is in use: stop the other program or set PORT.`,
      );
      other.close();
    },
    PATIENCE,
  );
});

test(
  'a production centre starts without demo accounts, and refuses those of a demo database',
  async () => {
    const demo = start({ DATABASE_URL: store.url });
    await demo.ready();
    demo.signal('SIGTERM');
    await demo.ended;
    const secret = 'a secret of at least thirty-two characters';
    const desk = start({
      DATABASE_URL: store.url,
      YINGDA_ENV: 'production',
      YINGDA_SECRET: secret,
      YINGDA_NOW: '',
    });
    const { url, logins } = await desk.ready();
    expect(logins).toEqual([]);
    const port = new URL(url).port;
    const signIn = await fetch(`http://127.0.0.1:${port}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number: '1001', password: 'demo-1001' }),
    });
    expect(signIn.status).toBe(401);
  },
  PATIENCE,
);
