import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Granted, wireClient } from '../fakes/directline-client.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';
import { type StaffClient, signIn } from '../setup/staff-client.ts';

type Entry = { id: string; state: string; revision: number };
type Revision = { number: number; state: string; author: string; createdAt: number };
type Refused = { error: { code: string; details: object } };

const POLL = { timeout: 60_000 };
const wording = {
  ...{ title: '夜间流量包怎么订', questions: ['晚上的流量便宜吗', '夜间流量包多少钱'] },
  ...{ body: '夜间流量包每月 5 元，拨打 {hotline} 订购。', sms: '夜间流量包每月5元，拨打{hotline}订购。' },
  ...{ validFrom: '2026-06-10', validTo: null },
};
const place = { language: 'zh', catalogue: '套餐资费/流量包', department: '市场部' };

let centre: Centre;
let editor: StaffClient;
beforeAll(async () => {
  centre = await openDemoCentre();
  editor = await signIn(centre.url, '3001');
}, 180_000);
afterAll(() => centre.close());

/** What a new customer is told: changes reach the bot beside the answer to the editor. */
async function answerTo(text: string): Promise<string> {
  const wire = wireClient(centre.url);
  const visitor: Granted = await wire.visitor();
  const stream = await wire.listen(visitor);
  await wire.say(visitor, { type: 'message', from: { id: 'me' }, text });
  const told = () => stream.heard.filter(({ from }) => from.role === 'bot');
  await expect.poll(() => told().length, POLL).toBeGreaterThan(0);
  stream.close();
  return told().at(-1)?.text ?? '';
}

const stand = (id: string) =>
  editor.get<{ entry: Entry; revisions: Revision[] }>(`/entries/${id}`).then(({ entry }) => entry);

describe('a centre that begins with no knowledge', () => {
  test('answers with its first entry, which got the first number', async () => {
    await centre.db.sql.query({ text: 'DELETE FROM revision' });
    await centre.db.sql.query({ text: 'DELETE FROM entry' });
    await centre.restart();
    editor = await signIn(centre.url, '3001');
    expect(await answerTo('夜间流量包怎么订')).not.toContain('每月 5 元');
    const added = await editor.send<Entry>('POST', '/entries', { ...wording, ...place });
    expect(added).toMatchObject({ status: 201, body: { id: 'zh-001', state: 'published', revision: 1 } });
    await expect.poll(() => answerTo('夜间流量包怎么订'), POLL).toContain('每月 5 元，拨打 1002026');
  });

  test('gives the next numbers, one each, to editors who add at once', async () => {
    const add = (title: string) => editor.send<Entry>('POST', '/entries', { ...wording, ...place, title });
    const added = await Promise.all(['一号条目', '二号条目', '三号条目'].map(add));
    expect(added.map(({ body }) => body.id).sort()).toEqual(['zh-002', 'zh-003', 'zh-004']);
    const english = await editor.send<Entry>('POST', '/entries', { ...wording, ...place, language: 'en' });
    expect(english.body.id).toBe('en-001');
  });
});

describe('an editor adds an entry', () => {
  test('under an id of their own, once, however often it is sent', async () => {
    const body = { ...wording, ...place, id: 'zh-night' };
    const first = await editor.send<Entry>('POST', '/entries', body, 'add-night-1');
    expect(first).toMatchObject({ status: 201, body: { id: 'zh-night' } });
    expect(await editor.send('POST', '/entries', body, 'add-night-1')).toEqual(first);
    const again = await editor.send<Refused>('POST', '/entries', body);
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  });

  test.each([
    [{ id: 'export' }, { fields: [{ path: 'id' }] }],
    [{ id: '夜间' }, { fields: [{ path: 'id' }] }],
    [{ department: ' ' }, { fields: [{ path: 'department' }] }],
    [{ body: '拨打 {nobody}' }, { unknownVariables: ['nobody'] }],
    [{ validTo: '2026-06-09' }, { field: 'validTo' }],
  ])('but not with %j', async (wrong, details) => {
    const { status, body } = await editor.send<Refused>('POST', '/entries', {
      ...{ ...wording, ...place },
      ...wrong,
    });
    expect({ status, ...body.error }).toMatchObject({ status: 400, code: 'invalid_input', details });
  });
});

describe('an editor withdraws an entry', () => {
  test('and nobody is answered with it until it is restored; each step stands on record', async () => {
    const { body: entry } = await editor.send<Entry>('POST', '/entries', {
      ...{ ...wording, ...place, id: 'zh-meter', questions: [] },
      ...{ title: '水表读数怎么上报', body: '水表读数请在月底前上报。' },
    });
    const question = '水表读数怎么上报';
    await expect.poll(() => answerTo(question), POLL).toContain('月底前');

    centre.clock.advance(60_000);
    const withdraw = { revision: entry.revision, note: '业务已取消' };
    const gone = await editor.send<Entry>('POST', '/entries/zh-meter/withdraw', withdraw);
    expect(gone).toMatchObject({ status: 200, body: { state: 'withdrawn', revision: 2 } });
    await expect.poll(() => answerTo(question), POLL).not.toContain('月底前');

    centre.clock.advance(60_000);
    const back = await editor.send<Entry>('POST', '/entries/zh-meter/restore', { revision: 2 });
    expect(back).toMatchObject({ status: 200, body: { state: 'published', revision: 3 } });
    await expect.poll(() => answerTo(question), POLL).toContain('月底前');

    const { revisions } = await editor.get<{ revisions: Revision[] }>('/entries/zh-meter');
    expect(revisions.map(({ number, state }) => [number, state])).toEqual([
      [3, 'published'],
      [2, 'withdrawn'],
      [1, 'published'],
    ]);
    expect(revisions[1]).toMatchObject({ note: '业务已取消', author: expect.any(String) });
    expect((revisions[1]?.createdAt ?? 0) - (revisions[2]?.createdAt ?? 0)).toBe(60_000);
    const { rows } = await centre.db.sql.query<{ action: string }>({
      text: `SELECT action FROM audit WHERE object = 'entry' AND object_id = 'zh-meter' ORDER BY created_at`,
    });
    expect(rows.map(({ action }) => action)).toEqual(['entry.add', 'entry.withdraw', 'entry.restore']);
  });

  test('one of two who press at once does it, the other is told', async () => {
    const { revision } = await stand('zh-002');
    const press = () => editor.send<Refused>('POST', '/entries/zh-002/withdraw', { revision });
    const answers = await Promise.all([press(), press()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await stand('zh-002')).toMatchObject({ state: 'withdrawn', revision: revision + 1 });
  });

  test('but not one that is withdrawn already, and restores none that is in use', async () => {
    const { revision } = await stand('zh-002');
    for (const [id, act, seen] of [
      ['zh-002', 'withdraw', revision],
      ['zh-003', 'restore', 1],
    ] as const) {
      const { status, body } = await editor.send<Refused>('POST', `/entries/${id}/${act}`, {
        revision: seen,
      });
      expect([status, body.error.code]).toEqual([422, 'not_allowed_now']);
    }
    const nowhere = await editor.send<Refused>('POST', '/entries/zh-999/withdraw', { revision: 1 });
    expect(nowhere.status).toBe(404);
  });
});

describe('who is no editor', () => {
  test.each(['1001', '2001', '9001'])('%s, neither adds nor withdraws', async (number) => {
    const other = await signIn(centre.url, number);
    expect((await other.send('POST', '/entries', { ...wording, ...place })).status).toBe(403);
    expect((await other.send('POST', '/entries/zh-003/withdraw', { revision: 1 })).status).toBe(403);
  });
});
