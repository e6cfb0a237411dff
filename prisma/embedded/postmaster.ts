import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DatabaseError } from '../errors.ts';
import type { Cluster } from './cluster.ts';
import { exists, servesFolder } from './process.ts';
import { program, spawnOptions } from './tool.ts';

export interface Postmaster {
  pid: number;
  port: number;
}

const STOP_FAST_MS = 30_000;
const LOG_LIMIT = 10 * 1024 * 1024;
/** Words of a server that could not start just now but may in a moment. */
const PASSING =
  /lock file "[^"]*" already exists|pre-existing shared memory|could not bind|could not create any TCP|is empty/;

interface PidFile extends Postmaster {
  status: string;
  text: string;
}

/** Lines of postmaster.pid: src/include/utils/pidfile.h. */
function readPidFile(cluster: string): PidFile | undefined {
  try {
    const text = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8');
    const lines = text.split('\n').map((line) => line.trim());
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7] ?? '', text };
  } catch {
    return undefined;
  }
}

/**
 * The server that runs on this cluster now, once it accepts connections; undefined when there is none.
 * A postmaster.pid that names somebody else's process is made harmless.
 */
export async function findRunning(cluster: Cluster, signal: AbortSignal): Promise<Postmaster | undefined> {
  for (;;) {
    const file = readPidFile(cluster.cluster);
    if (!file) return undefined;
    if (!file.pid) return dropEmpty(cluster);
    if (!exists(file.pid)) return undefined;
    if (servesFolder(file.pid, cluster.cluster) === false) return disown(cluster, file);
    if (file.status === 'ready') return { pid: file.pid, port: file.port };
    await sleep(20, undefined, { signal });
  }
}

/** A power cut can leave an empty file; a server that is just starting fills it at once. */
async function dropEmpty({ cluster }: Cluster): Promise<undefined> {
  await sleep(200);
  const again = readPidFile(cluster);
  if (again && !again.pid) rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
}

/**
 * Removing the file would also remove the key of the shared memory in which a dying server's children may
 * still write. So we put our own id in: PostgreSQL takes its parent's for stale and still checks that key.
 */
function disown({ cluster, log }: Cluster, file: PidFile): undefined {
  log.warn(
    { pid: file.pid },
    `postmaster.pid names process ${file.pid}, which isn't a server on this folder: ignored`,
  );
  const target = path.join(cluster, 'postmaster.pid');
  if (process.platform === 'win32') rmSync(target, { force: true });
  else writeFileSync(target, file.text.replace(/^\d+/, String(process.pid)));
}

/**
 * Starts a server of its own session, so that Ctrl-C in our terminal doesn't reach it before we have drained.
 * Undefined when the obstacle may pass: another start, children of a killed server, a port just taken.
 * @throws DatabaseError START_FAILED with the server's own last words
 */
export async function launch(
  cluster: Cluster,
  keepPort: boolean,
  signal: AbortSignal,
): Promise<Postmaster | undefined> {
  const port = await pickPort(cluster.record.port, keepPort);
  const logFile = rotate(path.join(cluster.dataDir, 'postgres.log'));
  const from = statSync(logFile.path).size;
  const child = spawn(program(cluster, 'postgres'), flags(cluster, port), {
    ...spawnOptions(cluster),
    detached: true,
    stdio: ['ignore', logFile.handle, logFile.handle],
  });
  closeSync(logFile.handle);
  let ended: string | undefined;
  child.on('error', (error) => {
    ended = String(error);
  });
  child.on('exit', (code, by) => {
    ended ??= `ended with ${code ?? by}`;
  });
  child.unref();
  while (ended === undefined) {
    const file = readPidFile(cluster.cluster);
    if (file?.pid === child.pid && file?.status === 'ready') return { pid: file.pid, port };
    await sleep(10);
    if (signal.aborted) child.kill('SIGINT');
  }
  signal.throwIfAborted();
  const words = readFileSync(logFile.path).subarray(from).toString();
  if (PASSING.test(words)) return undefined;
  throw new DatabaseError(
    'START_FAILED',
    `PostgreSQL did not start (${ended}): ${words.trim().slice(-2_000)}`,
  );
}

function flags({ cluster, settings }: Cluster, port: number): string[] {
  const all = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %a ',
    log_checkpoints: 'off',
    jit: 'off',
    // A killed process's long statements end with it instead of holding its locks.
    ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '1s' }),
    ...settings,
  };
  return ['-D', cluster, ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
}

/** The port of last time, if it's free or must be kept because pools know it; else any. */
async function pickPort(known: number | undefined, keep: boolean): Promise<number> {
  if (known && keep) return known;
  return (known && (await tryPort(known))) || ((await tryPort(0)) as number);
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const { port: found } = probe.address() as { port: number };
      probe.close(() => resolve(found));
    });
  });
}

function rotate(file: string): { path: string; handle: number } {
  try {
    if (statSync(file).size > LOG_LIMIT) renameSync(file, `${file}.1`);
  } catch {}
  return { path: file, handle: openSync(file, 'a', 0o600) };
}

/** Fast shutdown (SIGINT) and, if that hangs, the immediate one, after which the next start recovers. */
export async function stopPostmaster(cluster: Cluster, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    const args = ['stop', '-m', 'fast', '-w', '-D', cluster.cluster];
    await promisify(execFile)(program(cluster, 'pg_ctl'), args, spawnOptions(cluster));
    return;
  }
  for (const [name, patience] of [
    ['SIGINT', STOP_FAST_MS],
    ['SIGQUIT', 5_000],
  ] as const) {
    if (!exists(pid) || servesFolder(pid, cluster.cluster) === false) return;
    process.kill(pid, name);
    const deadline = performance.now() + patience;
    while (exists(pid) && performance.now() < deadline) await sleep(10);
  }
}
