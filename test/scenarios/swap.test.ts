import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadRoster } from '../../bot/staff/roster/store.ts';
import { type Colleague, openStaffScene, type StaffScene } from './staff.ts';

let scene: StaffScene;
beforeAll(async () => {
  scene = await openStaffScene();
}, 60_000);
afterAll(() => scene.close());
beforeEach(() => scene.reset());

const swaps = () => scene.db.prisma.swap.findMany({ orderBy: { createdAt: 'asc' } });

async function shiftsOf({ id }: Colleague) {
  const [from, to] = [Date.parse('2026-06-11T00:00+08:00'), Date.parse('2026-06-24T00:00+08:00')];
  const roster = await loadRoster(scene.db.sql, { from, to, people: [id] });
  return roster.of(id).map(({ businessDate, name }) => `${businessDate.slice(5)} ${name}`);
}

describe('the way of a swap', () => {
  test('a', async () => {
    const agent = await scene.colleague('1001');
    for (const n of ['1001','1002','1005','1006','2001','2002']) console.log(n, (await shiftsOf(await scene.colleague(n))).join(', '));
    const log = (h: any) => console.log(JSON.stringify({ text: h.text, buttons: h.buttons, facts: h.facts }, null, 1));
    log(await agent.says('我周五的班谁能换'));
    log(await agent.says('who can swap my Friday shift?'));
    log(await agent.says('取消'));
    log(await agent.says('后天的班想跟何俊杰换一下，送孩子入学报到'));
  });
});
