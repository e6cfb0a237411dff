import { readFileSync } from 'node:fs';
import type { CpuClock } from '../cpu.ts';
import type { Bench } from '../main.ts';
import { startEcho } from './echo.ts';
import { type Answering, quantile, run } from './load.ts';
import { startOurs } from './ours.ts';

const conversations = 32;
const alternations = 3;
const warmUpMs = 3_000;
const measureMs = 10_000;

interface Figures {
  turnsPerSecond: number;
  nodeCpuMs: number;
  postgresCpuMs: number;
  p50Ms: number;
  p99Ms: number;
}

/**
 * 32 conversations that each send the next message when answered: the whole product against botbuilder's echo
 * bot, in turn, medians of three. `cpuRatio` compares what Node spends on a turn.
 */
export const turns: Bench = async (say) => {
  const texts = questions();
  const ours: Figures[] = [];
  const echo: Figures[] = [];
  for (let round = 1; round <= alternations; round++) {
    const product = await startOurs(conversations);
    ours.push(await measure(product, texts, product.node, product.postgres).finally(() => product.stop()));
    say(`  ${round}/${alternations} ours ${line(ours.at(-1) as Figures)}`);
    const bot = await startEcho(conversations);
    echo.push(await measure(bot, texts, bot.node).finally(() => bot.stop()));
    say(`  ${round}/${alternations} echo ${line(echo.at(-1) as Figures)}`);
  }
  const a = medians(ours);
  const b = medians(echo);
  const { nodeCpuMs, postgresCpuMs } = a;
  return {
    ours: { ...a, cpuMsPerTurn: round3(nodeCpuMs + postgresCpuMs) },
    echo: { turnsPerSecond: b.turnsPerSecond, cpuMsPerTurn: b.nodeCpuMs, p50Ms: b.p50Ms, p99Ms: b.p99Ms },
    cpuRatio: round3(nodeCpuMs / b.nodeCpuMs),
  };
};

async function measure(
  target: Answering,
  texts: string[],
  node: CpuClock,
  postgres?: CpuClock,
): Promise<Figures> {
  await run(target, texts, warmUpMs);
  const before = [node.read(), postgres?.read() ?? 0] as const;
  const load = await run(target, texts, measureMs);
  return {
    turnsPerSecond: round3(load.turns / load.seconds),
    nodeCpuMs: round3((node.read() - before[0]) / load.turns),
    postgresCpuMs: round3(((postgres?.read() ?? 0) - before[1]) / load.turns),
    p50Ms: round3(quantile(load.latencies, 0.5)),
    p99Ms: round3(quantile(load.latencies, 0.99)),
  };
}

/** Questions of the demo centre's customers that the knowledge answers; none asks for a person or starts a form. */
function questions(): string[] {
  const lines = readFileSync('test/payloads/telecom_zh/queries.jsonl', 'utf8').trim().split('\n');
  const all = lines.map((l) => JSON.parse(l) as { text: string; gold: string[] });
  return all
    .filter(({ text, gold }) => gold.length > 0 && !/人工|投诉|报修|工单|客服|菜单|取消/.test(text))
    .map(({ text }) => text);
}

function medians(all: Figures[]): Figures {
  const of = (key: keyof Figures) =>
    all.map((f) => f[key]).sort((x, y) => x - y)[Math.floor(all.length / 2)] ?? Number.NaN;
  return {
    turnsPerSecond: of('turnsPerSecond'),
    nodeCpuMs: of('nodeCpuMs'),
    postgresCpuMs: of('postgresCpuMs'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
  };
}

const line = (f: Figures) =>
  `${f.turnsPerSecond} turns/s, Node ${f.nodeCpuMs} ms, PostgreSQL ${f.postgresCpuMs} ms, p50 ${f.p50Ms} ms, p99 ${f.p99Ms} ms`;
const round3 = (n: number) => Math.round(n * 1000) / 1000;
