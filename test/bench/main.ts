/**
 * `npm run bench -- NAME [--json]`: measures in one run, prints as it goes, and with --json one line of JSON last.
 * Figures depend on the machine: quote them with CPU model and core count, and trust the ratios more.
 */
import { cpus } from 'node:os';

/** Runs and returns what the last line shows. `say` reports progress. */
export type Bench = (say: (line: string) => void) => Promise<object>;

const benches: Record<string, () => Promise<Bench>> = {
  turns: async () => (await import('./turns/turns.ts')).turns,
  knowledge: async () => (await import('./knowledge/knowledge.ts')).knowledge,
  retrieval: async () => (await import('./retrieval/retrieval.ts')).retrieval,
  channels: async () => (await import('./channels/channels.ts')).channels,
  roster: async () => (await import('./roster/roster.ts')).roster,
};

async function main(): Promise<void> {
  const [name = '', ...flags] = process.argv.slice(2);
  const load = benches[name];
  if (!load) {
    process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]\n`);
    process.exitCode = 2;
    return;
  }
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  say(
    `${name} on ${cpus()[0]?.model ?? 'an unknown CPU'}, ${cpus().length} cores, Node ${process.versions.node}`,
  );
  const result = await (await load())(say);
  process.stdout.write(
    flags.includes('--json') ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`,
  );
}

await main();
