import { expect, it } from 'vitest';
import { deliver, openChat, updateOf, written } from '../../fakes/telegram/people.ts';
import { openCentre } from '../../pipeline/centre.ts';
import { LINA, world } from './world.ts';

const HALF_A_DAY_S = 12 * 3600;

it('an update that is 12 hours old is answered if it is new, and changes nothing if it is not', async () => {
  const at = await world();
  const [account] = at.host.accountList;
  const centre = await openCentre({}, at.channel, account);
  await at.open(centre.host);
  try {
    const chat = openChat(at.bot, LINA.id);
    const date = Math.floor(Date.now() / 1000) - HALF_A_DAY_S;
    const update = updateOf(at.bot, 'message', written(chat, LINA, '昨晚停机了', { date }));
    const said = () => chat.sent.map(({ text }) => text);
    expect(await deliver(at.bot, update)).toBe(true);
    await expect.poll(said).toEqual(['echo 昨晚停机了']);

    const rows = async () =>
      (await centre.db.sql.query({ text: 'SELECT id, text, author FROM message ORDER BY seq' })).rows;
    const before = await rows();
    for (const _ of [1, 2, 3]) expect(await deliver(at.bot, update)).toBe(true);
    expect(await rows()).toEqual(before);

    await deliver(at.bot, updateOf(at.bot, 'message', written(chat, LINA, '今早好了')));
    await expect.poll(said).toEqual(['echo 昨晚停机了', 'echo 今早好了']);
  } finally {
    await centre.close();
  }
});
