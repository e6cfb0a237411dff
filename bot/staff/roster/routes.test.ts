import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Centre, openDemoCentre } from '../../../test/setup/centre.ts';

/** Wednesday 10 June 2026, 10:00. Team A: 1001 (early today) and 1003 under 2001; team B: 1002 under 2002. */
let centre: Centre;
beforeAll(async () => {
  centre = await openDemoCentre();
}, 60_000);
afterAll(() => centre.close());

// biome-ignore lint/suspicious/noExplicitAny: answers are compared, not used
type Body = any;
async function ask(number: string, method: string, path: string, body?: object) {
  const headers = {
    ...(await centre.signedIn(number)),
    ...(body && { 'content-type': 'application/json', 'x-client-id': randomUUID() }),
    'accept-language': 'zh-CN',
  };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const answer = await fetch(`${centre.url}/api/v1${path}`, init);
  return { status: answer.status, body: (await answer.json()) as Body };
}
const table = async (number = '2001', from = '2026-06-15', to = '2026-06-21') =>
  (await ask(number, 'GET', `/roster?from=${from}&to=${to}`)).body;
const person = async (number: string) =>
  (await table()).people.find((each: { number: string }) => each.number === number);
const cellOf = async (number: string, date: string) => {
  const read = await table('2001', date, date);
  const { id } = read.people.find((each: { number: string }) => each.number === number);
  return read.entries.filter((each: Body) => each.personId === id).map((each: Body) => each.name);
};
const edit = async (number: string, cells: object[], more: object = {}) =>
  ask(number, 'POST', '/roster/edits', { cells, seen: {}, ...more });

describe('reading', () => {
  test('a week: days with their kind, people with versions, entries; an agent reads their team’s', async () => {
    const week = await table();
    expect(week.days).toHaveLength(7);
    expect(week.days[4]).toMatchObject({ date: '2026-06-19', kind: 'holiday', holiday: '端午节' });
    expect(week.shifts.map(({ name }: Body) => name)).toEqual(['早班', '中班', '夜班', '日班']);
    const byNumber = new Map(week.people.map((each: Body) => [each.number, each]));
    expect(byNumber.get('1001')).toMatchObject({ version: 0, mayEdit: true });
    expect(byNumber.get('1002')).toMatchObject({ mayEdit: false });
    expect(week.entries.length).toBeGreaterThan(50);
    const own = await table('1001');
    expect(own.teams.map(({ name }: Body) => name)).toEqual(['受理甲班']);
    expect(own.people.every(({ mayEdit }: Body) => !mayEdit)).toBe(true);
    const other = (await person('1002')).teamId;
    expect((await ask('1001', 'GET', `/roster?from=2026-06-15&to=2026-06-15&team=${other}`)).status).toBe(
      403,
    );
  });

  test('too long, or upside down, is refused in words', async () => {
    for (const query of ['from=2026-06-15&to=2026-06-14', 'from=2026-01-01&to=2026-12-31'])
      expect(await ask('2001', 'GET', `/roster?${query}`)).toMatchObject({ status: 400 });
  });

  test('who is on duty now, and my own', async () => {
    const now = await ask('2001', 'GET', '/roster/on-duty');
    expect(now.body.people).toContainEqual(expect.objectContaining({ number: '1001', shift: '早班' }));
    const mine = await ask('1001', 'GET', '/roster/mine?from=2026-06-10&to=2026-06-12');
    expect(mine.body).toMatchObject({ today: '2026-06-10' });
    expect(mine.body.shifts).toHaveLength(4);
    expect(mine.body.entries.map(({ name }: Body) => name)).toEqual(['早班', '早班', '早班']);
  });
});

describe('a leader changes the plan', () => {
  test('assigns, is told of short rest, saves anyway; the colleague hears of it; it is taken back', async () => {
    const { id, version } = await person('1001');
    // 13 June is off after three early shifts; a night on the 13th begins 8 hours after the 12th’s early shift ended.
    const cell = { personId: id, date: '2026-06-13', shifts: ['夜班', '日班'] };
    const warned = await edit('2001', [cell], { seen: { [id]: version } });
    expect(warned.body).toMatchObject({ saved: false, editId: null, problems: [], planned: 2 });
    expect(warned.body.warnings.map(({ text }: Body) => text)).toEqual([
      '周晓彤在6月13日（周六）的夜班与日班之间只休息 1 小时，少于规定的 8 小时。',
    ]);
    expect(await cellOf('1001', '2026-06-13')).toEqual([]);
    const saved = await edit('2001', [cell], { seen: { [id]: version }, confirmed: true });
    expect(saved.body).toMatchObject({ saved: true });
    expect(await cellOf('1001', '2026-06-13')).toEqual(['夜班', '日班']);
    const told = await vi.waitFor(async () => {
      const where = { author: 'bot', text: { contains: '调整了您的班次' } };
      return centre.db.prisma.message.findFirstOrThrow({ where });
    }, 20_000);
    expect(told.text).toBe('林静雯调整了您的班次：\n· 6月13日（周六）：休 → 夜班+日班');

    const stale = await edit('2001', [{ ...cell, shifts: [] }], { seen: { [id]: version } });
    expect(stale).toMatchObject({ status: 409, body: { error: { code: 'version_changed' } } });
    const undo = () => ask('2001', 'POST', `/roster/edits/${saved.body.editId}/undo`, {});
    expect((await undo()).status).toBe(200);
    expect(await cellOf('1001', '2026-06-13')).toEqual([]);
    expect((await undo()).status).toBe(410);
    const record = await centre.db.sql.query({
      text: `SELECT FROM audit WHERE action = 'roster.edit'`,
      values: [],
    });
    expect(record.rowCount).toBe(2);
  });

  test('two at once is refused in words, and nothing of the change is made', async () => {
    const [one, other] = [await person('1001'), await person('1003')];
    const day = { date: '2026-06-14' };
    const result = await edit('2001', [
      { ...day, personId: one.id, shifts: ['早班', '日班'] },
      { ...day, personId: other.id, shifts: ['早班'] },
    ]);
    expect(result.body).toMatchObject({ saved: false });
    expect(result.body.problems[0].text).toMatch(/^周晓彤在6月14日（周日）会同时上两个班：/);
    const unknown = await edit('2001', [{ ...day, personId: one.id, shifts: ['晚晚班'] }]);
    expect(unknown.body.problems).toMatchObject([{ text: '没有“晚晚班”这个班次。', date: '2026-06-14' }]);
  });

  test('a shift that is part of a swap stays', async () => {
    const { id } = await person('1001');
    const { db } = centre;
    const shift = await db.prisma.shift.findFirstOrThrow({
      where: { personId: id, businessDate: new Date('2026-06-11') },
    });
    const other = await person('1003');
    await db.prisma.rosterOverride.create({
      data: {
        ...{ id: randomUUID(), shiftId: shift.id, offPersonId: id, onPersonId: other.id, cause: 'swap' },
        ...{ startsAt: shift.startsAt, endsAt: shift.endsAt, causeId: randomUUID(), createdAt: new Date(0) },
      },
    });
    const result = await edit('2001', [{ personId: id, date: '2026-06-11', shifts: [] }], {
      confirmed: true,
    });
    expect(result.body.problems.map(({ text }: Body) => text)).toEqual([
      '周晓彤6月11日（周四）的早班上有换班、请假或借调，不能直接改，请先撤销那一项。',
    ]);
    const states = (await table('2001', '2026-06-11', '2026-06-11')).entries
      .filter(({ shiftId }: Body) => shiftId === shift.id)
      .map(({ state, other: name, own }: Body) => `${state} ${name} ${own}`);
    // The plan gives it to its person still: an edit of their day must name it.
    expect(states.sort()).toEqual(['away 沈佳怡 true', 'taken 周晓彤 false']);
  });

  test('another team’s people are out of reach; an agent changes nothing', async () => {
    const cell = { personId: (await person('1002')).id, date: '2026-06-16', shifts: [] };
    expect((await edit('2001', [cell])).status).toBe(403);
    expect((await edit('1002', [cell])).status).toBe(403);
  });

  test('a rotation is previewed and then planned', async () => {
    const { id } = await person('1005');
    const wish = {
      ...{ rotation: 'three_shifts', from: '2026-06-25', to: '2026-06-29' },
      people: [{ personId: id, place: 2 }],
    };
    const preview = await ask('2001', 'POST', '/roster/rotations', { ...wish, dry: true });
    expect(preview.body).toMatchObject({
      saved: false,
      planned: 3,
      cancelled: 0,
      problems: [],
      warnings: [],
    });
    expect(await cellOf('1005', '2026-06-25')).toEqual([]);
    expect((await ask('2001', 'POST', '/roster/rotations', wish)).body).toMatchObject({ saved: true });
    const days = ['2026-06-25', '2026-06-26', '2026-06-27', '2026-06-28', '2026-06-29'];
    const cells = [];
    for (const day of days) cells.push((await cellOf('1005', day)).join());
    expect(cells).toEqual(['早班', '', '中班', '中班', '']);
  });
});

test('headcount: what an hour needs from the contacts of past weeks, beside who is rostered', async () => {
  const { prisma } = centre.db;
  // A Wednesday's contact at 10:30, less than a week ago: taken at once, ten minutes long.
  const at = (time: string) => new Date(`2026-06-03T${time}+08:00`);
  const [id, addressId, episodeId] = [randomUUID(), randomUUID(), randomUUID()];
  const sealed = { keyHmac: Buffer.from(addressId), valueSealed: Buffer.from(addressId) };
  const address = { id: addressId, channelAccountId: 'webchat:demo', createdAt: at('10:30'), ...sealed };
  await prisma.address.create({ data: address });
  const conversation = { id, addressId, audience: 'customer', episodeId, epoch: 1, createdAt: at('10:30') };
  await prisma.conversation.create({ data: conversation });
  const times = { openedAt: at('10:29'), queuedAt: at('10:30'), takenAt: at('10:30'), closedAt: at('10:40') };
  await prisma.episode.create({ data: { id: episodeId, conversationId: id, owner: 'agent', ...times } });
  const { body } = await ask('2001', 'GET', '/roster/headcount?from=2026-06-17&to=2026-06-17');
  expect(body).toMatchObject({ weeks: 1, handleSeconds: 600, measured: true });
  expect(body.hours).toHaveLength(24);
  expect(body.hours[10]).toMatchObject({ contacts: 1, required: 1 });
  expect(body.hours[9]).toMatchObject({ contacts: 0, required: 0 });
  expect(body.hours[10].rostered).toBeGreaterThan(1);
  expect((await ask('1001', 'GET', '/roster/headcount?from=2026-06-17&to=2026-06-17')).status).toBe(403);
});
