import { Temporal } from 'temporal-polyfill';
import { t } from '../../i18n/index.ts';
import { defaultPolicy } from '../../policy/default.ts';
import type { ClauseCase } from '../clauses.testdata.ts';
import { problemsOf } from './change.ts';
import { dutiesOf } from './duties.ts';
import { staffingOf } from './headcount.ts';
import { needText, tightest } from './need.ts';
import { rosterOf } from './roster.ts';
import type { Override, PlannedShift, RosterChange } from './types.ts';
import { problemRemark } from './words.ts';

const { policy } = defaultPolicy();
const DATE = '2026-06-12';
const at = (time: string) => Date.parse(`${DATE}T${time}+08:00`);
const reader = { locale: 'zh-CN', today: Temporal.PlainDate.from('2026-06-10') } as const;
const NAMES: Readonly<Record<string, string>> = { me: '周晓彤', other: '苏婉清' };

const shift = (personId: string, more: Partial<PlannedShift> = {}): PlannedShift => ({
  ...{ id: `${personId}’s`, personId, teamId: 'A', businessDate: DATE, name: '早班', night: false },
  ...{ startsAt: at('08:00'), endsAt: at('16:00'), ...more },
});

/** A shift that went to the other by a swap. */
const mine = shift('me');
const given: Override = {
  ...{ id: 'given', shiftId: mine.id, off: 'me', on: 'other', from: mine.startsAt, to: mine.endsAt },
  ...{ cause: 'swap', causeId: 'swap' },
};
const swapped = { shifts: [mine], overrides: [given] };

/** Who is on at an instant of that day: nothing where it is the other, and nobody else. */
const onAt = (instant: number) => () => {
  const on = rosterOf(dutiesOf(swapped.shifts, swapped.overrides)).whoIsOn(instant);
  if (on.length === 1 && on[0]?.personId === 'other' && on[0].instead?.planned === 'me') return '';
  return on.map(({ personId }) => NAMES[personId]).join() || t('zh-CN', 'roster.on_none_now');
};

/** What stands against a change of that roster. */
const changing = (change: RosterChange) => () => {
  const { shifts: types, restHours } = policy.roster;
  const words = { ...reader, types, restHours, nameOf: (id: string) => NAMES[id] ?? '' };
  const facts = { ...swapped, shifts: [...swapped.shifts, ...(change.plan ?? [])] };
  return problemsOf(swapped, change)
    .map((problem) => problemRemark(problem, facts, words).text)
    .join();
};

/** What an approver reads of an hour with 60 contacts of three minutes, which needs five, with these on from 8 to 16. */
const staffedBy =
  (...people: readonly PlannedShift[]) =>
  () => {
    const volume = { perHour: new Map([['5 9', 60]]), handleSeconds: 180, weeks: 4 };
    const hours = staffingOf({ from: DATE, to: DATE }, volume, dutiesOf(people, []), policy);
    const hour = tightest(hours, { from: mine.startsAt, to: mine.endsAt }, 'Asia/Shanghai');
    return hour && hour.rostered < hour.required ? needText(hour, reader) : '';
  };
const people = (count: number) => Array.from({ length: count }, (_, i) => shift(`p${i}`));

export const rosterCases: readonly ClauseCase[] = [
  {
    ...({ clause: 'swap.6', edge: 'passes', story: 'in the middle of it whoever took it' } as const),
    reads: onAt(at('12:00')),
  },
  {
    ...({ clause: 'swap.6', edge: 'boundary', story: 'from its first millisecond' } as const),
    reads: onAt(at('08:00')),
  },
  {
    ...({ clause: 'swap.6', edge: 'boundary', story: 'to its last' } as const),
    reads: onAt(at('16:00') - 1),
  },
  {
    ...({ clause: 'swap.6', edge: 'boundary', story: 'at its end nobody any more' } as const),
    reads: onAt(at('16:00')),
    quoted: '现在没有人在班。',
  },
  {
    ...({ clause: 'swap.6', edge: 'fails', story: 'given again by whoever has it no longer' } as const),
    reads: changing({ override: [{ ...given, id: 'again' }] }),
    quoted: '周晓彤6月12日（周五）不在早班上。',
  },
  {
    ...({ clause: 'swap.6', edge: 'fails', story: 'whoever took it would be on two shifts' } as const),
    reads: changing({ plan: [shift('other', { name: '中班', startsAt: at('15:59'), endsAt: at('23:00') })] }),
    quoted: '苏婉清在6月12日（周五）会同时上两个班：中班与早班。',
  },
  {
    ...({ clause: 'swap.6', edge: 'fails', story: 'taken out of the plan from under it' } as const),
    reads: changing({ cancel: [mine.id] }),
    quoted: '周晓彤6月12日（周五）的早班上有换班、请假或借调，不能直接改，请先撤销那一项。',
  },

  {
    ...({ clause: 'roster.1', edge: 'passes', story: 'more than the forecast needs' } as const),
    reads: staffedBy(...people(6)),
  },
  {
    ...({ clause: 'roster.1', edge: 'boundary', story: 'exactly as many' } as const),
    reads: staffedBy(...people(5)),
  },
  {
    ...({ clause: 'roster.1', edge: 'boundary', story: 'half an hour short' } as const),
    reads: staffedBy(...people(4), shift('late', { startsAt: at('09:30') })),
    quoted: '6月12日（周五）9:00–10:00按预测需要 5 人，准假后 4.5 人，缺 0.5 人。',
  },
  {
    ...({ clause: 'roster.1', edge: 'fails', story: 'one too few' } as const),
    reads: staffedBy(...people(4)),
    quoted: '按预测需要 5 人，准假后 4 人，缺 1 人。',
  },
];
