import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wireClient } from '../fakes/directline-client.ts';
import { type Product, startProduct } from '../setup/product.ts';

interface Question {
  text: string;
  gold: string[];
}

/** The 60 whose sha256 sorts first: 45 that the knowledge answers, 15 that it doesn't. Nobody chose them. */
function chosen(): { answerable: Question[]; unanswerable: Question[] } {
  const lines = readFileSync('test/payloads/telecom_zh/queries.jsonl', 'utf8').trim().split('\n');
  const hash = (q: Question) => createHash('sha256').update(q.text).digest('hex');
  const all = lines.map((l) => JSON.parse(l) as Question).sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
  const answerable = all.filter((q) => q.gold.length > 0).slice(0, 45);
  return { answerable, unanswerable: all.filter((q) => q.gold.length === 0).slice(0, 15) };
}

interface Heard {
  outcome: string;
  entryIds: string[];
  ms: number;
}

let dataDir: string;
let product: Product;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'yingda-answers-'));
  chmodSync(dataDir, 0o711);
  product = await startProduct({ dataDir });
  const learned = () =>
    fetch(`${product.url}/metrics`).then(async (r) => /^yingda_knowledge_learned 1$/m.test(await r.text()));
  await vi.waitUntil(learned, { timeout: 30_000, interval: 200 });
}, 90_000);
afterAll(async () => {
  await product?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Each question in a conversation of its own, as a customer who has just come. */
async function ask(text: string): Promise<Heard> {
  const client = wireClient(product.url);
  const visitor = await client.visitor();
  const stream = await client.listen(visitor);
  const at = performance.now();
  await client.say(visitor, { type: 'message', from: { id: 'me' }, text });
  const answer = () => stream.heard.find((a) => a.type === 'message' && a.from.role === 'bot');
  while (!answer() && performance.now() - at < 10_000) await new Promise((r) => setTimeout(r, 2));
  const ms = performance.now() - at;
  stream.close();
  const { outcome, entryIds } = answer()?.channelData.yingda ?? { outcome: 'none', entryIds: [] };
  return { outcome, entryIds, ms };
}

describe('the first measure of answers', () => {
  it('answers or offers the right entry, and does not answer what it does not know', {
    timeout: 120_000,
  }, async () => {
    const { answerable, unanswerable } = chosen();
    const all: Heard[] = [];
    const asked = async (questions: Question[]) => {
      const heard: Heard[] = [];
      for (const { text } of questions) heard.push(await ask(text));
      all.push(...heard);
      return heard;
    };
    const known = await asked(answerable);
    const unknown = await asked(unanswerable);
    const hits = (outcome: string) =>
      known.filter(
        (h, i) => h.outcome === outcome && h.entryIds.some((id) => answerable[i]?.gold.includes(id)),
      ).length;
    const right = hits('answer');
    const offered = hits('choices');
    const falseAnswers = unknown.filter((h) => h.outcome === 'answer').length;
    const times = all.map((h) => h.ms).sort((a, b) => a - b);
    process.stdout.write(
      `answers: ${right} right and ${offered} offered of ${answerable.length}, ${falseAnswers} false of ${unanswerable.length}, ` +
        `95th percentile from POST to answer ${times[Math.floor(times.length * 0.95)]?.toFixed(0)} ms\n`,
    );
    expect(all.map((h) => h.outcome)).not.toContain('none');
    expect((right + offered) / answerable.length).toBeGreaterThanOrEqual(0.85);
    expect(falseAnswers / unanswerable.length).toBeLessThanOrEqual(0.2);
  });
});
