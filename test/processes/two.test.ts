import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wireClient } from '../fakes/directline-client.ts';
import { createEmptyDatabase, type TestDatabase } from '../setup/database.ts';
import { type Product, startProduct } from '../setup/product.ts';
import { signIn } from '../setup/staff-client.ts';

let test: TestDatabase;
let folders: string[];
let a: Product;
let b: Product;

beforeAll(async () => {
  test = await createEmptyDatabase();
  folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'yingda-two-')));
  // Both come to an empty database at once: one migrates and fills it, the other waits.
  [a, b] = (await Promise.all(
    folders.map((dataDir) => startProduct({ dataDir, env: { DATABASE_URL: test.url } })),
  )) as [Product, Product];
}, 120_000);

afterAll(async () => {
  await Promise.all([a?.stop(), b?.stop()]);
  await test?.drop();
  for (const folder of folders ?? []) rmSync(folder, { recursive: true, force: true });
});

const entryId = 'zh-a-005';
const question = '套餐变更后什么时候生效';
type Stored = { entry: Record<string, unknown> & { revision: number; body: string } };

describe('two processes on one PostgreSQL', () => {
  it('made one demo centre between them', async () => {
    const db = new Client({ connectionString: test.url });
    await db.connect();
    const { rows } = await db.query("SELECT count(*)::int AS n FROM person WHERE number = '1001'");
    await db.end();
    expect(rows[0].n).toBe(1);
  });

  it('learned the knowledge once between them, and again when one of them has published a change', async () => {
    const learned = async () => {
      for (const { url } of [a, b]) {
        const shown = async () => (await fetch(`${url}/metrics`)).text();
        await expect.poll(shown, { timeout: 60_000, interval: 200 }).toMatch(/^yingda_knowledge_learned 1$/m);
      }
      const db = new Client({ connectionString: test.url });
      await db.connect();
      const { rows } = await db.query('SELECT hash, parts FROM knowledge_artifact ORDER BY created_at');
      await db.end();
      return rows;
    };
    expect(await learned()).toEqual([{ hash: expect.any(String), parts: expect.any(Number) }]);
    const editor = await signIn(a.url, '3001');
    const { entry } = await editor.get<Stored>(`/entries/${entryId}`);
    const { title, questions, sms, validFrom, validTo, revision, body } = entry;
    const more = [...(questions as string[]), '换了套餐从哪天开始算'];
    const draft = { title, questions: more, sms, validFrom, validTo, revision, body, note: '' };
    expect((await editor.send('PUT', `/entries/${entryId}`, draft)).status).toBe(200);
    const artifacts = async () => (await learned()).length;
    await expect.poll(artifacts, { timeout: 60_000, interval: 200 }).toBe(2);
    for (const { log } of [a, b]) expect(log()).not.toContain('could not be');
  }, 120_000);

  it('show each other what is said: the customer on one, the agent on the other', async () => {
    const customer = wireClient(a.url);
    const visitor = await customer.visitor();
    const stream = await customer.listen(visitor);
    await customer.say(visitor, { type: 'message', from: { id: 'me' }, text: '转人工' });
    const agent = await signIn(b.url, '1001');
    const live = await agent.watch(`desk,conversation:${visitor.conversationId}`);
    const waiting = () =>
      agent
        .get<{ waiting: { conversationId: string }[] }>('/desk')
        .then((d) => d.waiting.map((w) => w.conversationId));
    await expect.poll(waiting).toContain(visitor.conversationId);
    expect((await agent.send('POST', `/desk/conversations/${visitor.conversationId}/take`)).status).toBe(200);
    await agent.send('POST', `/desk/conversations/${visitor.conversationId}/messages`, {
      text: '您好，请讲',
    });
    await expect.poll(() => stream.heard.map((h) => h.text)).toContain('您好，请讲');
    await customer.say(visitor, { type: 'message', from: { id: 'me' }, text: '网不通了' });
    await expect.poll(() => JSON.stringify(live.events)).toContain('网不通了');
    live.stop();
    stream.close();
  });

  it('answer with a new wording within a second, whichever of them published it', async () => {
    const editor = await signIn(a.url, '3001');
    const { entry } = await editor.get<Stored>(`/entries/${entryId}`);
    const { title, questions, sms, validFrom, validTo, revision } = entry;
    const body = '套餐变更在**次月1日零点**生效。新口径。';
    const published = await editor.send('PUT', `/entries/${entryId}`, {
      title,
      questions,
      sms,
      validFrom,
      validTo,
      revision,
      body,
      note: '',
    });
    expect(published.status).toBe(200);
    const at = performance.now();
    for (const product of [a, b]) {
      const customer = wireClient(product.url);
      const visitor = await customer.visitor();
      const stream = await customer.listen(visitor);
      // Asked again and again until a second is over: from then on every answer has the new words.
      await new Promise((r) => setTimeout(r, Math.max(0, 1000 - (performance.now() - at))));
      await customer.say(visitor, { type: 'message', from: { id: 'me' }, text: question });
      await expect.poll(() => stream.heard.map((h) => h.text)).toContain(body);
      stream.close();
    }
    const late = await editor.send<{ error: { code: string } }>('PUT', `/entries/${entryId}`, {
      title,
      questions,
      sms,
      validFrom,
      validTo,
      revision,
      body,
      note: '',
    });
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'version_changed' } } });
  });

  it('read questions with a synonym within a second, whichever of them it was kept on', async () => {
    const editor = await signIn(a.url, '3001');
    const kept = await editor.send('POST', '/synonyms', { words: ['流量包', '冲浪包'] });
    expect(kept.status).toBe(201);
    const at = performance.now();
    const stale = '冲浪包怎么买';
    for (const product of [a, b]) {
      const customer = wireClient(product.url);
      const visitor = await customer.visitor();
      const stream = await customer.listen(visitor);
      await new Promise((r) => setTimeout(r, Math.max(0, 1000 - (performance.now() - at))));
      await customer.say(visitor, { type: 'message', from: { id: 'me' }, text: stale });
      const outcomes = () =>
        stream.heard.map((h) => (h.channelData as { yingda?: { entryIds: string[] } })?.yingda?.entryIds);
      await expect.poll(outcomes).toContainEqual(['zh-a-010']);
      stream.close();
    }
    for (const { url } of [a, b]) {
      const shown = async () => (await fetch(`${url}/metrics`)).text();
      await expect.poll(shown, { timeout: 60_000, interval: 200 }).toMatch(/^yingda_knowledge_learned 1$/m);
    }
    for (const { log } of [a, b]) expect(log()).not.toContain('could not be');
  }, 120_000);

  it('hear of an entry that is added on one of them and withdrawn on the other', async () => {
    const asked = '水表读数怎么上报';
    const heard = async ({ url }: Product) => {
      const customer = wireClient(url);
      const visitor = await customer.visitor();
      const stream = await customer.listen(visitor);
      await customer.say(visitor, { type: 'message', from: { id: 'me' }, text: asked });
      const told = () => stream.heard.filter((h) => h.from.role === 'bot').map((h) => h.text);
      await expect.poll(() => told().length).toBeGreaterThan(0);
      stream.close();
      return told().at(-1);
    };
    const [here, there] = await Promise.all([signIn(a.url, '3001'), signIn(b.url, '3002')]);
    const added = await here.send<{ id: string; revision: number }>('POST', '/entries', {
      ...{ title: asked, questions: [], body: '水表读数请在月底前上报。', sms: '请在月底前上报。' },
      ...{ validFrom: '2020-01-01', validTo: null },
      ...{ language: 'zh', catalogue: '缴费/水表', department: '客户服务部' },
    });
    expect(added.status).toBe(201);
    for (const product of [a, b])
      await expect.poll(() => heard(product), { timeout: 60_000 }).toContain('月底前');
    const { id, revision } = added.body;
    expect((await there.send('POST', `/entries/${id}/withdraw`, { revision })).status).toBe(200);
    for (const product of [a, b])
      await expect.poll(() => heard(product), { timeout: 60_000 }).not.toContain('月底前');
  }, 120_000);

  it('one goes, the other carries on with its conversations', async () => {
    const customer = wireClient(b.url);
    const visitor = await customer.visitor();
    await a.kill();
    const stream = await customer.listen(visitor);
    await customer.say(visitor, { type: 'message', from: { id: 'me' }, text: question });
    await expect.poll(() => stream.heard.filter((h) => h.from.role === 'bot').length).toBeGreaterThan(0);
    stream.close();
  });
});
