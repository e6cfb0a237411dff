import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLAYED, Play, round } from './playing.ts';
import { mustBeSound } from './sound.ts';
import { openStaffScene, type StaffScene } from './staff.ts';
import { rememberShifts } from './swapping.ts';

let scene: StaffScene;
let putBack: () => Promise<void>;
let play: Play;
let people: string[];
beforeAll(async () => {
  scene = await openStaffScene();
  putBack = await rememberShifts(scene);
  const { prisma } = scene.db;
  // Few, so that they get in each other's way.
  const number = { in: ['1001', '1002', '1003', '1004', '1005', '1006'] };
  people = (await prisma.person.findMany({ where: { number } })).map(({ id }) => id);
  const head = await prisma.person.findFirstOrThrow({ where: { role: 'department_head' } });
  play = new Play(scene, people, head.id);
}, 60_000);
afterAll(async () => {
  await silence();
  await scene.close();
});

/** Nothing is left to be said. */
async function silence(): Promise<void> {
  await scene.db.prisma.inbox.deleteMany();
  await scene.db.prisma.conversation.updateMany({ data: { dueAt: null } });
}

async function afresh(): Promise<number> {
  await silence();
  await scene.reset();
  await scene.db.prisma.rosterEdit.deleteMany();
  await putBack();
  return scene.clock.now();
}

const HOUR = 3_600_000;
/** After so long nothing new is begun; a machine that has time plays more. */
const LIMIT_MS = 40_000;

test('whatever is asked, agreed, taken back, cut short, extended, edited and undone, at once or not: the roster is sound', {
  timeout: 300_000,
}, async () => {
  const seen = { runs: 0, swaps: 0, leaves: 0, edits: 0 };
  const { prisma } = scene.db;
  const ends = performance.now() + LIMIT_MS;
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 16, maxLength: 24 }), async (rounds) => {
      if (seen.runs > 0 && performance.now() > ends) return;
      let now = await afresh();
      for (const { hours, acts } of rounds) {
        now += hours * HOUR + 1;
        await play.round(acts, now);
        await mustBeSound(scene.db, { ...PLAYED, people });
      }
      seen.runs += 1;
      seen.swaps += await prisma.swap.count({ where: { state: 'applied' } });
      seen.leaves += await prisma.leaveRequest.count({ where: { state: 'approved' } });
      seen.edits += await prisma.rosterEdit.count();
    }),
    { numRuns: 12, endOnFailure: true },
  );
  // A property that nothing happens in would prove nothing.
  if (seen.runs > 2)
    for (const count of [seen.swaps, seen.leaves, seen.edits]) expect(count).toBeGreaterThan(0);
  expect(seen.runs).toBeGreaterThan(0);
});
