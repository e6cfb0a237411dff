import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../../../test/setup/centre.ts';
import { readRows } from '../roster/files/rows.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await openDemoCentre();
}, 60_000);
afterAll(() => centre.close());

async function rowsOf(number: string, query: string) {
  const headers = { ...(await centre.signedIn(number)), 'accept-language': 'zh-CN' };
  const answer = await fetch(`${centre.url}/api/v1/attendance/export?${query}`, { headers });
  return answer.status === 200 ? readRows(Buffer.from(await answer.arrayBuffer())) : answer.status;
}

test.each(['xlsx', 'csv'])(
  '%s: an agent gets their own line, a leader the team, managers all',
  async (format) => {
    const numbers = async (number: string) => {
      const rows = await rowsOf(number, `month=2026-06&format=${format}`);
      if (typeof rows === 'number') throw new Error(`answered ${rows}`);
      return rows.slice(1).map(([who]) => who);
    };
    expect(await numbers('1001')).toEqual(['1001']);
    expect(await numbers('2002')).toEqual(['1002', '1004', '1006', '1008', '1010', '2002']);
    expect(await numbers('4001')).toEqual([
      ...['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008', '1009', '1010', '2001', '2002'],
      ...['6001', '6002', '7001', '7002'],
    ]);
  },
);

test('what nobody signed for is said to be unrecorded, not absent; the month is a month', async () => {
  const rows = await rowsOf('1001', 'month=2026-06&language=en');
  const [head, line] = typeof rows === 'number' ? [] : rows;
  const cell = (title: string) => line?.[head?.indexOf(title) ?? -1];
  expect(['Shifts', 'Attended', 'Absent', 'No record (shifts)'].map(cell)).toEqual(['1', '0', '0', '1']);
  expect(await rowsOf('1001', 'month=2026-13')).toBe(400);
});
