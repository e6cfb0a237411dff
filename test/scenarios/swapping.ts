import { expect } from 'vitest';
import { applyChange } from '../../bot/staff/roster/apply.ts';
import { loadRoster } from '../../bot/staff/roster/store.ts';
import type { Duty, RosterChange } from '../../bot/staff/roster/types.ts';
import type { Colleague, StaffScene } from './staff.ts';

export const BACK = '6月13日（周六）中班 16:00–24:00';

export const swaps = ({ db }: StaffScene) => db.prisma.swap.findMany({ orderBy: { createdAt: 'asc' } });
export const states = async (scene: StaffScene) => (await swaps(scene)).map(({ state }) => state);

/** What a colleague works from 11 to 17 June. */
export async function dutiesIn({ db }: StaffScene, { id }: Colleague): Promise<readonly Duty[]> {
  const [from, to] = [Date.parse('2026-06-11T00:00+08:00'), Date.parse('2026-06-18T00:00+08:00')];
  return (await loadRoster(db.sql, { from, to, people: [id] })).of(id);
}

/** The same in words: 11早班 12早班 … */
export async function week(scene: StaffScene, colleague: Colleague): Promise<string> {
  const duties = await dutiesIn(scene, colleague);
  return duties.map(({ businessDate, name }) => `${businessDate.slice(8)}${name}`).join(' ');
}

export async function dutyOn(scene: StaffScene, colleague: Colleague, date: string): Promise<Duty> {
  const found = (await dutiesIn(scene, colleague)).find(({ businessDate }) => businessDate === date);
  if (!found) throw new Error(`nothing on ${date}`);
  return found;
}

/** Somebody changes the roster elsewhere. */
export async function changeRoster({ db, clock }: StaffScene, change: RosterChange): Promise<void> {
  expect(await db.transaction((unit) => applyChange(unit, change, clock.now()))).toEqual({ done: true });
}

/** 1001 proposes Friday's early shift to 1002 for Saturday's middle shift. */
export async function propose(agent: Colleague): Promise<string> {
  await agent.says('后天的班想跟1002换一下');
  await agent.presses(BACK);
  const summary = await agent.says('送孩子入学报到');
  expect(summary.facts, summary.text).toEqual([
    '我的班: 6月12日（周五）早班 08:00–16:00',
    '对方: 何俊杰（1002，受理乙班）',
    `还班: ${BACK}`,
    '事由: 送孩子入学报到',
  ]);
  return (await agent.presses('确认提交')).text;
}

/** Hears what is asked, and presses 同意. @returns what the card says then */
export async function agrees(colleague: Colleague): Promise<unknown> {
  await colleague.hears();
  return (await colleague.presses('同意')).card?.outcome;
}

export const cast = async (scene: StaffScene) => ({
  agent: await scene.colleague('1001'),
  partner: await scene.colleague('1002'),
  first: await scene.colleague('2001'),
  second: await scene.colleague('2002'),
});

/** Planned shifts outlive a reset of the scene. @returns what puts them back as they are now */
export async function rememberShifts({ db }: StaffScene): Promise<() => Promise<void>> {
  const ids = (await db.prisma.shift.findMany({ select: { id: true } })).map(({ id }) => id);
  return async () => {
    await db.prisma.shift.deleteMany({ where: { id: { notIn: ids } } });
    await db.prisma.shift.updateMany({ data: { cancelledAt: null } });
  };
}
