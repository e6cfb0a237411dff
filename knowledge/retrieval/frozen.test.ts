import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ContainerError, pack, unpack } from './container.ts';
import { buildIndex, type Entry, RetrievalIndex } from './index.ts';

const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const zh = lines('prisma/seed/entries.zh.jsonl').map((one): Entry => ({ ...one, language: 'zh' }));
const en = lines('prisma/seed/entries.en.jsonl').map((one): Entry => ({ ...one, language: 'en' }));
const questions: string[] = [
  ...lines('test/payloads/telecom_zh/queries.jsonl').map(({ text }) => text),
  'how do I check my balance?',
  'IPTV',
  '',
];

describe('an index that was written down', () => {
  let trained: RetrievalIndex;
  let bytes: Uint8Array;
  beforeAll(async () => {
    trained = buildIndex([...zh, ...en]);
    bytes = await trained.freeze();
  });

  it('decides exactly as the one that wrote it, to the last digit', async () => {
    const read = await RetrievalIndex.thaw(bytes);
    expect(read.size).toBe(trained.size);
    expect(read.stale).toBe(false);
    expect(read.fingerprint).toBe(trained.fingerprint);
    for (const text of questions) {
      expect(read.decide(text)).toEqual(trained.decide(text));
      expect(read.search(text, { limit: 10 })).toEqual(trained.search(text, { limit: 10 }));
    }
  });

  it('takes up changes as the one that wrote it does', async () => {
    const read = await RetrievalIndex.thaw(bytes);
    const writer = buildIndex([...zh, ...en]);
    for (const index of [read, writer]) {
      index.remove('zh-c-012');
      index.upsert({ ...(zh[4] as Entry), body: '现在只能到营业厅办理。' });
      index.upsert({ ...(zh[9] as Entry), title: '卫星通话怎么开通', questions: ['手机能打卫星电话吗'] });
    }
    for (const text of [...questions.slice(0, 200), '转人工', '卫星电话'])
      expect(read.decide(text)).toEqual(writer.decide(text));
    expect(read.decide('手机能打卫星电话吗').hits[0]?.entryId).toBe(zh[9]?.id);
    expect(read.fingerprint).toBe(writer.fingerprint);
    expect(read.fingerprint).not.toBe(trained.fingerprint);
  });

  it('has the fingerprint of its entries, whatever happened before', () => {
    const index = buildIndex(zh.slice(0, 30), { train: 'later' });
    index.remove(zh[3]?.id ?? '');
    index.upsert({ ...(zh[5] as Entry), title: '别的' });
    index.upsert(zh[5] as Entry);
    index.upsert(zh[3] as Entry);
    expect(index.fingerprint).toBe(buildIndex(zh.slice(0, 30).reverse(), { train: 'later' }).fingerprint);
  });

  it('is refused when it is damaged anywhere, cut off or something else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = (damaged[at] as number) ^ change;
        await expect(RetrievalIndex.thaw(damaged)).rejects.toBeInstanceOf(ContainerError);
      }),
      { numRuns: 15 },
    );
    for (const wrong of [bytes.subarray(0, -1), new Uint8Array(0), deflateSync('not an index')])
      await expect(RetrievalIndex.thaw(wrong)).rejects.toBeInstanceOf(ContainerError);
  });

  it('of another version is refused, whatever is in it', async () => {
    const { meta, arrays } = await unpack(bytes);
    const other = await pack({ meta: { ...(meta as object), version: 'of last year' }, arrays });
    await expect(RetrievalIndex.thaw(other)).rejects.toThrow('of another version');
  });
});
