import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { wireClient } from '../fakes/directline-client.ts';
import { type Product, startProduct } from '../setup/product.ts';
import { signIn } from '../setup/staff-client.ts';

/** The product as it is started, with a model in its settings. */
const mock = new LLMock({ port: 0, logLevel: 'silent' });
let dataDir: string;
let product: Product;
beforeAll(async () => {
  await mock.start();
  dataDir = mkdtempSync(join(tmpdir(), 'yingda-model-'));
  chmodSync(dataDir, 0o711);
  const env = { MODEL_URL: `${mock.url}/v1`, MODEL_NAME: 'scripted', MODEL_KEY: 'sk-secret-of-the-model' };
  product = await startProduct({ dataDir, env });
  const learned = async () => /^yingda_knowledge_learned 1$/m.test(await metrics());
  await vi.waitUntil(learned, { timeout: 30_000, interval: 200 });
}, 90_000);
afterAll(async () => {
  await product?.stop();
  await mock.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
afterEach(() => mock.reset());

const metrics = async () => (await fetch(`${product.url}/metrics`)).text();

async function ask(text: string) {
  const client = wireClient(product.url);
  const visitor = await client.visitor();
  const stream = await client.listen(visitor);
  await client.say(visitor, { type: 'message', from: { id: 'me' }, text });
  const answer = () => stream.heard.find((a) => a.type === 'message' && a.from.role === 'bot');
  await vi.waitUntil(answer, { timeout: 15_000, interval: 20 });
  stream.close();
  return answer();
}

describe('a product with a model', () => {
  it('answers in checked words, with sources on the wire, and counts it', async () => {
    const sentences = [
      { text: '129元档包含60GB流量和500分钟主叫。', entryId: 'zh-a-001' },
      { text: '129元档可再打八折。', entryId: 'zh-a-001' },
    ];
    mock.on({ predicate: () => true }, { content: JSON.stringify({ fits: true, sentences }) });
    const heard = await ask('5G畅享套餐有哪些档位，价格是多少');
    expect(heard?.text).toBe('129元档包含60GB流量和500分钟主叫。');
    expect(heard?.channelData.yingda).toMatchObject({
      outcome: 'answer',
      entryIds: ['zh-a-001'],
      sources: [{ id: 'zh-a-001', title: '5G畅享套餐有哪些档位，价格是多少' }],
    });
    expect(await metrics()).toContain('yingda_model_calls_total{outcome="ok"} 1');
    expect(await metrics()).toContain('yingda_model_sentences_total{fault="figure"} 1');
    expect(product.log()).not.toContain('sk-secret-of-the-model');
  });

  it('suggests similar questions to an editor, marked, and stores none', async () => {
    const editor = await signIn(product.url, '3001');
    const path = '/entries/zh-c-035/suggested-questions';
    type Suggested = {
      configured: boolean;
      suggestions: { text: string; known: boolean; other: { id: string } | null }[];
    };
    type Found = { entry: { title: string; body: string; questions: string[] } };
    const { entry } = await editor.get<Found>('/entries/zh-c-035');
    const { title, body, questions } = entry;
    const written = [questions[0], '怎样查询话费余额', '彩铃一个月几块钱'];
    mock.on({ predicate: () => true }, { content: JSON.stringify({ questions: written }) });
    const { status, body: told } = await editor.send<Suggested>('POST', path, { title, body, questions });
    expect({ status, told }).toEqual({
      status: 200,
      told: {
        configured: true,
        suggestions: [
          { text: questions[0], known: true, other: null },
          { text: '怎样查询话费余额', known: false, other: { id: 'zh-a-026', title: expect.any(String) } },
          { text: '彩铃一个月几块钱', known: false, other: null },
        ],
      },
    });
    expect((await editor.get<Found>('/entries/zh-c-035')).entry.questions).toEqual(questions);
  });

  it('tells the editor when the model fails, and lets nobody else ask it', async () => {
    const draft = { title: '彩铃', body: '彩铃', questions: [] };
    const editor = await signIn(product.url, '3001');
    mock.nextRequestError(500, { message: 'broken' });
    expect((await editor.send('POST', '/entries/zh-c-035/suggested-questions', draft)).status).toBe(503);
    expect((await editor.send('POST', '/entries/zh-x-999/suggested-questions', draft)).status).toBe(404);
    const agent = await signIn(product.url, '1007');
    expect((await agent.send('POST', '/entries/zh-c-035/suggested-questions', draft)).status).toBe(403);
  });
});
