import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** Does a process with this id live? One of another user counts; a zombie, whose parent never asked, does not. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !(process.platform === 'linux' && stateOf(pid) === 'Z');
}

function stateOf(pid: number): string | undefined {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/**
 * Is this process a PostgreSQL server on this folder? Process ids are used again, and a copied folder carries
 * a copied postmaster.pid, so a live id proves nothing. Undefined when the system won't tell.
 */
export function servesFolder(pid: number, folder: string): boolean | undefined {
  try {
    if (process.platform === 'linux') {
      if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) return false;
      // The folder itself, not its name: it may have been moved while the server ran.
      const [here, there] = [statSync(folder), statSync(`/proc/${pid}/cwd`)];
      return here.dev === there.dev && here.ino === there.ino;
    }
    return commandLine(pid).includes(folder);
  } catch {
    return undefined;
  }
}

function commandLine(pid: number): string {
  const [tool, ...args] =
    process.platform === 'win32'
      ? [
          'powershell',
          '-NoProfile',
          '-Command',
          `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`,
        ]
      : ['ps', '-ww', '-o', 'command=', '-p', String(pid)];
  return execFileSync(tool as string, args, { encoding: 'utf8', windowsHide: true });
}
