import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readQuestions } from '../../knowledge/eval/files.ts';
import { connectQdrant, KnowledgeBase, type QdrantIndex, type StoredEntry } from '../../knowledge/index.ts';
import { KnowledgeRetriever } from '../../knowledge/langchain/retriever.ts';
import type { SourceEntry } from '../../knowledge/retrieval/qdrant/index.ts';
import { demoEntries, TODAY } from '../contracts/knowledge.ts';
import { FakeQdrant } from '../fakes/qdrant/server.ts';

/** The database's entries as rows, without the database. */
class Rows {
  readonly rows = new Map<string, StoredEntry>();
  synonyms: string[][] = [];
  readonly sql = {
    query: async ({ text, values }: { text: string; values?: unknown[] }) => {
      if (text.includes('synonym_group')) return { rows: this.synonyms.map((words) => ({ words })) };
      const ids = values?.[0] as string[] | undefined;
      const all = [...this.rows.values()];
      return { rows: structuredClone(ids ? all.filter(({ id }) => ids.includes(id)) : all) };
    },
  };

  publish(entry: Partial<StoredEntry> & { id: string }): void {
    const old = this.rows.get(entry.id);
    const blank = {
      catalogue: '',
      department: '',
      action: null,
      sms: '',
      updatedAt: 0,
      validFrom: '2026-01-01',
    };
    const whole = {
      ...blank,
      language: 'en',
      title: '',
      questions: [],
      body: '',
      validTo: null,
      ...old,
      ...entry,
    };
    this.rows.set(entry.id, {
      state: 'published',
      ...whole,
      revision: (old?.revision ?? 0) + 1,
    } as StoredEntry);
  }
}

let qdrant: FakeQdrant;
let database: Rows;
let knowledge: KnowledgeBase;
let index: QdrantIndex;
let fallbacks: string[];

const settings = (queryMs: number) => ({
  ...{ url: qdrant.url, name: 'kb', queryMs },
  onFallback: (reason: string) => void fallbacks.push(reason),
});

/** A knowledge of these entries that is asked through Qdrant. */
async function open(entries: SourceEntry[]): Promise<void> {
  for (const { entry, validFrom, validTo } of entries) database.publish({ ...entry, validFrom, validTo });
  knowledge = new KnowledgeBase({
    db: database as never,
    variables: { hotline: '10099' },
    onError(error) {
      throw error;
    },
  });
  await (await knowledge.load()).ready;
  index = await connectQdrant(knowledge, settings(10_000));
  await index.work();
}

beforeEach(async () => {
  qdrant = await FakeQdrant.start();
  database = new Rows();
  fallbacks = [];
  await open(demoEntries('en'));
});

afterEach(async () => {
  await qdrant.stop();
  expect(qdrant.faults).toEqual([]);
});

const ask = (text: string) => knowledge.remote?.ask({ text }, { today: TODAY }, new AbortController().signal);
const queries = () => qdrant.seen('/points/query').length;

test('without Qdrant nothing is asked outside', () => {
  const alone = new KnowledgeBase({ db: database as never, variables: {}, onError() {} });
  expect(alone.remote).toBeUndefined();
});

test('words alone in Qdrant decide as the embedded index does', async () => {
  await open(demoEntries('zh', 60));
  const file = new URL('../payloads/telecom_zh/queries.jsonl', import.meta.url).pathname;
  const questions = readQuestions(file).filter((_, i) => i % 18 === 0);
  let same = 0;
  for (const { text } of questions) {
    const [there, here] = [await ask(text), knowledge.ask(text, { today: TODAY })];
    if (there?.outcome === here.outcome) same++;
    // Mean lengths are rounded there, so that a score may differ in its third digit.
    expect(Math.abs((there?.score ?? 0) - here.score)).toBeLessThan(0.02);
  }
  expect(same).toBeGreaterThanOrEqual(questions.length - 1);
  expect(queries()).toBeGreaterThanOrEqual(questions.length - 1);
  expect(fallbacks).toEqual([]);
});

test('a name in Latin letters alone is asked in the conversation’s language, outside too', async () => {
  await open([...demoEntries('en'), ...demoEntries('zh')]);
  const { signal } = new AbortController();
  const comesTo = async (language: 'zh' | 'en', id: string) => {
    const at = { today: TODAY, language };
    const answer = { outcome: 'answer', entry: { id } };
    expect(await knowledge.remote?.ask({ text: 'PUK' }, at, signal)).toMatchObject(answer);
    expect((await knowledge.search('PUK', at))[0]?.entry).toMatchObject({ id });
  };
  await comesTo('zh', 'zh-b-007');
  await comesTo('en', 'en-011');
  expect(fallbacks).toEqual([]);
});

describe.each(['down', 'error', 'garbage', 'misshapen'] as const)('when Qdrant is %s', (fault) => {
  test('the embedded index answers, it is counted, and Qdrant is asked again when it is back', async () => {
    qdrant.fault = fault;
    const question = 'How do I get my PUK?';
    expect(await ask(question)).toEqual(knowledge.ask(question, { today: TODAY }));
    expect(fallbacks).toHaveLength(1);
    qdrant.fault = undefined;
    const before = queries();
    expect(await ask(question)).toMatchObject({ outcome: 'answer', entry: { id: 'en-011' } });
    expect(queries()).toBe(before + 1);
    expect(fallbacks).toHaveLength(1);
  });
});

test('other synonyms make another collection, and the embedded index answers with them until it is there', async () => {
  const puk = { outcome: 'answer', entry: { id: 'en-011' } };
  const question = 'How do I get my rescue code?';
  // Another process, which hears of the change later.
  const late = new KnowledgeBase({ db: database as never, variables: { hotline: '10099' }, onError() {} });
  await (await late.load()).ready;
  const lateIndex = await connectQdrant(late, settings(10_000));
  await lateIndex.work();
  const askLate = () => late.remote?.ask({ text: question }, { today: TODAY }, new AbortController().signal);

  const before = qdrant.store.aliases.get('kb-en');
  database.synonyms = [['PUK', 'rescue code']];
  await knowledge.refreshSynonyms();
  expect(await ask(question)).toMatchObject(puk);
  expect(fallbacks).toEqual(['not_ready']);
  await index.work();
  expect(qdrant.store.aliases.get('kb-en')).not.toBe(before);
  expect(await ask(question)).toMatchObject(puk);
  expect(fallbacks).toHaveLength(1);

  expect(await askLate()).not.toMatchObject(puk);
  expect(fallbacks).toEqual(['not_ready', 'not_ready']);
  await late.refreshSynonyms();
  await lateIndex.work();
  expect(await askLate()).toMatchObject(puk);
  expect(fallbacks).toHaveLength(2);
});

test('a slow Qdrant is not waited for', async () => {
  await (await connectQdrant(knowledge, settings(50))).work();
  qdrant.fault = 'slow';
  expect(await ask('How do I get my PUK?')).toMatchObject({ outcome: 'answer', entry: { id: 'en-011' } });
  expect(fallbacks).toEqual(['timeout']);
});

test('an emptied collection is not taken for a question that nothing answers', async () => {
  qdrant.collection('kb-en').points.clear();
  expect(await ask('How do I get my PUK?')).toMatchObject({ outcome: 'answer', entry: { id: 'en-011' } });
  expect(fallbacks).toEqual(['empty']);
  expect(await ask('🙂')).toMatchObject({ outcome: 'unknown' });
  expect(fallbacks).toEqual(['empty']);
  expect(await index.work({ reconcile: true })).toMatchObject({ missing: 20 });
});

test('what was published a moment ago competes before Qdrant has it, and what was withdrawn is gone', async () => {
  const parking = { title: 'Parking at the flagship shop', body: 'Garage B2, **free** for two hours.' };
  database.publish({ id: 'parking', ...parking, questions: ['where can I park at the flagship shop'] });
  await knowledge.refresh(['parking']);
  const asked = 'where can I park at the flagship shop?';
  const first = await ask(asked);
  expect(JSON.stringify(first)).toContain('Garage B2');
  expect(
    qdrant
      .collection('kb-en')
      .sorted()
      .map(({ payload }) => payload.entry),
  ).not.toContain('parking');
  await index.work();
  expect(
    qdrant
      .collection('kb-en')
      .sorted()
      .map(({ payload }) => payload.entry),
  ).toContain('parking');
  database.publish({ id: 'parking', state: 'withdrawn' });
  await knowledge.refresh(['parking']);
  expect(JSON.stringify(await ask(asked))).not.toContain('Garage B2');
});

test('an offer that has ended is told as ended, though Qdrant does not return it', async () => {
  const offer = {
    title: 'Moonlight tariff for night owls',
    questions: ['do you still have the moonlight tariff'],
  };
  database.publish({ id: 'offer', ...offer, body: '5 a month at night.', validTo: '2026-05-31' });
  await knowledge.refresh(['offer']);
  await index.work();
  expect(await ask('do you still have the moonlight tariff?')).toMatchObject({
    outcome: 'expired',
    entry: { id: 'offer' },
    endedOn: '2026-05-31',
  });
});

test('another wording variable reaches the points', async () => {
  knowledge.setVariables({ hotline: '95000' });
  const stale = () => index.work().then((repaired) => repaired.stale);
  await expect.poll(stale).toBeGreaterThan(0);
  expect(await index.work({ reconcile: true })).toEqual({ missing: 0, stale: 0, surplus: 0, waiting: 0 });
});

test('a LangChain retriever of the knowledge asks Qdrant, gives what is valid, and survives its failure', async () => {
  const ended = { title: 'PUK by post', questions: ['get my PUK by post'], validTo: '2026-05-31' };
  database.publish({ id: 'ended', ...ended });
  await knowledge.refresh(['ended']);
  await index.work();
  const retriever = new KnowledgeRetriever({ knowledge, today: () => TODAY, limit: 2 });
  const before = queries();
  const documents = await retriever.invoke('How do I get my PUK by post?');
  expect(queries()).toBe(before + 1);
  expect(documents[0]).toMatchObject({ id: 'en-011', metadata: { title: expect.stringContaining('PUK') } });
  expect(documents.map(({ id }) => id)).not.toContain('ended');
  expect(documents[0]?.pageContent).not.toContain('{hotline}');
  qdrant.fault = 'down';
  expect((await retriever.invoke('How do I get my PUK by post?'))[0]?.id).toBe('en-011');
  expect(fallbacks).toEqual(['unreachable']);
});
