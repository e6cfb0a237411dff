import { readdirSync, readFileSync } from 'node:fs';

/** CPU time in milliseconds, user and system, that processes have used. Linux only: it reads /proc. */
export interface CpuClock {
  read(): number;
}

// USER_HZ is 100 on every Linux that Node runs on.
const tickMs = 10;

/** One process. */
export function cpuOf(pid: number): CpuClock {
  return { read: () => own(pid) };
}

/** A process, its living descendants and those of them that have ended. */
export function cpuOfTree(root: number): CpuClock {
  return {
    read() {
      const children = new Map<number, number[]>();
      for (const pid of pids()) {
        const parent = Number(fields(pid)?.[1]);
        children.set(parent, [...(children.get(parent) ?? []), pid]);
      }
      const tree = (pid: number): number =>
        own(pid) + ended(pid) + (children.get(pid) ?? []).reduce((sum, child) => sum + tree(child), 0);
      return tree(root);
    },
  };
}

const pids = () => readdirSync('/proc').map(Number).filter(Number.isInteger);

/** Fields of /proc/PID/stat from the third on (proc(5)): state, ppid … The name before them may hold spaces. */
function fields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

const own = (pid: number) => sum(pid, 11, 12);
const ended = (pid: number) => sum(pid, 13, 14);

function sum(pid: number, ...at: number[]): number {
  const all = fields(pid);
  return at.reduce((total, i) => total + Number(all?.[i] ?? 0), 0) * tickMs;
}
