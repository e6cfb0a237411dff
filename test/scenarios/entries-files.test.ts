import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readKnowledge } from '../../knowledge/eval/files.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';

type Imported = {
  saved: boolean;
  importId: string | null;
  entries: number;
  problems: { line: number; text: string }[];
  warnings: { line: number; text: string }[];
};

let centre: Centre;
let folder: string;
let headers: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingda-entries-'));
  centre = await openDemoCentre();
  headers = await centre.signedIn('3001');
}, 120_000);
afterAll(async () => {
  await centre.close();
  rmSync(folder, { recursive: true, force: true });
});

async function send(file: string, apply = false): Promise<Imported> {
  const response = await fetch(`${centre.url}/api/v1/entries/import?apply=${apply}`, {
    ...{ method: 'POST', body: file },
    headers: { ...headers, 'content-type': 'application/octet-stream' },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Imported;
}

async function undo(importId: string | null, clientId: string) {
  const address = `${centre.url}/api/v1/entries/imports/${importId}/undo`;
  return (await fetch(address, { method: 'POST', headers: { ...headers, 'x-client-id': clientId } })).json();
}

const exported = async () => (await fetch(`${centre.url}/api/v1/entries/export`, { headers })).text();
const stored = (id: string) => centre.db.prisma.entry.findUnique({ where: { id } });
const lines = (...values: object[]) => values.map((value) => JSON.stringify(value)).join('\n');
const whole = { questions: ['怎么报水表'], catalogue: '缴费/水表', department: '客户服务部' };
const meter = { id: 'w-1', title: '水表读数怎么上报', body: '请在月底前上报。', ...whole };

describe('the knowledge as a file', () => {
  test('is what npm run eval reads, without what is withdrawn, and what another centre imports', async () => {
    await centre.db.prisma.entry.update({ where: { id: 'zh-a-002' }, data: { state: 'withdrawn' } });
    const text = await exported();
    const path = join(folder, 'entries.jsonl');
    writeFileSync(path, text);
    const entries = readKnowledge(path);
    const published = await centre.db.prisma.entry.findMany({ where: { state: 'published' } });
    expect(entries.map(({ id }) => id).sort()).toEqual(published.map(({ id }) => id).sort());
    const [one] = published;
    expect(entries.find(({ id }) => id === one?.id)).toMatchObject({
      ...{ title: one?.title, questions: one?.questions, body: one?.body, language: one?.language },
    });
    await centre.db.prisma.revision.deleteMany();
    await centre.db.prisma.entry.deleteMany();
    expect(await send(text, true)).toMatchObject({
      ...{ saved: true, entries: published.length, problems: [], warnings: [] },
    });
    expect(await exported()).toBe(text);
  });

  test('is for editors only', async () => {
    const agent = await centre.signedIn('1001');
    const answer = await fetch(`${centre.url}/api/v1/entries/export`, { headers: agent });
    expect(answer.status).toBe(403);
  });
});

describe('an import', () => {
  test('says line by line what is wrong, and writes nothing until all is right', async () => {
    const file = [
      JSON.stringify(meter),
      '',
      '{oops',
      lines(
        { ...meter, title: '又一个' },
        { ...meter, id: 'zh-a-001' },
        { ...meter, id: 'w-2', body: '拨打 {nobody}' },
        { ...meter, id: '水表', validTo: 'soon' },
        { ...meter, id: 'w-3', validFrom: '2026-07-01', validTo: '2026-06-01', action: 'form:nothing' },
        { id: 'w-4', title: '只有标题和正文', body: '正文' },
      ),
    ].join('\n');
    const found = await send(file, true);
    expect(found).toMatchObject({ saved: false, importId: null, entries: 8 });
    expect(found.problems.map(({ line, text }) => `${line} ${text}`)).toEqual([
      '3 这一行不是有效的 JSON。',
      '4 id：编号“w-1”与第 1 行重复。',
      '5 id：编号“zh-a-001”已被使用，请换一个，或从文件中删除这一行。',
      '6 没有这些变量：nobody。',
      '7 validTo：请填写有效的日期，例如 2026-06-10。',
      '7 id：编号只能用英文字母、数字、点、横线和下划线，最多 40 个字符。',
      '8 validTo：截止日期早于生效日期。',
      '8 action：没有“form:nothing”这个动作。',
    ]);
    expect(found.warnings.map(({ line, text }) => `${line} ${text}`)).toEqual([
      '9 没有相似问法，只能按标题和正文查找。',
      '9 没有写目录或责任部门。',
    ]);
    expect(await stored('w-1')).toBeNull();
  });

  test('is previewed, then published as a whole, and taken back but for what was changed since', async () => {
    const file = lines(meter, { ...meter, id: 'w-2', title: '水表坏了怎么办' });
    expect(await send(file)).toMatchObject({ saved: false, problems: [], entries: 2 });
    expect(await stored('w-1')).toBeNull();
    const { importId, saved } = await send(file, true);
    expect(saved).toBe(true);
    expect(await stored('w-1')).toMatchObject({ state: 'published', language: 'zh', revision: 1, sms: '' });
    expect((await send(file, true)).problems).toHaveLength(2);

    await centre.db.prisma.entry.update({ where: { id: 'w-2' }, data: { revision: 2 } });
    expect(await undo(importId, 'undo-import-1')).toEqual({ withdrawn: 1, kept: 1 });
    expect(await stored('w-1')).toMatchObject({ state: 'withdrawn', revision: 2 });
    expect(await stored('w-2')).toMatchObject({ state: 'published' });
    expect(await undo(importId, 'undo-import-2')).toEqual({ withdrawn: 0, kept: 2 });

    const mended = await send(lines({ ...meter, body: '请在月底前三天上报。' }), true);
    expect(mended.saved).toBe(true);
    expect(await stored('w-1')).toMatchObject({
      state: 'published',
      revision: 3,
      body: '请在月底前三天上报。',
    });
    const states = await centre.db.prisma.revision.findMany({
      where: { entryId: 'w-1' },
      orderBy: { number: 'asc' },
    });
    expect(states.map(({ state }) => state)).toEqual(['published', 'withdrawn', 'published']);
  });

  test('reads a sheet whose first line names the columns, in Chinese too', async () => {
    const csv =
      '编号,标题,相似问法,正文,目录,责任部门,生效日期\r\nc-1,停水通知在哪看,停水了吗|为什么停水,在公告栏。,公告,客户服务部,2026-07-01\r\n';
    expect(await send(`${csv}c-2,停,问,正文,公告,客户服务部,\r\n`)).toMatchObject({
      problems: [{ line: 3, text: '标题：请至少填写 2 个字。' }],
    });
    expect(await send(csv, true)).toMatchObject({ saved: true, entries: 1, warnings: [] });
    expect(await stored('c-1')).toMatchObject({
      ...{ title: '停水通知在哪看', questions: ['停水了吗', '为什么停水'] },
      validFrom: new Date('2026-07-01T00:00Z'),
    });
  });

  test('says so of a file without entries', async () => {
    expect((await send('标题,正文\r\n甲乙,丙\r\n', true)).problems[0]?.text).toContain('文件里没有条目');
  });
});
