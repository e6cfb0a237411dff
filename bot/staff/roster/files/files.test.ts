import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../../../../test/setup/centre.ts';
import { readLayout } from './layout.ts';
import { readRows, toCsv, toXlsx } from './rows.ts';

const OFF = ['休', '休息', 'off'];
const csv = (text: string) => readRows(Buffer.from(text));

describe('a file is read', () => {
  test('a grid: people in rows, dates in columns, several shifts in a cell', async () => {
    const rows = await csv(
      '工号,姓名,2026-06-15,2026/6/16（周二）,2026年6月17日\n1001,周晓彤,早班,休,夜班+中班\n\n1002,何俊杰,早班\n',
    );
    const { cells, faults, lines } = readLayout(rows, OFF);
    expect(faults).toEqual([]);
    expect(lines).toBe(2);
    expect(cells.slice(3).map(({ line, number, shifts }) => `${line} ${number} ${shifts}`)).toEqual([
      ...['4 1002 早班', '4 1002 ', '4 1002 '],
    ]);
    expect(cells.slice(0, 3)).toEqual([
      { line: 2, number: '1001', name: '周晓彤', date: '2026-06-15', shifts: ['早班'] },
      { line: 2, number: '1001', name: '周晓彤', date: '2026-06-16', shifts: [] },
      { line: 2, number: '1001', name: '周晓彤', date: '2026-06-17', shifts: ['夜班', '中班'] },
    ]);
  });

  test('a list, below a title, with a person’s two shifts on two lines', async () => {
    const rows = await csv(
      '六月班表\n工号,日期,班次\n1001,20260615,夜班\n1001,2026-06-15,中班\n1003,2026-06-15,休息\n',
    );
    const { cells, faults } = readLayout(rows, OFF);
    expect(faults).toEqual([]);
    expect(cells.map(({ number, shifts }) => `${number} ${shifts}`)).toEqual(['1001 夜班,中班', '1003 ']);
  });

  test.each([
    ['nothing that could be a head', '甲,乙\n1,2\n', [[1, 'no_head', '']]],
    ['a date that does not exist', '工号,2026-06-31\n1001,早班\n', [[1, 'bad_date', '2026-06-31']]],
    ['a date without its year', '工号,6月15日\n1001,早班\n', [[1, 'bad_date', '6月15日']]],
    ['a date twice', '工号,2026-06-15,2026/6/15\n1001,早班,早班\n', [[1, 'duplicate', '2026-06-15']]],
    ['a person twice', '工号,2026-06-15\n1001,早班\n1001,中班\n', [[3, 'duplicate', '1001']]],
    ['a line of nobody', '工号,姓名,2026-06-15\n,周晓彤,早班\n', [[2, 'no_number', '周晓彤']]],
    [
      'the same shift twice',
      '工号,日期,班次\n1001,2026-06-15,早班\n1001,2026-06-15,早班\n',
      [[3, 'duplicate', '1001 2026-06-15']],
    ],
  ])('%s is a fault of its line', async (_, text, expected) => {
    const { faults } = readLayout(await csv(text), OFF);
    expect(faults.map(({ line, code, value }) => [line, code, value])).toEqual(expected);
  });

  test('GB 18030 as Excel writes it; what is neither is refused', async () => {
    const gbk = Buffer.from([0xb9, 0xa4, 0xba, 0xc5, 0x2c, 0x32, 0x0a]);
    expect(await readRows(gbk)).toEqual([['工号', '2']]);
    await expect(readRows(Buffer.from('PK\x03\x04 not a sheet'))).rejects.toMatchObject({
      code: 'unsupported_type',
    });
  });

  test('what is written as XLSX or CSV is read back the same', async () => {
    const rows = [
      ['工号', '姓名', '2026-06-15'],
      ['0012', '周,"晓"彤', '夜班+中班'],
      ['1001', '-', '休'],
      ['1002', "'=1+1", '=HYPERLINK("http://x")'],
    ];
    expect(await readRows(await toXlsx(rows, '班表'))).toEqual(rows);
    expect(await readRows(toCsv(rows))).toEqual(rows);
  });

  test.each(['=1+1', '+86', '-2+3', '@SUM(A1)', '\t=1', '＝1+1'])('in CSV %j is no formula', (value) => {
    expect(toCsv([[value]]).toString()).toMatch(/^\ufeff"?'/);
  });
});

describe('in the demo centre', () => {
  let centre: Centre;
  beforeAll(async () => {
    centre = await openDemoCentre();
  }, 60_000);
  afterAll(() => centre.close());

  const send = async (bytes: Buffer, query = '', number = '2001') => {
    const headers = { ...(await centre.signedIn(number)), 'content-type': 'application/octet-stream' };
    const init = {
      method: 'POST',
      headers: { ...headers, 'accept-language': 'zh-CN' },
      body: new Uint8Array(bytes),
    };
    const answer = await fetch(`${centre.url}/api/v1/roster/import?${query}`, init);
    // biome-ignore lint/suspicious/noExplicitAny: compared only
    return { status: answer.status, body: (await answer.json()) as any };
  };
  const team = async () =>
    (await centre.db.prisma.person.findUniqueOrThrow({ where: { number: '2001' } })).teamId ?? '';
  const download = async (query: string) => {
    const address = `${centre.url}/api/v1/roster/export?from=2026-06-15&to=2026-06-21&team=${await team()}&${query}`;
    const answer = await fetch(address, { headers: await centre.signedIn('2001') });
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };

  test.each(['format=xlsx', 'format=csv', 'format=csv&layout=list', 'layout=list'])(
    'what was exported (%s) changes nothing when it is imported',
    async (query) => {
      const file = await download(query);
      const preview = await send(file);
      expect(preview.body).toMatchObject({
        planned: 0,
        cancelled: 0,
        problems: [],
        warnings: [],
        saved: false,
      });
      expect(preview.body.lines).toBeGreaterThan(5);
    },
  );

  test('each problem is said with its line, and nothing is applied', async () => {
    const file =
      '工号,姓名,2026-06-15,2026-06-16\n1001,周小彤,早班,\n9999,无名,早班,\n1003,沈佳怡,晚晚班,\n1005,唐雨菲,早班+日班,\n';
    const { body } = await send(Buffer.from(file), 'apply=true&confirmed=true');
    expect(body).toMatchObject({ saved: false });
    expect(body.problems.map(({ line, text }: { line: number; text: string }) => `${line} ${text}`)).toEqual([
      '2 工号 1001 是周晓彤，文件里写的是“周小彤”。',
      '3 没有工号为“9999”的同事。',
      '4 没有“晚晚班”这个班次。',
    ]);
    const two = await send(Buffer.from('工号,2026-06-15\n1005,早班+日班\n'));
    expect(two.body.problems).toMatchObject([{ line: 2, code: 'two_at_once' }]);
  });

  test('a preview is applied once, against what was seen', async () => {
    const file = Buffer.from('工号,姓名,2026-06-27,2026-06-28\n1001,周晓彤,早班,夜班\n');
    const preview = await send(file);
    expect(preview.body).toMatchObject({
      saved: false,
      planned: 2,
      cancelled: 0,
      problems: [],
      warnings: [],
    });
    const { seen } = preview.body;
    const query = new URLSearchParams({ apply: 'true', seen }).toString();
    const [first, second] = await Promise.all([send(file, query), send(file, query)]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const shifts = await centre.db.prisma.shift.findMany({
      where: { person: { number: '1001' }, businessDate: { gte: new Date('2026-06-27') }, cancelledAt: null },
      orderBy: { startsAt: 'asc' },
    });
    expect(shifts.map(({ name }) => name)).toEqual(['早班', '夜班']);
  });

  test('another team’s people can’t be imported, nor by an agent', async () => {
    const file = Buffer.from('工号,2026-06-27\n1002,早班\n');
    expect((await send(file)).status).toBe(403);
    expect((await send(file, '', '1002')).status).toBe(403);
  });
});
