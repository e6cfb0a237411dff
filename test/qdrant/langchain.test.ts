import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { RunnableSequence } from '@langchain/core/runnables';
import { expect, test } from 'vitest';
import { knowledgeOf } from '../../knowledge/langchain/memory.ts';
import { KnowledgeRetriever } from '../../knowledge/langchain/retriever.ts';
import { demoEntries, TODAY } from '../contracts/knowledge.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the example of docs/LANGCHAIN.md runs as it stands', async () => {
  const text = readFileSync(`${root}docs/LANGCHAIN.md`, 'utf8');
  const [, program = ''] = /```ts\n(.*?)```/s.exec(text) ?? [];
  expect(program).toContain('KnowledgeRetriever');
  // In a folder that git doesn't list, so that no other test takes it for a source.
  const folder = `${root}dist/example-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(`${folder}/ask.mts`, program.replaceAll("from './", "from '../../"));
    const tsx = `${root}node_modules/tsx/dist/cli.mjs`;
    const { stdout } = await promisify(execFile)(process.execPath, [tsx, `${folder}/ask.mts`], { cwd: root });
    expect(stdout).toContain('问：保号套餐一个月多少钱');
    expect(stdout).toContain('8元保号套餐');
    expect(stdout).toMatch(/\[zh-a-\d+\]/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a retriever of the knowledge is a link of a chain, with callbacks, batches and documents that can be cited', async () => {
  const entries = demoEntries('en').map(({ entry }) => entry);
  const retriever = new KnowledgeRetriever({ knowledge: knowledgeOf(entries), today: () => TODAY, limit: 3 });
  const heard: string[] = [];
  const chain = RunnableSequence.from([
    (question: string) => question.trim(),
    retriever.withConfig({
      callbacks: [{ handleRetrieverEnd: (documents) => void heard.push(`${documents.length}`) }],
    }),
  ]);
  const [puk, nothing] = await chain.batch(['  How do I get my PUK? ', '🙂']);
  expect(puk?.[0]).toMatchObject({
    id: 'en-011',
    metadata: { id: 'en-011', language: 'en', validTo: null, score: expect.any(Number) },
  });
  expect(puk?.[0]?.pageContent).toBe(entries.find(({ id }) => id === 'en-011')?.body);
  expect(puk).toHaveLength(3);
  expect(nothing).toEqual([]);
  expect(heard.sort()).toEqual(['0', '3']);
});
