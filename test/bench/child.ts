import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cpuOf } from './cpu.ts';

/**
 * Runs a script that prints a line of JSON, in a process of its own: its memory is its own, and what doesn't fit must
 * not take the rest down. It may compute for `patienceMs`: other programs make it slower, but not that.
 */
export function inProcess<T>(
  script: URL,
  args: string[],
  patienceMs: number,
  flags = process.execArgv,
): Promise<T | { failed: string }> {
  const all = ['--expose-gc', '--max-old-space-size=6144', ...flags, fileURLToPath(script), ...args];
  const child = spawn(process.execPath, all, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const used = cpuOf(child.pid ?? 0);
  const late = setInterval(() => {
    if (used.read() > patienceMs) child.kill('SIGKILL');
  }, 1000);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearInterval(late);
      if (code === 0) return resolve(JSON.parse(out.trim().split('\n').at(-1) ?? ''));
      const reason =
        signal === 'SIGKILL'
          ? `more than ${patienceMs / 1000} s of computing`
          : err.trim().split('\n').at(-1);
      resolve({ failed: reason || `ended with ${code ?? signal}` });
    });
  });
}
