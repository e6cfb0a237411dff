import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIndex } from '../retrieval/index.ts';
import { run } from './command.ts';
import { ask } from './evaluate.ts';
import { readKnowledge, readQuestions } from './files.ts';
import { type Asked, auroc, measure, percentile } from './metrics.ts';

const KB = 'prisma/seed/entries.zh.jsonl';
const QUERIES = 'test/payloads/telecom_zh/queries.jsonl';

async function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await run(
    args,
    (text) => {
      out += text;
    },
    (text) => {
      err += text;
    },
  );
  return { code, out, err };
}

const folder = mkdtempSync(join(tmpdir(), 'eval-'));
function file(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

describe('npm run eval', () => {
  it("measures the demo centre's knowledge, and it is good enough to ship", async () => {
    const { code, out } = await command('--kb', KB, '--queries', QUERIES, '--json');
    expect(code).toBe(0);
    const figures = JSON.parse(out.trim().split('\n').at(-1) ?? '');
    expect(figures.r1).toBeGreaterThanOrEqual(83);
    expect(figures.r5).toBeGreaterThanOrEqual(95);
    expect(figures.auroc).toBeGreaterThanOrEqual(80);
    expect(figures.wrong).toBeLessThanOrEqual(10);
    expect(figures.rightOrOffered).toBeGreaterThanOrEqual(88);
    expect(figures.declined).toBeGreaterThanOrEqual(25);
  });

  it('says clearly what is wrong with its arguments and files', async () => {
    const good = file('good.jsonl', '{"id":"a","title":"停车"}');
    expect(await command('--kb', KB)).toMatchObject({ code: 2, err: expect.stringContaining('--queries') });
    expect((await command('--kb', good, '--queries', good, '--backend', 'qdrant')).err).toContain(
      'QDRANT_URL',
    );
    expect((await command('--nonsense')).code).toBe(2);
    expect((await command('--kb', '/nowhere', '--queries', good)).err).toContain('/nowhere: cannot be read');
    const broken = file('broken.jsonl', '{"id":"a"}', '', '{oops');
    expect((await command('--kb', broken, '--queries', good)).err).toContain(
      'broken.jsonl:3: not a line of JSON',
    );
    expect((await command('--kb', good, '--queries', good)).err).toContain('good.jsonl:1: text');
    expect((await command('--kb', file('empty.jsonl'), '--queries', good)).err).toContain('empty');
  });

  it('names the line of an id that stands twice, and of a gold that is no entry', async () => {
    const kb = file('kb.jsonl', '{"id":"a","title":"停车"}', '{"id":"b","title":"充电"}');
    const twice = file('twice.jsonl', '{"id":"a","title":"停车"}', '', '{"id":"a","title":"充电"}');
    const asked = file('asked.jsonl', '{"text":"哪里停车","gold":["a"]}', '{"text":"充电","gold":["b","c"]}');
    expect(await command('--kb', twice, '--queries', asked)).toMatchObject({
      ...{ code: 2, out: '' },
      err: expect.stringMatching(/twice\.jsonl:3: the id "a" stands at \S*twice\.jsonl:1 already/),
    });
    expect(await command('--kb', kb, '--queries', asked)).toMatchObject({
      ...{ code: 2, out: '' },
      err: expect.stringContaining('asked.jsonl:2: gold "c" is no entry of the knowledge'),
    });
  });
});

describe('measures', () => {
  const asked = (
    gold: string[],
    outcome: Asked['decision']['outcome'],
    ids: string[],
    score: number,
  ): Asked => {
    const hits = ids.map((entryId, i) => ({ entryId, score: -i }));
    return {
      question: { text: '', gold, kind: gold.length ? 'in' : 'near' },
      hits,
      decision: { outcome, hits, score },
      ms: 1,
    };
  };

  it('counts right, wrong, refused and offered as the README of the sets says', () => {
    const report = measure([
      asked(['a'], 'answer', ['a', 'b'], 0.9),
      asked(['a'], 'answer', ['b', 'a'], 0.8),
      asked(['a', 'c'], 'choices', ['b', 'c', 'd'], 0.4),
      asked(['a'], 'unknown', ['x'], 0.2),
      asked([], 'answer', ['a'], 0.7),
      asked([], 'unknown', ['a'], 0.1),
    ]);
    expect(report).toMatchObject({ r1: 25, r5: 75, mrr10: 50, answered: 50, wrong: 66.7, refused: 25 });
    expect(report).toMatchObject({ choices: 16.7, choicesRight: 100, rightOrOffered: 50, aurocFar: null });
    expect(report.declined).toBe(50);
    expect(report.auroc).toBe(75);
  });

  it('ranks as pairwise comparison does', () => {
    const score = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(fc.array(score, { minLength: 1 }), fc.array(score, { minLength: 1 }), (good, bad) => {
        let wins = 0;
        for (const a of good) for (const b of bad) wins += a > b ? 1 : a === b ? 0.5 : 0;
        expect(auroc(good, bad)).toBeCloseTo((100 * wins) / (good.length * bad.length), 0);
      }),
    );
  });

  it('takes percentiles by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile([], 0.5)]).toEqual([50, 99, 0]);
  });
});

describe('the thresholds', () => {
  it('do not depend on the questions that are scored, nor on their labels or order', () => {
    const entries = readKnowledge(KB).slice(0, 60);
    const questions = readQuestions(QUERIES).slice(0, 40);
    const labels = questions.map(({ gold }) => gold);
    const shuffled = questions
      .map((question, i) => ({ ...question, gold: labels[(i * 7 + 3) % labels.length] ?? [] }))
      .reverse();
    const outcomes = (some: typeof questions) => {
      const index = buildIndex(entries);
      const pairs = some.map((question) => [question.text, ask(index, question).decision] as const);
      return new Map(pairs.map(([text, { outcome, score }]) => [text, `${outcome} ${score}`]));
    };
    expect([...outcomes(shuffled)].reverse()).toEqual([...outcomes(questions)]);
  });
});
