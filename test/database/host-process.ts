import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, vi } from 'vitest';

// Each of these tests starts several Node processes and servers: a second on an idle machine, many on a busy one.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SCRIPT = fileURLToPath(new URL('host.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One line that test/database/host.ts says; a field is there when the line is about it. */
export interface Line {
  ready?: boolean;
  url?: string;
  adopted?: boolean;
  postmasterPid?: number;
  restarted?: number;
  acknowledged?: number;
  failures?: number;
  restarts?: number;
  drained?: boolean;
  stopped?: boolean;
  refused?: string;
  message?: string;
}

export type Ready = Required<Pick<Line, 'url' | 'adopted' | 'postmasterPid'>>;

/** The program under test as a child in a process group of its own, like a job in a terminal. */
export class Host {
  readonly child: ChildProcess;
  stderr = '';
  #lines: Line[] = [];
  #listeners = new Set<() => void>();
  #ended = false;

  constructor(
    dataDir: string,
    options: { load?: boolean; command?: string[]; env?: NodeJS.ProcessEnv } = {},
  ) {
    const command = [...(options.command ?? []), process.execPath, '--import', 'tsx', SCRIPT, dataDir];
    const [program, ...args] = [...command, ...(options.load ? ['load'] : [])] as [string, ...string[]];
    const env = options.env ?? process.env;
    this.child = spawn(program, args, { cwd: ROOT, detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr?.on('data', (chunk) => {
      this.stderr += chunk;
    });
    if (this.child.stdout) {
      createInterface({ input: this.child.stdout }).on('line', (line) => {
        this.#lines.push(JSON.parse(line));
        this.#tell();
      });
    }
    this.child.on('close', () => {
      this.#ended = true;
      this.#tell();
    });
  }

  /** The first line, said already or yet to come, that the test waits for. */
  async line(wanted: (line: Line) => unknown): Promise<Line> {
    for (;;) {
      const found = this.#lines.find(wanted);
      if (found) return found;
      if (this.#ended)
        throw new Error(`ended without the line: ${JSON.stringify(this.#lines)} ${this.stderr}`);
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.#listeners.delete(listener);
          resolve();
        };
        this.#listeners.add(listener);
      });
    }
  }

  /** Drops what was said so far, so that the next line() is about what comes. */
  forget(): void {
    this.#lines = [];
  }

  async ready(): Promise<Ready> {
    const line = await this.line(({ ready, refused }) => ready || refused);
    if (line.refused) throw new Error(`${line.refused}: ${line.message}`);
    return line as Ready;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.closed();
  }

  /** What a terminal does on Ctrl-C: SIGINT to everything in the foreground group. */
  async ctrlC(): Promise<void> {
    process.kill(-(this.child.pid as number), 'SIGINT');
    await this.closed();
  }

  async closed(): Promise<void> {
    if (!this.#ended) await new Promise((resolve) => this.child.once('close', resolve));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** A folder for data and whatever the test starts on it; `clean` ends servers and removes everything. */
export class Place {
  readonly base = mkdtempSync(path.join(os.tmpdir(), 'yingda-trap-'));
  #hosts: Host[] = [];
  #extra: string[] = [];

  constructor() {
    chmodSync(this.base, 0o755);
  }

  folder(name = 'data'): string {
    return path.join(this.base, name);
  }

  host(folder = this.folder(), options?: ConstructorParameters<typeof Host>[1]): Host {
    const host = new Host(folder, options);
    this.#hosts.push(host);
    return host;
  }

  /** A folder that was used and stopped in order: a copy, which is quicker than making one each time. */
  async used(name = 'data', of = 'one'): Promise<string> {
    execFileSync('cp', ['-a', await stocked(of), this.folder(name)]);
    return this.folder(name);
  }

  /** Something outside the base that goes with it. */
  alsoRemove(folder: string): void {
    this.#extra.push(folder);
  }

  async clean(): Promise<void> {
    for (const host of this.#hosts) await host.kill();
    for (const host of this.#hosts) {
      const pid = (await host.line(({ postmasterPid }) => postmasterPid).catch(() => undefined))
        ?.postmasterPid;
      if (pid) endServer(pid);
      const again = (await host.line(({ restarted }) => restarted).catch(() => undefined))?.restarted;
      if (again) endServer(again);
    }
    for (const folder of [this.base, ...this.#extra]) rmSync(folder, { recursive: true, force: true });
  }
}

/** One folder per name and test file, with the owners that a start as this user gives it. */
const stock = new Map<string, Promise<string>>();
let store: Place | undefined;

function stocked(name: string): Promise<string> {
  store ??= new Place();
  const folder = stock.get(name) ?? fill(store, name);
  stock.set(name, folder);
  return folder;
}

async function fill(place: Place, name: string): Promise<string> {
  const host = place.host(place.folder(name));
  await host.ready();
  await host.ctrlC();
  return place.folder(name);
}

afterAll(() => store?.clean());

/** SIGQUIT, and only to what is a server: the id may long be another process's. */
export function endServer(pid: number): void {
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) process.kill(pid, 'SIGQUIT');
  } catch {}
}

export async function ask(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}
