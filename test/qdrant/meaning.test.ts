import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEmbeddings } from '../../knowledge/retrieval/dense/embeddings.ts';
import type { QdrantIndex } from '../../knowledge/retrieval/qdrant/index.ts';
import { demoEntries, SmallKnowledge, TODAY } from '../contracts/knowledge.ts';
import { FakeEmbeddings } from '../fakes/embeddings/server.ts';
import { FakeQdrant } from '../fakes/qdrant/server.ts';

/** Words that customers use and our entries don't. */
const SYNONYMS = [
  ['password', 'passphrase'],
  ['lost', 'vanished', 'mislaid'],
  ['phone', 'gadget', 'handset'],
];

let qdrant: FakeQdrant;
let endpoint: FakeEmbeddings;
let knowledge: SmallKnowledge;
let partial: unknown[];

beforeEach(async () => {
  [qdrant, endpoint] = await Promise.all([FakeQdrant.start(), FakeEmbeddings.start(SYNONYMS)]);
  knowledge = new SmallKnowledge(demoEntries('en'));
  knowledge.publish('lost', { title: 'Lost phone', questions: ['my phone is lost', 'I lost my phone'] });
  partial = [];
});

afterEach(async () => {
  await Promise.all([qdrant.stop(), endpoint.stop()]);
  expect(qdrant.faults).toEqual([]);
});

async function open(model = 'tiny'): Promise<QdrantIndex> {
  const embedder = await openEmbeddings({ url: endpoint.url, model, questionMs: 10_000 });
  const onPartial = (error: unknown) => partial.push(error);
  return knowledge.inQdrant({ url: qdrant.url, name: 'kb', embedder, onPartial });
}
const ask = (index: QdrantIndex, text: string) => index.retrieve(text, { language: 'en', today: TODAY });
type Weights = { dense: number; centre: number; floor: number; questions: number };
const metadata = () => qdrant.collection('kb-en').metadata as { weights: Weights };
const weighDense = (dense: number) => Object.assign(metadata().weights, { dense });

test('an entry is found by its meaning, where no word of the question is in it', async () => {
  const index = await open();
  weighDense(8);
  await index.work({ reconcile: true });
  const [first] = await ask(index, 'gadget mislaid');
  expect(first?.entryId).toBe('lost');
  const body = qdrant.seen('/points/query').at(-1)?.body as {
    prefetch: { using: string; filter: unknown }[];
  };
  expect(body.prefetch.map(({ using }) => using)).toEqual(['terms', 'meaning']);
  expect(body.prefetch[1]?.filter).toEqual(body.prefetch[0]?.filter);
});

test('an entry of many questions is found by the meaning of its body, too', async () => {
  const questions = Array.from({ length: 40 }, (_, i) => `tariff number ${i}`);
  knowledge.publish('many', { title: 'Tariffs', questions, body: 'Password.' });
  const index = await open();
  weighDense(8);
  await index.work({ reconcile: true });
  expect((await ask(index, 'passphrase'))[0]?.entryId).toBe('many');
});

test('the sum is the one of the formula: words, and meaning above its centre', async () => {
  const index = await open();
  weighDense(3);
  await index.work({ reconcile: true });
  const { centre } = metadata().weights;
  const question = 'my gadget is lost';
  const vector = endpoint.vector(question);
  const cosine = (other: number[]) => {
    const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
    return dot(vector, other) / Math.sqrt(dot(vector, vector) * dot(other, other));
  };
  const texts = ['Lost phone', 'my phone is lost', 'I lost my phone'];
  const meaning = Math.max(...texts.map((text) => cosine(endpoint.vector(text))));
  const words = knowledge.index.queryTerms(question, 'en').length;
  const lexical = (await ask(await knowledge.inQdrant({ url: qdrant.url, name: 'words' }), question))[0];
  const [first] = await ask(index, question);
  expect(first?.entryId).toBe('lost');
  expect(first?.score).toBeCloseTo((lexical?.score ?? 0) + 3 * words * (meaning - centre), 2);
});

describe('how much meaning weighs', () => {
  const groups = [
    ['refund', 'reimbursement', 'repayment'],
    ['upgrade', 'improvement', 'enhancement'],
    ['cancel', 'terminate', 'discontinue'],
    ['delivery', 'shipment', 'consignment'],
    ['invoice', 'bill', 'statement'],
    ['speed', 'velocity', 'quickness'],
    ['coverage', 'reception', 'signal'],
    ['visitor', 'guest', 'caller'],
  ];

  test('follows from similar questions that share no word, once each is held out', async () => {
    await endpoint.stop();
    endpoint = await FakeEmbeddings.start(groups);
    knowledge = new SmallKnowledge([]);
    groups.forEach((words, i) => {
      knowledge.publish(`e${i}`, { questions: words, body: 'Ask at the counter.' });
    });
    await open();
    expect(metadata().weights.questions).toBe(24);
    expect(metadata().weights.dense).toBeGreaterThan(0);
  });

  test('is measured on titles where nobody wrote similar questions', async () => {
    await endpoint.stop();
    endpoint = await FakeEmbeddings.start(groups);
    const pairs = [...groups, ...groups.map((words) => words.map((word) => `${word}s`))];
    knowledge = new SmallKnowledge([]);
    for (const [title = '', ...rest] of [...pairs, ...groups.map((words) => words.toReversed())])
      knowledge.publish(`t-${title}`, { title, body: `${rest.join(' ')} at the counter` });
    await open();
    expect(metadata().weights).toMatchObject({ questions: 24, dense: expect.any(Number) });
    expect(metadata().weights.dense).toBeGreaterThan(0);
  });

  test('a question that nothing answers scores no more than by its words', async () => {
    const index = await open();
    weighDense(8);
    await index.work({ reconcile: true });
    const { centre, floor } = metadata().weights;
    expect(floor).toBeLessThan(centre);
    const words = await knowledge.inQdrant({ url: qdrant.url, name: 'words' });
    const question = 'which handset do astronauts take to the moon';
    const best = async (some: QdrantIndex) => (await ask(some, question))[0]?.score ?? 0;
    expect(await best(index)).toBeLessThanOrEqual(await best(words));
  });

  test('is nothing where the vectors know no more than the words: then no vector is asked for', async () => {
    await endpoint.stop();
    endpoint = await FakeEmbeddings.start([]);
    endpoint.size = 2;
    const index = await open();
    expect(metadata().weights.dense).toBe(0);
    const before = endpoint.requests;
    expect((await ask(index, 'how do I get my PUK'))[0]?.entryId).toBe('en-011');
    expect(endpoint.requests).toBe(before);
  });
});

test.each(['error', 'garbage'] as const)(
  'when the endpoint fails (%s), words alone are asked, and it is told',
  async (fault) => {
    const index = await open();
    weighDense(8);
    await index.work({ reconcile: true });
    endpoint.fault = fault;
    expect((await ask(index, 'how do I get my PUK'))[0]?.entryId).toBe('en-011');
    expect(partial).toHaveLength(1);
  },
);

test('a slow endpoint is not waited for', async () => {
  const embedder = await openEmbeddings({ url: endpoint.url, model: 'tiny', questionMs: 50 });
  endpoint.fault = 'slow';
  await expect(embedder.question('anything')).rejects.toMatchObject({ code: 'failing' });
});

test('a question asked again needs no second vector, nor does an entry that has not changed', async () => {
  const index = await open();
  weighDense(8);
  await index.work({ reconcile: true });
  const before = endpoint.texts;
  await ask(index, 'my gadget vanished');
  await ask(index, 'my gadget vanished');
  await index.work({ reconcile: true });
  expect(endpoint.texts).toBe(before + 1);
  knowledge.publish('lost', { body: 'Call us.' });
  index.changed(['lost']);
  await index.work();
  expect(endpoint.texts).toBe(before + 1 + 4);
});

test('another model makes another collection, with vectors of its own length', async () => {
  await open('tiny');
  const first = qdrant.store.aliases.get('kb-en');
  endpoint.size = 32;
  const index = await open('other');
  expect(qdrant.store.aliases.get('kb-en')).not.toBe(first);
  expect(metadata()).toMatchObject({ model: 'other' });
  expect((await ask(index, 'how do I get my PUK'))[0]?.entryId).toBe('en-011');
});
