import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Lodging } from './as-user.ts';

export function program({ native }: Lodging, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** A bare environment: the caller's PG* variables and locale must not leak in, nor a folder the user can't enter. */
export function spawnOptions({ runAs, native }: Lodging) {
  const env =
    process.platform === 'win32' ? process.env : { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', HOME: '/' };
  return { ...runAs, env, cwd: process.platform === 'win32' ? native : '/', windowsHide: true };
}

/**
 * Runs initdb to its end, in a session of its own: Ctrl-C in our terminal must not cut it short, the start
 * that waits for it stops by itself.
 * @throws Error with what it said
 */
export async function runInitdb(lodging: Lodging, args: string[]): Promise<void> {
  const child = spawn(program(lodging, 'initdb'), args, {
    ...spawnOptions(lodging),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(said.trim() || `initdb ended with ${code ?? signal}`);
}
