/**
 * A small program that lives on the embedded database as the product does, run as a process of its own so that
 * tests can kill it. Usage: host.ts <data folder> [load]. Speaks JSON lines on stdout; with `load` it writes
 * numbered rows all the time and tells how many were acknowledged.
 */
import { Pool } from 'pg';
import { startEmbedded } from '../../prisma/embedded/index.ts';
import type { DatabaseLog } from '../../prisma/errors.ts';

const [dataDir = '', mode] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const note = (fields: object, text: string) => process.stderr.write(`${text} ${JSON.stringify(fields)}\n`);
const log: DatabaseLog = { info: note, warn: note, error: note };

let acknowledged = 0;
let draining = false;
let restarts = 0;

async function main(): Promise<void> {
  const onRestart = () => {
    restarts += 1;
    say({ restarted: server.postmasterPid, acknowledged });
  };
  const server = await startEmbedded({ dataDir, log, onRestart });
  const pool = new Pool({ connectionString: server.url, max: 4 });
  pool.on('error', () => {});
  if (mode === 'load') await pool.query('CREATE TABLE IF NOT EXISTS ledger (n int PRIMARY KEY)');
  const work = mode === 'load' ? write(pool) : Promise.resolve();
  process.once('SIGINT', async () => {
    // Long enough for a SIGINT that also reached the server to show.
    await new Promise((resolve) => setTimeout(resolve, 300));
    draining = true;
    await work;
    const drained = await pool.query('SELECT pg_sleep(0.1)').then(
      () => true,
      () => false,
    );
    say({ drained, acknowledged, failures, restarts });
    await pool.end();
    await server.stop();
    say({ stopped: true });
  });
  // Last: whoever reads this may press Ctrl-C at once.
  say({ ready: true, url: server.url, adopted: server.adopted, postmasterPid: server.postmasterPid });
}

let failures = 0;

async function write(pool: Pool): Promise<void> {
  while (!draining) {
    try {
      // After a lost answer the row may be there already: not acknowledged, so no fault.
      await pool.query('INSERT INTO ledger VALUES ($1) ON CONFLICT DO NOTHING', [acknowledged + 1]);
      acknowledged += 1;
    } catch {
      failures += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    if (acknowledged % 50 === 0) say({ acknowledged });
  }
}

main().catch((error) => {
  say({ refused: error.code ?? 'UNKNOWN', message: error.message });
  process.exitCode = 1;
});
