import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { promisify } from 'node:util';

/** The moment at which browser and end-to-end tests live: every demo entry is valid then. */
export const DEMO_NOW = '2026-06-10T10:00+08:00';

export interface Login {
  number: string;
  password: string;
  role: string;
  team: string | null;
}

/** The whole product in a process of its own, as `npm start` runs it. */
export interface Product {
  url: string;
  port: number;
  logins: Login[];
  readonly pid: number;
  /** Everything it wrote to stderr so far. */
  log(): string;
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>;
  /** As Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
}

let built: Promise<unknown> | undefined;

/** The server as the sources are now; the pages only where they were never built. */
function build(): Promise<unknown> {
  const jobs = existsSync('dist/site/widget.js') ? ['server'] : [];
  built ??= promisify(execFile)(process.execPath, ['.ci/build.mjs', ...jobs]);
  return built;
}

export async function startProduct({
  dataDir,
  port,
  env = {},
}: {
  dataDir: string;
  port?: number;
  env?: Record<string, string>;
}): Promise<Product> {
  await build();
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, ['.ci/start.mjs'], {
    env: { ...process.env, YINGDA_NOW: DEMO_NOW, ...env, PORT: String(chosen), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const err: string[] = [];
  child.stderr.on('data', (data) => err.push(String(data)));
  const ready = await readyLine(child, err);
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    url: `http://127.0.0.1:${chosen}`,
    port: chosen,
    logins: ready.logins,
    pid: child.pid as number,
    log: () => err.join(''),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGINT');
      return gone;
    },
  };
}

function readyLine(child: ChildProcess, err: string[]): Promise<{ logins: Login[] }> {
  return new Promise((resolve, reject) => {
    let out = '';
    const late = setTimeout(() => reject(new Error(`not ready after 60 s\n${err.join('')}`)), 60_000);
    child.stdout?.on('data', (data) => {
      out += data;
      const line = out.split('\n').find((l) => l.startsWith('{"ready":true'));
      if (!line) return;
      clearTimeout(late);
      resolve(JSON.parse(line));
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`ended with ${code} before it was ready\n${err.join('')}`));
    });
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
