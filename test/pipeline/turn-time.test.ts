import { afterAll, beforeAll, expect, it } from 'vitest';
import { testClock } from '../../bot/clock.ts';
import { commitBatch } from '../../bot/conversation/turn-batch.ts';
import { hot, type Unit } from '../../prisma/client.ts';
import { type Centre, openCentre } from './centre.ts';

const clock = testClock('2026-06-10T10:00+08:00');
let centre: Centre;
beforeAll(async () => {
  centre = await openCentre({ now: clock.now });
  // The turn is run by hand below.
  await centre.pipeline.stop();
});
afterAll(() => centre.close());

it('a turn is not earlier than what it hears, though the round that claimed it began before', async () => {
  const customer = await centre.visitor();
  await customer.says('早');
  const began = new Date(clock.now());
  const claim = async (unit: Unit) => {
    clock.moveTo('2026-06-14T21:00+08:00');
    await customer.says('晚');
    return hot.claimTurns(unit.sql, began, 1);
  };
  const turns: { at: number; heard: string[] }[] = [];
  const parts = {
    ...{ db: centre.db, now: clock.now, remote: false },
    ...{ canOf: () => undefined, quietUntil: () => undefined },
    play: async ({ now, heard }: { now: number; heard: { text: string }[] }) =>
      void turns.push({ at: now, heard: heard.map(({ text }) => text) }),
  };
  await commitBatch(parts, claim, {});
  expect(turns).toEqual([{ at: Date.parse('2026-06-14T21:00+08:00'), heard: ['早', '晚'] }]);
});
