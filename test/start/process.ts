import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Started {
  out(): string;
  err(): string;
  /** The last line of standard output; rejects with standard error when the process ends before it. */
  ready(): Promise<{ ready: true; url: string; logins: { number: string; password: string }[] }>;
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

const running = new Set<ChildProcess>();

/** Runs the program from its sources, with these settings and none of ours. */
export function start(settings: Record<string, string>): Started {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'bot/main.ts'], {
    cwd: root,
    env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'info', YINGDA_NOW: '2026-06-10T10:00+08:00', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => out.includes('"ready":true') && resolve());
    ended.then((code) => reject(new Error(`ended with ${code}: ${err}`)));
  });
  ready.catch(() => {});
  return {
    out: () => out,
    err: () => err,
    ready: async () => {
      await ready;
      return JSON.parse(out.trim().split('\n').at(-1) ?? '');
    },
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** Ends what a failed test left running. */
export async function endAll(): Promise<void> {
  const ends = [...running].map((child) => once(child, 'close'));
  for (const child of running) child.kill('SIGTERM');
  await Promise.all(ends);
}
