import { Temporal } from 'temporal-polyfill';
import { t } from '../../i18n/index.ts';
import { type ClauseRow, casesOf } from '../clauses.testdata.ts';
import { pressLeave, submitLeave } from './decide.ts';
import { explanationText } from './explain.ts';
import {
  agent,
  at,
  colleague,
  dayShift,
  director,
  everybody,
  facts,
  head,
  nightShift,
  policy,
} from './fixtures.testdata.ts';
import { buildLadder, type LadderRequest } from './ladder.ts';
import { isOverdue } from './later.ts';
import { uncertified } from './life.ts';
import type { LeaveRecord } from './record.ts';
import { checkLeave } from './rules.ts';
import type { LeaveFacts } from './types.ts';
import { approverText, datesText } from './words.ts';

const DAY = '2026-06-12';
const HOUR = 3_600_000;
const MS = 1;
const start = at(DAY, '08:00');
const locale = 'zh-CN';
const reader = { locale, timeZone: 'Asia/Shanghai', today: Temporal.PlainDate.from('2026-06-10') } as const;

/** What the rules say against a request that is made at `now`. */
const asks =
  (now: number, change: Partial<LeaveFacts> = {}) =>
  () => {
    const outcome = checkLeave(facts(change), policy, now);
    if (outcome.result === 'noShift') throw new Error('no shift');
    return outcome.verdicts
      .filter(({ result }) => result !== 'pass')
      .map((verdict) => explanationText(verdict, reader))
      .join('\n');
  };

/** What stands after these have pressed 同意, one after the other. */
const agreedBy =
  (about: Partial<LadderRequest> & { days: number }, ...people: { id: string }[]) =>
  () => {
    const { days, person = agent, requester = person, kind = 'personal' } = about;
    const checked = { daysTogether: days, holiday: false, managers: [] };
    const built = buildLadder({ kind, person, requester, checked }, everybody, policy);
    if (!built.ok) throw new Error(built.code);
    let progress = submitLeave(built.ladder.steps, [person.id, requester.id]);
    for (const { id: by } of people) {
      const pressed = pressLeave(progress, { by, action: 'approve', at: start });
      if (pressed.kind === 'refused') return t(locale, 'errors.not_current_approver');
      progress = pressed.progress;
    }
    const step = progress.steps[progress.level];
    if (progress.state === 'approved' || !step) return '';
    return t(locale, 'leave.standing_pending', { approver: approverText(step, reader) });
  };

/** What is asked of somebody who was ill, before anything was handed in. */
const owes = (change: Partial<LeaveFacts>) => () => {
  const outcome = checkLeave(facts({ kind: 'sick', ...change }), policy, start - HOUR);
  const due = 'certificateDue' in outcome ? outcome.certificateDue : undefined;
  return due ? t(locale, 'leave.certificate_due', { date: datesText([due], reader) }) : '';
};

/** What is still missing of 12 to 15 June, with slips of these dates. */
const slips =
  (...dates: [from: string, to: string][]) =>
  () => {
    const named = dates.map(([from, to]) => ({ from: `2026-06-${from}`, to: `2026-06-${to}` }));
    const open = uncertified({ from: '2026-06-12', to: '2026-06-15' }, named);
    if (open.length === 0) return '';
    return t(locale, 'leave.certificate_sent_open', { dates: datesText(open, reader) });
  };

/** What the shift leader reads of a leave that ended with the shift. */
const back = (now: number, returnedAt: number | null) => () => {
  const record = { state: 'approved', endsAt: start + 8 * HOUR, returnedAt } as LeaveRecord;
  return isOverdue(record, now) ? t(locale, 'leave.note_overdue') : '';
};

const on = (date: string) => ({ shifts: [dayShift(date)], span: { from: date, to: date } });
const night = { shifts: [nightShift('2026-06-11')], span: { from: '2026-06-11', to: '2026-06-11' } };
const boat = on('2026-06-19');
const boatStart = at('2026-06-19', '08:00');
const taken = { shifts: [{ ...dayShift(DAY), taken: true }] };

const PERSONAL =
  '《请假制度》第1条：事假须至少提前一天（24 小时）提出；不能提前的，须经管理人员同意方可生效，否则按旷工处理。';
const SPECIAL = '《请假制度》第1条：特殊事假须在班前 1 小时提出';
const SICK = '《请假制度》第1条：病假须在班前提出；不能提前的，须经管理人员同意方可生效。';
const OWN = '《请假制度》第3条：事假必须由本人办理，不得由他人代请，病假除外。';
const NIGHT =
  '《请假制度》第5条：上夜班原则上不许请假；特殊情况须在当日 12:00 前提出，经管理人员同意方可生效。';
const HOLIDAY = '《请假制度》第6条：节假日不许请假；极特殊情况须提前 48 小时提出，经管理人员同意方可生效。';
const OFFICIAL = '《请假制度》第7条：因公事及外出学习，须经客服中心主任同意。';
const SWAPPED = '《换班制度》第4条：换班或还班时不得请假；不到岗的，按旷工处理。';
const NOT_YOURS = '现在轮到其他人审批。';

const ROWS: readonly ClauseRow[] = [
  ['leave.1', 'passes', 'personal, 25 hours before', asks(start - 25 * HOUR)],
  ['leave.1', 'boundary', 'personal, exactly 24 hours', asks(start - 24 * HOUR)],
  ['leave.1', 'boundary', 'personal, a millisecond less', asks(start - 24 * HOUR + MS), PERSONAL],
  ['leave.1', 'fails', 'personal, afterwards', asks(start + 9 * HOUR), PERSONAL],
  ['leave.1', 'passes', 'special, two hours before', asks(start - 2 * HOUR, { kind: 'special' })],
  ['leave.1', 'boundary', 'special, exactly one hour', asks(start - HOUR, { kind: 'special' })],
  ['leave.1', 'fails', 'special, less', asks(start - HOUR + MS, { kind: 'special' }), SPECIAL],
  ['leave.1', 'passes', 'sick, before the shift', asks(start - HOUR, { kind: 'sick' })],
  ['leave.1', 'boundary', 'sick, at its very start', asks(start, { kind: 'sick' })],
  ['leave.1', 'fails', 'sick, into it', asks(start + MS, { kind: 'sick' }), SICK],

  ['leave.2', 'passes', 'half a day: the head decides', agreedBy({ days: 0.5 }, head)],
  ['leave.2', 'passes', 'two days: the head, then the director', agreedBy({ days: 2 }, head, director)],
  ['leave.2', 'fails', 'the director before the head', agreedBy({ days: 2 }, director), NOT_YOURS],
  ['leave.2', 'fails', 'a colleague', agreedBy({ days: 1 }, colleague), NOT_YOURS],
  ['leave.2', 'fails', 'one’s own', agreedBy({ days: 1, person: head }, head), NOT_YOURS],
  ['leave.2', 'boundary', 'exactly one day: the head alone', agreedBy({ days: 1 }, head)],
  [
    ...(['leave.2', 'boundary', 'a little more: the director is waited for'] as const),
    agreedBy({ days: 1.01 }, head),
    '等待客服中心主任 员工5001审批',
  ],
  ['leave.2', 'boundary', 'the head’s own: the director', agreedBy({ days: 0.5, person: head }, director)],
  ['leave.2', 'boundary', 'the director’s own: a deputy', agreedBy({ days: 1, person: director }, head)],

  ['leave.3', 'passes', 'personal, by the person', asks(start - 48 * HOUR)],
  ['leave.3', 'passes', 'sick, by another', asks(start - 48 * HOUR, { kind: 'sick', requester: colleague })],
  ['leave.3', 'fails', 'personal, by another', asks(start - 48 * HOUR, { requester: colleague }), OWN],
  [
    ...(['leave.3', 'boundary', 'outside study, by another: it is no sick leave'] as const),
    asks(start - 48 * HOUR, { kind: 'study', requester: colleague }),
    '本单由员工1003代员工1001提出。',
  ],

  ['leave.4', 'passes', 'one slip for all of it', slips(['12', '15'])],
  ['leave.4', 'boundary', 'two that meet', slips(['12', '13'], ['14', '16'])],
  [
    ...(['leave.4', 'fails', 'a day between them is missing'] as const),
    slips(['12', '13'], ['15', '15']),
    '证明日期须连续，还缺 6月14日（周日），请补交。',
  ],
  ['leave.4', 'boundary', 'the last day is missing', slips(['12', '14']), '还缺 6月15日（周一）'],
  [
    ...(['leave.4', 'boundary', 'exactly a day: due on the first day after it'] as const),
    owes({}),
    '请在 6月13日（周六） 前把医疗证明交给班长',
  ],
  ['leave.4', 'boundary', 'half a day: none', owes({ span: { from: DAY, to: DAY, part: 'morning' } })],
  ['leave.4', 'passes', 'an emergency: none', owes({ emergency: true })],

  ['leave.5', 'passes', 'no night shift', asks(start - 48 * HOUR)],
  [
    ...(['leave.5', 'boundary', 'a second before noon: with consent'] as const),
    asks(at('2026-06-11', '11:59:59'), { ...night, kind: 'special' }),
    '可以说明特殊原因，由',
  ],
  ['leave.5', 'fails', 'at noon', asks(at('2026-06-11', '12:00'), { ...night, kind: 'special' }), NIGHT],
  [
    ...(['leave.5', 'boundary', 'ill after noon: with consent'] as const),
    asks(at('2026-06-11', '13:00'), { ...night, kind: 'sick' }),
    NIGHT,
  ],

  ['leave.6', 'passes', 'a weekend is no holiday', asks(start - 48 * HOUR, on('2026-06-13'))],
  ['leave.6', 'boundary', 'exactly two days: with consent', asks(boatStart - 48 * HOUR, boat), HOLIDAY],
  ['leave.6', 'fails', 'a millisecond less', asks(boatStart - 48 * HOUR + MS, boat), HOLIDAY],
  [
    ...(['leave.6', 'boundary', 'beyond the days that are known'] as const),
    asks(start, { ...on('2027-01-01'), roster: { from: '2026-05-01', through: '2027-02-01' } }),
    '须由人来决定',
  ],

  ['leave.7', 'passes', 'in time', asks(start - 48 * HOUR, { kind: 'official' })],
  ['leave.7', 'passes', 'the director decides', agreedBy({ kind: 'official', days: 0.5 }, director)],
  ['leave.7', 'fails', 'the head does not', agreedBy({ kind: 'official', days: 0.5 }, head), NOT_YOURS],
  ['leave.7', 'boundary', 'however long', agreedBy({ kind: 'study', days: 9 }, director)],
  ['leave.7', 'boundary', 'while it runs', asks(start + 8 * HOUR - MS, { kind: 'official' })],
  ['leave.7', 'fails', 'when it is over', asks(start + 8 * HOUR, { kind: 'official' }), OFFICIAL],

  ['leave.8', 'passes', 'reported back', back(start + 9 * HOUR, start + 8 * HOUR)],
  ['leave.8', 'fails', 'an hour after its end', back(start + 9 * HOUR, null), '到期未销假'],
  ['leave.8', 'boundary', 'at its end', back(start + 8 * HOUR, null), '到期未销假'],
  ['leave.8', 'boundary', 'a millisecond before', back(start + 8 * HOUR - MS, null)],

  ['swap.4', 'fails', 'leave on a swapped shift', asks(start - 48 * HOUR, taken), SWAPPED],
  ['swap.4', 'fails', 'ill on it', asks(start - 48 * HOUR, { ...taken, kind: 'sick' }), SWAPPED],
  ['swap.5', 'fails', 'leave on a holiday', asks(boatStart - 48 * HOUR + MS, boat), HOLIDAY],
];

export const leaveCases = casesOf(ROWS);
