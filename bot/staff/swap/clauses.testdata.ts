import { t } from '../../i18n/index.ts';
import type { ClauseCase, ClauseId } from '../clauses.testdata.ts';
import { pressSwap, type SwapProgress } from './decide.ts';
import { at, type Case, duty, me, NOW, objections, other, swapped } from './fixtures.testdata.ts';
import type { PersonFact } from './types.ts';

export const grade = (of: PersonFact, grade: number): PersonFact => ({ ...of, grade });
export const times =
  (counts: Record<string, number>): NonNullable<Case['counted']> =>
  (id, month) =>
    counts[`${id} ${month}`] ?? 0;
export const leave = (of: PersonFact, from: string, to: string, ...shiftIds: string[]) => ({
  ...{ personId: of.id, from, to, shiftIds },
});

/** clause, story, case, what doesn't pass. */
type Row = [clause: string, story: string, change: Case, faults: readonly string[], now?: number];

const EMPTY: Case = { kind: 'open', back: null };

export const TABLE: readonly Row[] = [
  ['1', 'passes: the reason is stated', {}, []],
  ['1', 'fails: no reason', { reason: '' }, ['reason refuse']],
  ['1', 'fails: dots are no reason', { reason: '……' }, ['reason refuse']],
  ['1', 'boundary: two characters are enough', { reason: '搬家' }, []],
  ['1', 'boundary: one is not', { reason: '家' }, ['reason refuse']],
  ['1', 'boundary: 201 characters are too many', { reason: '家'.repeat(201) }, ['reason refuse']],

  ['2 quota', 'passes: the first of the month', {}, []],
  ['2 quota', 'boundary: the second', { counted: times({ 'id-1001 2026-06': 1 }) }, []],
  ['2 quota', 'fails: the third', { counted: times({ 'id-1001 2026-06': 2 }) }, ['quota refuse']],
  ['2 quota', "fails: the partner's third", { counted: times({ 'id-1007 2026-06': 2 }) }, ['quota refuse']],
  [
    '2 quota',
    'boundary: those of another month',
    { counted: times({ 'id-1001 2026-05': 2, 'id-1001 2026-07': 2 }) },
    [],
  ],
  [
    ...(['2 quota', 'boundary: the return shift does not count, though its month is full'] as const),
    {
      mine: duty(me, '2026-06-30'),
      back: duty(other, '2026-07-02'),
      counted: times({ 'id-1001 2026-07': 2 }),
    },
    [],
  ],
  [
    ...(['2 consecutive', 'passes: an earlier swap with a shift between them'] as const),
    { duties: [swapped(duty(other, '2026-06-10', '中班')), duty(other, '2026-06-11', '中班')] },
    [],
  ],
  [
    ...(['2 consecutive', 'fails: the shift before it came from a swap'] as const),
    { duties: [swapped(duty(other, '2026-06-10', '中班'))] },
    ['consecutive refuse'],
  ],
  [
    '2 consecutive',
    'fails: what was swapped is swapped on',
    { mine: swapped(duty(me, '2026-06-12')) },
    ['consecutive refuse'],
  ],
  [
    ...(['2 consecutive', 'boundary: right after the return shift'] as const),
    { duties: [swapped(duty(me, '2026-06-18'))] },
    ['consecutive refuse'],
  ],
  [
    ...(['2 consecutive', 'passes: what I swapped away earlier, with a shift between them'] as const),
    { gone: [duty(me, '2026-06-10')], duties: [duty(me, '2026-06-11')] },
    [],
  ],
  [
    ...(['2 consecutive', 'fails: Thursday swapped away, and now Friday'] as const),
    { gone: [duty(me, '2026-06-11')] },
    ['consecutive refuse'],
  ],
  [
    ...(['2 consecutive', 'fails: whoever takes it has swapped away the one before'] as const),
    { gone: [duty(other, '2026-06-11', '中班')] },
    ['consecutive refuse'],
  ],
  [
    ...(['2 consecutive', 'fails: the return shift is right before one that they swapped away'] as const),
    { gone: [duty(other, '2026-06-17')] },
    ['consecutive refuse'],
  ],
  [
    ...(['2 consecutive', 'fails: right after what I took over'] as const),
    { duties: [swapped(duty(me, '2026-06-11'))] },
    ['consecutive refuse'],
  ],
  [
    ...(['2 consecutive', 'boundary: a shift that nobody has is filled, which is no swap'] as const),
    { ...EMPTY, gone: [duty(me, '2026-06-11')], duties: [swapped(duty(other, '2026-06-10', '中班'))] },
    [],
  ],
  ['2 back to back', 'passes: a day between them', { duties: [duty(other, '2026-06-11')] }, []],
  [
    ...(['2 back to back', 'fails: the middle shift follows at once'] as const),
    { duties: [duty(other, '2026-06-12', '中班')] },
    ['backToBack refuse'],
  ],
  [
    ...(['2 back to back', 'fails: the return shift makes me work two'] as const),
    { duties: [duty(me, '2026-06-16', '夜班')] },
    ['backToBack refuse'],
  ],
  [
    ...(['2 back to back', 'fails: already on duty at the time'] as const),
    { duties: [duty(other, '2026-06-12', '早班', { start: '12:00' })] },
    ['backToBack refuse'],
  ],
  [
    ...(['2 back to back', 'boundary: 59 minutes between them'] as const),
    { duties: [duty(other, '2026-06-12', '中班', { start: '16:59' })] },
    ['backToBack refuse'],
  ],
  [
    ...(['2 back to back', 'boundary: 60 minutes are no longer back to back, but too short a rest'] as const),
    { duties: [duty(other, '2026-06-12', '中班', { start: '17:00' })] },
    ['rest refuse'],
  ],
  [
    '2 back to back',
    'boundary: what they give for it does not count',
    { back: duty(other, '2026-06-12', '中班') },
    [],
  ],
  ['rest', 'boundary: 8 hours', { duties: [duty(other, '2026-06-13', '夜班')] }, []],
  [
    ...(['rest', 'boundary: a minute less'] as const),
    { duties: [duty(other, '2026-06-12', '夜班', { start: '23:59' })] },
    ['rest refuse'],
  ],

  ['3', 'passes: same job type and grade', {}, []],
  [
    '3',
    'fails: another job type',
    { taker: { ...other, jobType: 'complaint' } },
    ['jobType refuse', 'jobType refuse'],
  ],
  [
    ...(['3', 'fails: the lower grade would cover the higher in return'] as const),
    { taker: grade(other, 2) },
    ['grade needsManager', 'grade refuse'],
  ],
  [
    ...(['3', 'boundary: higher covering lower needs both leaders’ consent'] as const),
    { taker: grade(other, 2), back: null },
    ['return needsManager', 'grade needsManager'],
  ],
  [
    '3',
    'boundary: one grade lower',
    { giver: grade(me, 2), back: null },
    ['return needsManager', 'grade refuse'],
  ],

  ['4', 'passes: a leave on another day', { leaves: [leave(other, '2026-06-20', '2026-06-21')] }, []],
  [
    ...(['4', 'fails: a leave on the shift that is swapped'] as const),
    { leaves: [leave(me, '2026-06-12', '2026-06-12', 'id-1001-2026-06-12-早班')] },
    ['leave refuse'],
  ],
  [
    '4',
    'fails: whoever takes it is on leave',
    { leaves: [leave(other, '2026-06-12', '2026-06-14')] },
    ['leave refuse'],
  ],
  [
    '4',
    'fails: I am on leave when it is returned',
    { leaves: [leave(me, '2026-06-16', '2026-06-16')] },
    ['leave refuse'],
  ],
  [
    '4',
    'boundary: the leave begins the day after',
    { leaves: [leave(other, '2026-06-13', '2026-06-14')] },
    [],
  ],
  [
    '4',
    'boundary: the leave ends on the day',
    { leaves: [leave(other, '2026-06-10', '2026-06-12')] },
    ['leave refuse'],
  ],

  ['5', 'passes: a working day', {}, []],
  ['5', 'fails: Dragon Boat Festival', { mine: duty(me, '2026-06-20') }, ['holiday refuse']],
  ['5', 'fails: the return shift on a holiday', { back: duty(other, '2026-06-19') }, ['holiday refuse']],
  ['5', 'boundary: the day before it', { mine: duty(me, '2026-06-18') }, []],
  ['5', 'boundary: the day after it', { mine: duty(me, '2026-06-22') }, []],
  [
    ...(['5', 'boundary: a shift that nobody has is filled, which is no swap'] as const),
    { kind: 'open', back: null, mine: duty(me, '2026-06-20') },
    [],
  ],
  ['5', 'boundary: a weekend is no holiday', { mine: duty(me, '2026-06-13') }, []],
  [
    ...(['5', 'boundary: beyond the table a person must decide'] as const),
    { mine: duty(me, '2026-12-31'), back: duty(other, '2027-01-04') },
    ['holiday needsManager'],
  ],

  ['7', 'passes: with its return shift', {}, []],
  [
    '7',
    'boundary: without one it is given away, with both leaders’ consent',
    { back: null },
    ['return needsManager'],
  ],
  ['7', 'boundary: 31 days', { back: duty(other, '2026-07-13') }, []],
  ['7', 'fails: 32 days', { back: duty(other, '2026-07-14') }, ['return refuse']],

  ['notice', 'boundary: four hours before', {}, [], at('2026-06-12', '04:00')],
  ['notice', 'boundary: a millisecond less', {}, ['notice refuse'], at('2026-06-12', '04:00') + 1],
  ['notice', 'boundary: nobody has it, a minute before', EMPTY, [], at('2026-06-12', '07:59')],
  ['notice', 'fails: nobody has it, and it has begun', EMPTY, ['notice refuse'], at('2026-06-12', '08:00')],
  ['notice', 'fails: begun', {}, ['notice refuse'], at('2026-06-12', '08:00')],
  ['notice', 'fails: the return shift has begun', { back: duty(other, '2026-06-10') }, ['notice refuse']],
];

/** What the refusal of each rule quotes. */
const QUOTES: Readonly<Record<string, string>> = {
  reason: '《换班制度》第1条：确因本人必须亲自处理的事情方可换班，须写明事由。',
  quota: '《换班制度》第2条：每人每月换班不得超过 2 次。',
  consecutive: '《换班制度》第2条：不得连续换班。',
  backToBack: '《换班制度》第2条：换班和还班均不得造成连班。',
  rest: '两班之间至少休息 8 小时。',
  jobType: '《换班制度》第3条：换班须在同工种之间进行。',
  grade: '《换班制度》第3条：换班须在技能等级相当的人员之间进行。',
  leave: '《换班制度》第4条：换班、还班当班不得请假，否则按旷工处理。',
  holiday: '《换班制度》第5条：节假日当班人员不得换班、请假。',
  return: '《换班制度》第7条：换班后应按约定还班。',
};

/** What stands after these have pressed 同意: both leaders are asked once the colleague has. */
const agreedBy =
  (leaderIds: readonly string[], ...people: readonly string[]) =>
  () => {
    let swap: SwapProgress = {
      ...{
        state: 'peer_pending',
        requesterId: 'me',
        partnerId: '何俊杰',
        open: false,
        seats: leaderIds.map((id) => ({ leaders: [id], above: [] })),
        consents: [],
      },
    };
    for (const by of people) {
      const pressed = pressSwap(swap, { by, action: 'agree', at: NOW });
      if (pressed.kind === 'refused') return t('zh-CN', 'errors.not_current_approver');
      if (pressed.kind === 'changed' && pressed.consent)
        swap = {
          ...{ ...swap, state: pressed.state, consents: [...swap.consents, pressed.consent] },
          seats: pressed.seats ?? swap.seats,
        };
    }
    if (swap.state === 'approved') return '';
    const open = swap.seats.filter(({ by }) => by === undefined).flatMap(({ leaders }) => leaders);
    return t('zh-CN', 'swap.state_leader_pending', { who: open.join('、') });
  };

const NOT_YOURS = '现在轮到其他人审批。';
const more: readonly [ClauseId, string, () => string, string?][] = [
  ['swap.1', 'passes: the colleague, then both leaders', agreedBy(['a', 'b'], '何俊杰', 'a', 'b')],
  ['swap.1', 'fails: a leader before the colleague', agreedBy(['a', 'b'], 'a'), NOT_YOURS],
  ['swap.1', 'fails: one’s own', agreedBy(['a', 'b'], 'me'), NOT_YOURS],
  ['swap.1', 'boundary: one leader of two', agreedBy(['a', '郑凯文'], '何俊杰', 'a'), '等待郑凯文同意'],
  ['swap.1', 'boundary: a leader whom both share, once', agreedBy(['a'], '何俊杰', 'a')],
];

const named = (clause: ClauseId, told: string) => {
  const [edge = '', ...story] = told.split(': ');
  return { clause, edge: edge as ClauseCase['edge'], story: story.join(': ') };
};

export const swapCases: readonly ClauseCase[] = [
  ...TABLE.flatMap(([of, told, change, found, now = NOW]): ClauseCase[] => {
    const number = /^\d/.exec(of)?.[0];
    if (!number) return [];
    const quotes = found.map((each) => QUOTES[each.split(' ')[0] ?? '']);
    const quoted = quotes.find((each) => each?.includes(`第${number}条`)) ?? quotes[0];
    const reads = () => objections(change, now).join('\n');
    return [{ ...named(`swap.${number}` as ClauseId, told), reads, ...(quoted && { quoted }) }];
  }),
  ...more.map(([clause, told, reads, quoted]) => ({
    ...named(clause, told),
    reads,
    ...(quoted && { quoted }),
  })),
];
