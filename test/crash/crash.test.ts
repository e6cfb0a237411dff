import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { NodeXhr } from '../fakes/node-xhr.ts';
import { freePort, type Product, startProduct } from '../setup/product.ts';
import { type StubbornCustomer, stubbornCustomer } from './customer.ts';

const rounds = Number(process.env.CRASH_ROUNDS ?? 20);
const kinds = ['node', 'postmaster', 'both'] as const;
// The real clock: a product that starts again must not go back in time.
const env = { YINGDA_NOW: '' };

let dataDir: string;
let product: Product;
let customers: StubbornCustomer[];

beforeAll(async () => {
  vi.stubGlobal('XMLHttpRequest', NodeXhr);
  vi.stubGlobal('WebSocket', WebSocket);
  dataDir = mkdtempSync(join(tmpdir(), 'yingda-crash-'));
  chmodSync(dataDir, 0o711);
  product = await startProduct({ dataDir, port: await freePort(), env });
  customers = await Promise.all(Array.from({ length: 8 }, () => stubbornCustomer(product.url)));
}, 120_000);

afterAll(async () => {
  for (const customer of customers ?? []) customer.end();
  await product?.stop();
  vi.unstubAllGlobals();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

async function crash(kind: (typeof kinds)[number]): Promise<void> {
  const postmaster = await database(async (db) => {
    const { rows } = await db.query<{ file: string }>("SELECT pg_read_file('postmaster.pid') AS file");
    return Number(rows[0]?.file.split('\n')[0]);
  });
  if (kind !== 'postmaster') await product.kill();
  if (kind !== 'node') process.kill(postmaster, 'SIGKILL');
  if (kind !== 'postmaster') product = await startProduct({ dataDir, port: product.port, env });
}

async function database<T>(work: (db: pg.Client) => Promise<T>): Promise<T> {
  const { password, port } = JSON.parse(readFileSync(join(dataDir, 'cluster.json'), 'utf8'));
  const db = new pg.Client({ connectionString: `postgres://yingda:${password}@127.0.0.1:${port}/yingda` });
  db.on('error', () => {});
  await db.connect();
  return work(db).finally(() => db.end());
}

const answers = () => customers.reduce((n, c) => n + c.acknowledged.length, 0);

describe('under SIGKILL', () => {
  it(`${rounds} rounds lose nothing, say nothing twice and leave no turn out`, {
    timeout: rounds * 60_000,
  }, async () => {
    for (let round = 0; round < rounds; round++) {
      await crash(kinds[round % kinds.length] as (typeof kinds)[number]);
      // Work goes on before the next blow. Counted after this one: on a slow machine much is answered before it falls.
      const before = answers();
      await expect.poll(answers, { timeout: 120_000, interval: 50 }).toBeGreaterThan(before + 24);
    }
    await Promise.all(customers.map((c) => c.rest()));
    await database(async (db) => {
      const due = () =>
        db.query('SELECT 1 FROM conversation WHERE due_at IS NOT NULL').then((r) => r.rowCount);
      await expect.poll(due, { timeout: 120_000 }).toBe(0);
      expect(
        (await db.query("SELECT current_setting('fsync') || current_setting('synchronous_commit') AS s"))
          .rows[0].s,
      ).toBe('onon');
      for (const customer of customers) await verify(db, customer);
    });
  });
});

interface Turn {
  from_seq: string;
  to_seq: string;
  outcome: string;
}

async function verify(
  db: pg.Client,
  { conversationId, acknowledged, seen }: StubbornCustomer,
): Promise<void> {
  const { rows: turns } = await db.query<Turn>(
    'SELECT * FROM turn WHERE conversation_id = $1 ORDER BY from_seq',
    [conversationId],
  );
  let next = 1;
  for (const turn of turns) {
    expect(Number(turn.from_seq)).toBe(next);
    next = Number(turn.to_seq) + 1;
    expect(turn.outcome).not.toBe('silent');
  }
  const { rows: messages } = await db.query<{
    seq: string;
    author: string;
    external_id: string | null;
    turn_id: string | null;
  }>('SELECT seq, author, external_id, turn_id FROM message WHERE conversation_id = $1 ORDER BY seq', [
    conversationId,
  ]);
  // Seqs without a hole; each inbound message once, and inside a turn.
  expect(messages.map((m) => Number(m.seq))).toEqual(messages.map((_, i) => i + 1));
  const inbound = messages.filter((m) => m.author === 'customer');
  expect(new Set(inbound.map((m) => m.external_id)).size).toBe(inbound.length);
  const idOf = (m: { seq: string }) => `${conversationId}|${m.seq.padStart(7, '0')}`;
  const stored = new Map(inbound.map((m) => [m.external_id, idOf(m)]));
  for (const { clientId, id } of acknowledged) expect(stored.get(clientId)).toBe(id);
  for (const m of inbound) expect(Number(m.seq)).toBeLessThan(next);
  // Each turn said something.
  const spoke = new Set(messages.map((m) => m.turn_id).filter(Boolean));
  expect(spoke.size).toBe(turns.length);
  // What Microsoft's client saw: every activity once and in order.
  await expect.poll(() => seen.length, { timeout: 120_000 }).toBeGreaterThanOrEqual(messages.length);
  expect(seen).toEqual(messages.map(idOf));
}
