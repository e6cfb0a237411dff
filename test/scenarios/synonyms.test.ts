import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Granted, wireClient } from '../fakes/directline-client.ts';
import { type Centre, openDemoCentre } from '../setup/centre.ts';
import { type StaffClient, signIn } from '../setup/staff-client.ts';

type Group = { id: string; words: string[]; revision: number; author: string | null };
type Refused = { error: { code: string; details: { fields: { path: string; problem: string }[] } } };

const POLL = { timeout: 60_000 };

let centre: Centre;
let editor: StaffClient;
beforeAll(async () => {
  centre = await openDemoCentre();
  editor = await signIn(centre.url, '3001');
  const { knowledgeArtifact } = centre.db.prisma;
  await vi.waitFor(() => knowledgeArtifact.findFirstOrThrow({ where: { parts: { not: null } } }), 150_000);
}, 180_000);
afterAll(() => centre.close());

/** A customer of their own, and what the bot last told them, each time they say something. */
async function customer() {
  const wire = wireClient(centre.url);
  const visitor: Granted = await wire.visitor();
  return async (text: string) => {
    const stream = await wire.listen(visitor);
    const before = stream.heard.filter(({ from }) => from.role === 'bot').length;
    await wire.say(visitor, { type: 'message', from: { id: 'me' }, text });
    const told = () => stream.heard.filter(({ from }) => from.role === 'bot');
    await expect.poll(() => told().length, { timeout: 10_000 }).toBeGreaterThan(before);
    stream.close();
    return (told().at(-1) as { channelData: { yingda: object } }).channelData.yingda;
  };
}

/** Asked by a new customer each time until it comes out so: changes reach the bot beside the answer to the editor. */
const comesTo = (question: string, outcome: object) =>
  expect.poll(async () => (await customer())(question), POLL).toMatchObject(outcome);

const answered = { outcome: 'answer', entryIds: ['zh-a-010'] };

describe('an editor keeps synonyms', () => {
  let group: Group;

  test('and customers who say the other word are answered, at once', async () => {
    const question = '冲浪包怎么买';
    expect(await (await customer())(question)).not.toMatchObject(answered);
    const words = ['流量包', ' 冲浪包 '];
    const added = await editor.send<Group>('POST', '/synonyms', { words });
    expect(added.status).toBe(201);
    group = added.body;
    expect(group).toMatchObject({ words: ['流量包', '冲浪包'], revision: 1, author: expect.any(String) });
    await comesTo(question, answered);
    const found = await editor.get<{ words: { word: string; entries: { id: string }[] }[] }>(
      `/synonyms/${group.id}/found`,
    );
    const [first, other] = found.words.map(({ entries }) => entries.map(({ id }) => id));
    expect(first?.length).toBeGreaterThan(0);
    expect(other).toEqual(first);
  });

  test('changes them, and is told when a colleague did so before', async () => {
    const words = ['流量包', '冲浪包', '飞速包'];
    const body = { words, revision: group.revision };
    const changed = await editor.send<Group>('PUT', `/synonyms/${group.id}`, body);
    expect(changed.body).toMatchObject({ words, revision: 2 });
    await comesTo('飞速包怎么买', answered);
    const late = await editor.send<Refused>('PUT', `/synonyms/${group.id}`, body);
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'version_changed' } } });
    group = changed.body;
  });

  test('removes them, and takes that back', async () => {
    const gone = await editor.send<Group>('DELETE', `/synonyms/${group.id}`, { revision: group.revision });
    expect(gone.body).toMatchObject({ revision: 3 });
    expect(await editor.get('/synonyms')).toEqual({ groups: [] });
    await expect.poll(async () => (await customer())('冲浪包怎么买'), POLL).not.toMatchObject(answered);
    const { words, revision } = gone.body;
    const back = await editor.send<Group>('PUT', `/synonyms/${group.id}`, { words, revision });
    expect(back.body).toMatchObject({ words, revision: 4 });
    await comesTo('冲浪包怎么买', answered);
    const { rows } = await centre.db.sql.query<{ action: string }>({
      text: `SELECT action FROM audit WHERE object = 'synonym' AND object_id = $1 ORDER BY details->>'revision'`,
      values: [group.id],
    });
    expect(rows.map(({ action }) => action)).toEqual([
      'synonym.add',
      'synonym.change',
      'synonym.remove',
      'synonym.change',
    ]);
  });

  test.each([
    [['夜间包'], 'words', '请至少填写 2 项。'],
    [['夜间包', ''], 'words.1', '请填写此项。'],
    [['夜间包', '夜間包'], 'words.1', '“夜間包”在这一组里重复了。'],
    [['夜间包', '冲浪包'], 'words.1', '“冲浪包”已经在另一组里，一个词只能在一组里。'],
    [['夜间包', '夜'], 'words.1', '“夜”太短，至少要两个字。'],
    [['夜间包', '🌙🌙'], 'words.1', '“🌙🌙”太短，至少要两个字。'],
    [['夜间包', '夜'.repeat(31)], 'words.1', '请不要超过 30 个字。'],
  ])('and hears what is wrong with %j', async (words, path, problem) => {
    const { status, body } = await editor.send<Refused>('POST', '/synonyms', { words });
    expect(status).toBe(400);
    expect(body.error.details.fields).toEqual([{ path, problem }]);
  });
});
