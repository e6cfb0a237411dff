import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakeEmbeddings } from '../fakes/embeddings/server.ts';
import { FakeQdrant } from '../fakes/qdrant/server.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';

let qdrant: FakeQdrant;
let endpoint: FakeEmbeddings;
let centre: Centre;

beforeAll(async () => {
  [qdrant, endpoint] = await Promise.all([FakeQdrant.start(), FakeEmbeddings.start()]);
  centre = await openDemoCentre('2026-06-10T10:00+08:00', {
    QDRANT_URL: qdrant.url,
    QDRANT_COLLECTION: 'demo',
    EMBEDDINGS_URL: endpoint.url,
    EMBEDDINGS_MODEL: 'tiny',
  });
}, 60_000);

afterAll(async () => {
  await centre.close();
  await Promise.all([qdrant.stop(), endpoint.stop()]);
  expect(qdrant.faults).toEqual([]);
});

const points = () => (qdrant.store.aliases.has('demo-en') ? qdrant.collection('demo-en').sorted() : []);
const pointOf = (id: string) => points().find(({ payload }) => payload.entry === id);
const soon = { timeout: 60_000, interval: 50 };

test('the product fills Qdrant beside its work, with words and meaning', async () => {
  await expect.poll(() => points().length, soon).toBe(20);
  expect(Object.keys(pointOf('en-011')?.vector ?? {})).toEqual(['terms', 'meaning']);
  expect(JSON.stringify(points())).not.toContain('{hotline}');
});

test('what an editor publishes is there a moment later, under its new revision', async () => {
  await expect.poll(() => pointOf('en-011')?.payload.revision, soon).toBe(1);
  const headers = { ...(await centre.signedIn('3001')), 'content-type': 'application/json' };
  const address = `${centre.url}/api/v1/entries/en-011`;
  const { entry } = await (await fetch(address, { headers })).json();
  const { title, questions, body, sms, validFrom, validTo, revision } = entry;
  const draft = { title: `${title} (SIM)`, questions, body, sms, validFrom, validTo };
  const response = await fetch(address, {
    method: 'PUT',
    headers: { ...headers, 'x-client-id': 'publish-1' },
    body: JSON.stringify({ ...draft, revision }),
  });
  expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 200 });
  await expect.poll(() => pointOf('en-011')?.payload.revision, soon).toBe(2);
});

test('the metrics tell what was repaired', async () => {
  const text = await (await fetch(`${centre.url}/metrics`)).text();
  expect(text).toMatch(/yingda_knowledge_qdrant_repaired_total\{kind="missing"\} \d+/);
  expect(text).toContain('yingda_knowledge_fallback_total');
});
