import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { QdrantIndex } from '../../knowledge/retrieval/qdrant/index.ts';
import type { RetrieverError } from '../../knowledge/retrieval/retriever.ts';
import { demoEntries, published, SmallKnowledge, TODAY } from '../contracts/knowledge.ts';
import { FakeQdrant } from '../fakes/qdrant/server.ts';

const NONE = { missing: 0, stale: 0, surplus: 0, waiting: 0 };

let qdrant: FakeQdrant;
let knowledge: SmallKnowledge;

beforeEach(async () => {
  qdrant = await FakeQdrant.start();
  knowledge = new SmallKnowledge(demoEntries('en'));
});
afterEach(async () => {
  await qdrant.stop();
  expect(qdrant.faults).toEqual([]);
});

const open = (fill = true) => knowledge.inQdrant({ url: qdrant.url, name: 'kb' }, fill);
const stored = () => qdrant.collection('kb-en');
const pointOf = (entryId: string) => {
  const points = stored().sorted();
  return points.find(({ payload }) => payload.entry === entryId);
};
const ask = async (index: QdrantIndex, text: string, at = {}) =>
  (await index.retrieve(text, { language: 'en', today: TODAY, ...at })).map(({ entryId }) => entryId);

describe('writing', () => {
  test('repeating what is done writes nothing', async () => {
    const index = await open();
    const writes = () =>
      qdrant.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('points')).length;
    const before = writes();
    index.changed(['en-011', 'en-012']);
    expect(await index.work()).toEqual(NONE);
    expect(await index.work({ reconcile: true })).toEqual(NONE);
    expect(writes()).toBe(before);
  });

  test('a process that is behind does not overwrite a newer revision, nor bring a withdrawn entry back', async () => {
    const index = await open();
    const behind = new SmallKnowledge(await knowledge.read());
    knowledge.publish('en-011', { title: 'Your PUK, and your PIN' });
    knowledge.withdraw('en-012');
    index.changed(['en-011', 'en-012']);
    await index.work();
    const newer = structuredClone(stored().sorted());

    // It read the points before the newer ones were written, so that only the server can refuse.
    const late = await behind.inQdrant({ url: qdrant.url, name: 'kb' });
    behind.publish('en-013', { body: 'To have a reason to write.' });
    const held = [...stored().points.values()];
    qdrant.before = ({ path }) => {
      if (!path.endsWith('/points')) return;
      for (const id of ['en-011', 'en-012']) stored().points.delete(pointOf(id)?.id ?? '');
      qdrant.before = ({ method }) => {
        if (method === 'PUT') for (const point of held) stored().points.set(point.id, point);
      };
    };
    late.changed(['en-011', 'en-012', 'en-013']);
    expect(await late.work()).toMatchObject({ missing: 2, stale: 1 });
    for (const id of ['en-011', 'en-012'])
      expect(pointOf(id)).toEqual(newer.find(({ payload }) => payload.entry === id));
    expect(pointOf('en-013')?.payload.revision).toBe(2);
    expect(await ask(index, knowledge.entries.get('en-012')?.entry.title ?? '')).not.toContain('en-012');
  });

  test('another wording of the same revision, as when a variable changes, is written', async () => {
    const index = await open();
    const same = knowledge.entries.get('en-011');
    if (same) knowledge.put({ ...same, entry: { ...same.entry, body: 'Call 10099.' } });
    index.allChanged();
    expect(await index.work()).toEqual({ ...NONE, stale: 1 });
  });

  test('a change that comes while another is being written is not lost', async () => {
    const index = await open();
    knowledge.publish('en-011', { title: 'First' });
    index.changed(['en-011']);
    qdrant.before = ({ method }) => {
      if (method !== 'PUT') return;
      qdrant.before = undefined;
      knowledge.publish('en-011', { title: 'Second' });
      index.changed(['en-011']);
    };
    await index.work();
    expect(index.isPending('en-011')).toBe(true);
    await index.work();
    expect(index.isPending('en-011')).toBe(false);
    expect(pointOf('en-011')?.payload.revision).toBe(3);
  });

  test('what could not be written stays due', async () => {
    const index = await open();
    knowledge.publish('en-011', { title: 'Where your PUK is' });
    index.changed(['en-011']);
    qdrant.fault = 'error';
    await expect(index.work()).rejects.toMatchObject({ code: 'failing' });
    qdrant.fault = undefined;
    expect(await index.work()).toEqual({ ...NONE, stale: 1 });
  });
});

test('another centre on the same server, whose name begins with ours, is left alone', async () => {
  const index = await open();
  const other = await knowledge.inQdrant({ url: qdrant.url, name: 'kb-en' });
  const theirs = () => [...qdrant.store.collections.keys()].filter((name) => name.startsWith('kb-en-en-'));
  const before = theirs();
  qdrant.store.aliases.delete('kb-en-en');
  await index.work({ reconcile: true });
  await index.work({ reconcile: true });
  await index.destroy();
  expect(theirs()).toEqual(before);
  await other.destroy();
  expect(qdrant.store.collections.size).toBe(0);
});

test('drift is repaired: points missing, stale, surplus, and points that lost their marks', async () => {
  const index = await open();
  const [gone, old, bare] = ['en-001', 'en-002', 'en-003'].map(pointOf);
  stored().points.delete(gone?.id ?? '');
  if (old) old.payload = { ...old.payload, revision: 0, content: 'other' };
  if (bare) bare.payload = {};
  for (const id of ['00000000-0000-4000-8000-000000000000', 42])
    stored().points.set(id, { id, vector: {}, payload: { entry: 'nobody’s' } });
  expect(await index.work({ reconcile: true })).toEqual({ missing: 1, stale: 2, surplus: 2, waiting: 0 });
  expect(await index.work({ reconcile: true })).toEqual(NONE);
  expect(stored().points.size).toBe(knowledge.entries.size);
});

describe('filters are Qdrant’s work', () => {
  const asked = () => qdrant.seen('/points/query').at(-1)?.body as { prefetch: { filter: object }[] };

  test('every prefetch carries state and validity, and what has ended does not come back', async () => {
    knowledge.publish('old', { title: 'Winter discount on roaming', validTo: '2026-03-01' });
    knowledge.publish('next', { title: 'Autumn discount on roaming', validFrom: '2026-09-01' });
    knowledge.publish('now', { title: 'Summer discount on roaming', validTo: TODAY });
    const index = await open();
    const found = await ask(index, 'discount on roaming');
    expect(found[0]).toBe('now');
    expect(found).not.toContain('old');
    expect(found).not.toContain('next');
    const must = [
      { key: 'state', match: { value: 'published' } },
      { key: 'valid_from', range: { lte: 20260610 } },
      { key: 'valid_to', range: { gte: 20260610 } },
    ];
    expect(asked().prefetch.map(({ filter }) => filter)).toEqual([{ must }]);
  });

  test('a region is asked for if known: entries of everywhere and of there', async () => {
    knowledge.put(published({ id: 'north', title: 'Shop hours in the north' }, { regions: ['north'] }));
    knowledge.put(
      published({ id: 'south', title: 'Shop hours in the south' }, { regions: ['south', 'east'] }),
    );
    knowledge.put(published({ id: 'all', title: 'Shop hours anywhere' }));
    const index = await open();
    const north = await ask(index, 'shop hours', { region: 'north' });
    expect(north).toEqual(expect.arrayContaining(['north', 'all']));
    expect(north).not.toContain('south');
    expect(await ask(index, 'shop hours', { region: 'east' })).toContain('south');
    expect(await ask(index, 'shop hours')).toEqual(expect.arrayContaining(['north', 'south', 'all']));
  });
});

describe('another making', () => {
  test('leads the alias to a new collection, while questions go on being answered', async () => {
    const index = await open();
    const first = qdrant.store.aliases.get('kb-en');
    // Much longer entries: the lengths that saturation was reckoned with are no longer true.
    for (let i = 0; i < 30; i++)
      knowledge.publish(`long-${i}`, {
        title: `Appendix ${i}`,
        body: `Clause ${i} of the contract. `.repeat(80),
      });
    let asked = 0;
    let working = true;
    const asking = (async () => {
      for (; working; asked++) expect((await ask(index, 'how do I get my PUK'))[0]).toBe('en-011');
    })();
    await index.work({ reconcile: true });
    working = false;
    await asking;
    expect(asked).toBeGreaterThan(0);
    const second = qdrant.store.aliases.get('kb-en');
    expect(second).not.toBe(first);
    expect((await ask(index, 'how do I get my PUK'))[0]).toBe('en-011');

    expect([...qdrant.store.collections.keys()]).toContain(first);
    await index.work({ reconcile: true });
    await index.work({ reconcile: true });
    expect([...qdrant.store.collections.keys()].filter((name) => name.startsWith('kb-en-'))).toEqual([
      second,
    ]);
  });

  test('what is published while it is being filled is in it when it begins to serve', async () => {
    const index = await open();
    for (let i = 0; i < 30; i++)
      knowledge.publish(`long-${i}`, { body: `Clause ${i} of the contract. `.repeat(80) });
    const holdsIt = () =>
      [...qdrant.store.collections.values()].some(({ points }) =>
        [...points.values()].some(({ payload }) => payload.entry === 'late'),
      );
    const served: boolean[] = [];
    qdrant.before = ({ method, path }) => {
      if (path === '/collections/aliases') served.push(holdsIt());
      if (method === 'PUT' && path.endsWith('/points') && !knowledge.entries.has('late'))
        knowledge.publish('late', { title: 'Published in the meantime' });
    };
    await index.work({ reconcile: true });
    expect(served).toEqual([true]);
  });

  test('of another version takes the alias over, and the older process leaves it alone', async () => {
    const older = await open();
    const embedder = {
      model: 'stub',
      documents: async (texts: string[]) => texts.map(() => [1, 0]),
      question: async () => [1, 0],
    };
    const newer = await knowledge.inQdrant({ url: qdrant.url, name: 'kb', embedder });
    expect((await ask(newer, 'how do I get my PUK')).length).toBeGreaterThan(0);
    await expect(ask(older, 'how do I get my PUK')).rejects.toMatchObject({ code: 'displaced' });
    const served = qdrant.store.aliases.get('kb-en');
    expect(await older.work({ reconcile: true })).toEqual(NONE);
    expect(qdrant.store.aliases.get('kb-en')).toBe(served);
  });

  test('is what a release with other shipped synonyms makes, and its collection takes the alias over', async () => {
    const older = await open();
    const first = qdrant.store.aliases.get('kb-en');
    vi.resetModules();
    vi.doMock('../../knowledge/retrieval/synonyms.ts', async (original) => {
      const shipped = await original<typeof import('../../knowledge/retrieval/synonyms.ts')>();
      return { ...shipped, COMMON: [...shipped.COMMON, ['puk', 'brolly']] };
    });
    const release = await import('../contracts/knowledge.ts');
    vi.doUnmock('../../knowledge/retrieval/synonyms.ts');
    const next = new release.SmallKnowledge(await knowledge.read());
    const newer = await next.inQdrant({ url: qdrant.url, name: 'kb' });
    expect(qdrant.store.aliases.get('kb-en')).not.toBe(first);
    expect((await ask(newer, 'brolly'))[0]).toBe('en-011');
    await expect(ask(older, 'how do I get my PUK')).rejects.toMatchObject({ code: 'displaced' });
  });

  test('two processes that begin at once fill one collection', async () => {
    const both = await Promise.all([open(false), open(false)]);
    await Promise.all(both.map((index) => index.work()));
    expect([...qdrant.store.collections.keys()].filter((name) => name.startsWith('kb-en-'))).toHaveLength(1);
    expect(stored().points.size).toBe(knowledge.entries.size);
  });
});

describe('failures', () => {
  test.each([
    ['down', 'unreachable'],
    ['slow', 'timeout'],
    ['error', 'failing'],
    ['garbage', 'nonsense'],
    ['misshapen', 'nonsense'],
  ] as const)('%s is told as %s', async (fault, code) => {
    await open();
    const hasty = await knowledge.inQdrant({ url: qdrant.url, name: 'kb', queryMs: 200 });
    qdrant.fault = fault;
    await expect(ask(hasty, 'how do I get my PUK')).rejects.toMatchObject({ code });
  });

  test('after three in a row the server is spared', async () => {
    const index = await open();
    qdrant.fault = 'error';
    const codes: string[] = [];
    for (let i = 0; i < 5; i++)
      await ask(index, 'PUK').catch((error: RetrieverError) => codes.push(error.code));
    expect(codes).toEqual(['failing', 'failing', 'failing', 'resting', 'resting']);
  });

  test('before the first filling nothing is asked', async () => {
    const index = await open(false);
    await expect(ask(index, 'PUK')).rejects.toMatchObject({ code: 'not_ready' });
    expect(qdrant.requests).toEqual([]);
  });

  test('a question that is given up is not waited for', async () => {
    const index = await open();
    qdrant.fault = 'slow';
    const giveUp = new AbortController();
    const asked = index.retrieve('PUK', { language: 'en', today: TODAY, signal: giveUp.signal });
    giveUp.abort();
    await expect(asked).rejects.toMatchObject({ code: 'aborted' });
  });

  test('an address with a path and a key goes to that path, with the key', async () => {
    const index = await QdrantIndex.open({
      ...{ url: `${qdrant.url}/behind/a/proxy`, apiKey: 'secret', name: 'kb' },
      ...{ terms: knowledge.index, read: knowledge.read },
    });
    await expect(index.work()).rejects.toMatchObject({ code: 'refused' });
    expect(qdrant.requests[0]).toMatchObject({ path: '/behind/a/proxy/aliases', apiKey: 'secret' });
  });
});

test('the stand-in refuses what Qdrant’s description does not allow', async () => {
  await open();
  const send = async (path: string, body: object) =>
    (await fetch(`${qdrant.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).status;
  expect(await send('/collections/kb-en/points/query', { query: 'not a vector of numbers', limit: 0 })).toBe(
    400,
  );
  expect(await send('/collections/kb-en/points/query', { limitt: 5 })).toBe(400);
  expect(await send('/collections/kb-en/points/scroll', { filter: { must: [{ range: 3 }] } })).toBe(400);
  expect(await send('/collections/kb-en/points/scroll?patience=5', {})).toBe(400);
  expect(await send('/collections/none/points/scroll', {})).toBe(404);
  qdrant.faults.length = 0;
});
