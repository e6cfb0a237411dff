import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Centre, openDemoCentre } from '../../../test/setup/centre.ts';
import { readRows } from '../roster/files/rows.ts';
import type { SwapState } from './decide.ts';

describe('the swap record as a file', () => {
  let centre: Centre;
  beforeAll(async () => {
    centre = await openDemoCentre();
    await keep('1001', '1002', { state: 'applied', back: '2026-06-08' });
    await keep('1001', '1003', { state: 'declined', reason: '=HYPERLINK("http://x","点我")' });
    await keep('1002', '1004', { state: 'peer_pending' });
    await keep('1001', '1002', { state: 'withdrawn', date: '2026-07-01' });
  }, 60_000);
  afterAll(() => centre.close());

  interface Kept {
    state: SwapState;
    date?: string;
    back?: string;
    reason?: string;
  }
  let asked = Date.parse('2026-06-03T09:00+08:00');

  /** A swap as it lies in the database; the demo's 2001 and 2002 lead the teams 受理甲班 and 受理乙班. */
  async function keep(giver: string, partner: string, { state, date = '2026-06-06', back, reason }: Kept) {
    const { prisma } = centre.db;
    const by = (number: string) => prisma.person.findUniqueOrThrow({ where: { number } });
    const [from, to, leader] = [await by(giver), await by(partner), await by('2001')];
    const { id: policyId } = await prisma.policyVersion.findFirstOrThrow();
    const duty = (person: typeof from, businessDate: string) => {
      const startsAt = Date.parse(`${businessDate}T08:00+08:00`);
      const hours = { from: startsAt, to: startsAt + 28_800_000, startsAt, endsAt: startsAt + 28_800_000 };
      const whose = { shiftId: randomUUID(), personId: person.id, teamId: person.teamId };
      return { ...whose, ...hours, businessDate, name: '早班', night: false };
    };
    asked += 60_000;
    const shift = duty(from, date);
    const decision = state === 'applied' ? 'agree' : 'decline';
    const said = { role: 'leader', decision, personId: leader.id, createdAt: new Date(asked + 60_000) };
    await prisma.swap.create({
      data: {
        ...{ id: randomUUID(), kind: back ? 'swap' : 'give', state, requesterId: from.id, giverId: from.id },
        ...{ partnerId: to.id, shiftId: shift.shiftId, shift, ...(back && { back: duty(to, back) }) },
        ...{ reason: reason ?? '送孩子入学报到', checks: { result: 'pass', verdicts: [] }, versions: {} },
        ...{ leaderIds: [leader.id], policyId, createdAt: new Date(asked), expiresAt: new Date(asked) },
        ...{ changedAt: new Date(asked), endedBy: from.id },
        ...((back || reason) && {
          consents: { create: [{ id: randomUUID(), note: reason ? '人手不够' : '', ...said }] },
        }),
      },
    });
  }

  const download = async (number: string, query: string) => {
    const headers = { ...(await centre.signedIn(number)), 'accept-language': 'zh-CN' };
    return fetch(`${centre.url}/api/v1/swaps/export?${query}`, { headers });
  };
  const rowsOf = async (number: string, query: string) => {
    const answer = await download(number, query);
    expect(answer.status).toBe(200);
    return readRows(Buffer.from(await answer.arrayBuffer()));
  };

  test.each(['xlsx', 'csv'])(
    '%s is read back: who, with whom, which shifts, what was said',
    async (format) => {
      const answer = await download('4001', `month=2026-06&format=${format}`);
      expect(answer.headers.get('content-disposition')).toBe(
        `attachment; filename="swaps-2026-06.${format}"`,
      );
      const [head, first, second, third, ...rest] = await readRows(Buffer.from(await answer.arrayBuffer()));
      expect(head).toEqual([
        ...['序号', '申请时间', '类别', '申请人', '对方', '换班班次', '还班班次', '事由', '班长意见'],
        ...['结果', '还班情况'],
      ]);
      expect(first).toEqual([
        ...['1', '2026-06-03 09:01', '换班', '周晓彤（1001）', '何俊杰（1002）'],
        ...['6月6日（周六）早班 08:00–16:00', '6月8日（周一）早班 08:00–16:00', '送孩子入学报到'],
        ...['6月3日（周三）09:02 林静雯同意', '已生效，班表已更改', '已还'],
      ]);
      expect(second?.slice(7)).toEqual([
        ...['=HYPERLINK("http://x","点我")', '6月3日（周三）09:03 林静雯不同意：人手不够'],
        ...['林静雯没有同意，原因：人手不够', ''],
      ]);
      expect(third?.slice(0, 5)).toEqual([
        '3',
        '2026-06-03 09:03',
        '让班',
        '何俊杰（1002）',
        expect.any(String),
      ]);
      expect(rest).toEqual([]);
    },
  );

  test('a month of any length is whole, in its order', async () => {
    await centre.db.sql.query({
      text: `INSERT INTO swap (id, kind, state, requester_id, giver_id, partner_id, shift_id, shift, reason, checks, versions,
          leader_ids, policy_id, created_at, expires_at, changed_at)
        SELECT gen_random_uuid(), kind, 'declined', requester_id, giver_id, partner_id, gen_random_uuid(),
          jsonb_set(shift, '{businessDate}', '"2026-02-02"'), 'no ' || n, checks, versions, leader_ids, policy_id,
          created_at + (n / 2) * interval '1 second', expires_at, changed_at
        FROM (SELECT * FROM swap WHERE back IS NULL LIMIT 1) s, generate_series(1, 2300) n`,
      values: [],
    });
    const [, ...rows] = await rowsOf('4001', 'month=2026-02&format=csv');
    expect(new Set(rows.map((row) => row[7])).size).toBe(2300);
    const asked = rows.map((row) => row[1] ?? '');
    expect(asked).toEqual([...asked].sort());
  });

  test('a spreadsheet takes no reason for a formula', async () => {
    const text = await (await download('4001', 'month=2026-06&format=csv')).text();
    expect(text).toContain(`"'=HYPERLINK(""http://x"",""点我"")"`);
  });

  test('a leader gets what concerns the own team, an agent nothing; the month is a month', async () => {
    const people = async (number: string) => {
      const [, ...rows] = await rowsOf(number, 'month=2026-06');
      return rows.map((row) => `${row[3]} ${row[4]}`.replace(/[^\d ]/g, ''));
    };
    expect(await people('2001')).toEqual(['1001 1002', '1001 1003']);
    expect(await people('2002')).toEqual(['1001 1002', '1002 1004']);
    expect((await download('1001', 'month=2026-06')).status).toBe(403);
    expect((await download('4001', 'month=2026-13')).status).toBe(400);
    expect(await rowsOf('4001', 'month=2026-07&language=en')).toEqual([
      expect.arrayContaining(['Asked by', 'Outcome']),
      expect.arrayContaining(['given away', 'Withdrawn by 周晓彤']),
    ]);
  });
});
