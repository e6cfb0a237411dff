import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RetrieveOptions } from '../../knowledge/retrieval/retriever.ts';
import { FakeQdrant } from '../fakes/qdrant/server.ts';
import { demoEntries, published, SmallKnowledge, TODAY } from './knowledge.ts';

type Ask = (text: string, options?: Partial<RetrieveOptions>) => Promise<string[]>;
type Backend = {
  name: string;
  open(
    knowledge: SmallKnowledge,
  ): Promise<{ ask: Ask; settle(ids: string[]): Promise<void>; close(): Promise<void> }>;
};

const valid = (knowledge: SmallKnowledge, today: string) => (id: string) => {
  const source = knowledge.entries.get(id);
  return source !== undefined && source.validFrom <= today && (source.validTo ?? '9') >= today;
};

const embedded: Backend = {
  name: 'the embedded index',
  open: async (knowledge) => ({
    ask: async (text, { today = TODAY, limit = 5 } = {}) =>
      knowledge.index.search(text, { limit, filter: valid(knowledge, today) }).map(({ entryId }) => entryId),
    settle: async () => {},
    close: async () => {},
  }),
};

async function openQdrant(knowledge: SmallKnowledge, url: string, apiKey?: string) {
  const index = await knowledge.inQdrant({ url, apiKey, name: `contract-${randomUUID()}` });
  const ask: Ask = async (text, { today = TODAY, limit = 5, ...more } = {}) => {
    const found = new Map<string, number>();
    for (const language of knowledge.index.languagesOf(text))
      for (const { entryId, score } of await index.retrieve(text, { language, today, ...more }))
        found.set(entryId, score);
    const filter = (id: string) => found.has(id);
    return knowledge.index.search(text, { limit, candidates: found, filter }).map(({ entryId }) => entryId);
  };
  return {
    ask,
    async settle(ids: string[]) {
      index.changed(ids);
      await index.work();
    },
    close: () => index.destroy(),
  };
}

const standIn: Backend = {
  name: 'Qdrant, a stand-in',
  async open(knowledge) {
    const fake = await FakeQdrant.start();
    const opened = await openQdrant(knowledge, fake.url);
    return {
      ...opened,
      async close() {
        await opened.close();
        await fake.stop();
        expect(fake.faults).toEqual([]);
      },
    };
  },
};

const { QDRANT_URL: url, QDRANT_API_KEY: key } = process.env;
/** A server of one's own, whenever there is one: no package brings it. */
const real: Backend[] = url
  ? [{ name: 'Qdrant itself', open: (knowledge) => openQdrant(knowledge, url, key) }]
  : [];

describe.each([embedded, standIn, ...real])('$name', ({ open }) => {
  const knowledge = new SmallKnowledge([...demoEntries('zh'), ...demoEntries('en')]);
  let backend: Awaited<ReturnType<Backend['open']>>;

  beforeAll(async () => {
    backend = await open(knowledge);
  });
  afterAll(() => backend?.close());

  test('finds an entry by its title, its similar questions and its body', async () => {
    for (const id of ['zh-a-003', 'zh-a-010', 'en-011']) {
      const { title, questions } = knowledge.entries.get(id)?.entry ?? published({ id }).entry;
      expect((await backend.ask(title))[0]).toBe(id);
      for (const question of questions) expect(await backend.ask(question)).toContain(id);
    }
    expect(await backend.ask('星惠38元档 10GB国内流量＋100分钟国内主叫')).toContain('zh-a-002');
  });

  test('reads traditional characters, full width and capitals as one', async () => {
    const [plain] = await backend.ask('怎么办理5G套餐');
    expect((await backend.ask('怎麼辦理５Ｇ套餐'))[0]).toBe(plain);
    expect((await backend.ask('HOW DO I GET MY puk'))[0]).toBe('en-011');
  });

  test('finds nothing for texts without a word that any entry has, and takes whatever people write', async () => {
    for (const text of ['', '🙂🙂', '\u200b', 'zxqvj', '(.*)+$', 'عرض'])
      expect(await backend.ask(text)).toEqual([]);
    for (const text of ['{"a":[1]}', '\ud800', '套餐🙂\u202e改'])
      expect(await backend.ask(text)).toBeInstanceOf(Array);
    expect((await backend.ask('套餐'.repeat(5_000))).length).toBeGreaterThan(0);
  });

  test('holds to the limit', async () => {
    expect(await backend.ask('套餐怎么改', { limit: 2 })).toHaveLength(2);
  });

  test('knows what is published, what is reworded and what is withdrawn', async () => {
    knowledge.publish('new', { language: 'en', title: 'Parking at the flagship shop', body: 'Garage B2.' });
    await backend.settle(['new']);
    expect((await backend.ask('where is parking at the flagship shop'))[0]).toBe('new');
    knowledge.publish('new', { title: 'Bicycle stands at the head office', body: 'Courtyard.' });
    await backend.settle(['new']);
    expect((await backend.ask('bicycle stands'))[0]).toBe('new');
    expect(await backend.ask('parking flagship')).not.toContain('new');
    knowledge.withdraw('new');
    await backend.settle(['new']);
    expect(await backend.ask('bicycle stands at the head office')).not.toContain('new');
  });

  test('leaves out what has not begun and what has ended', async () => {
    const offer = { language: 'en', title: 'Moonlight tariff for night owls' } as const;
    knowledge.publish('offer', { ...offer, validFrom: '2026-05-01', validTo: '2026-06-30' });
    await backend.settle(['offer']);
    const asked = (today: string) => backend.ask('moonlight tariff', { today });
    expect(await asked('2026-04-30')).not.toContain('offer');
    expect(await asked('2026-05-01')).toContain('offer');
    expect(await asked('2026-06-30')).toContain('offer');
    expect(await asked('2026-07-01')).not.toContain('offer');
  });
});
