import { t } from '../../i18n/index.ts';
import { defaultPolicy } from '../../policy/default.ts';
import { type ClauseRow, casesOf } from '../clauses.testdata.ts';
import { type Move, missingSections, moved, responsible } from './rules.ts';
import type { Progress, Sections } from './types.ts';

const changeAt = Date.parse('2026-06-10T16:00+08:00');
const HOUR = 3_600_000;

/** 周晓彤 goes, 唐雨菲 comes; nothing is written yet. */
const opened: Progress = {
  ...{ state: 'open', changeAt, outgoing: ['zhou'], decisions: [], items: [] },
  incoming: [{ personId: 'tang', acceptedAt: null, readBack: [] }],
};
const { required } = defaultPolicy().policy.handover;
const complete = (...open: string[]): Move => ({
  ...{ do: 'complete', by: 'zhou', leads: false, open, missing: [] },
});
/** Completing a log in which this stands. */
const completes = (sections: Sections) =>
  moves({ do: 'complete', by: 'zhou', leads: false, open: [], missing: missingSections(sections, required) });
const carry = (itemId: string): Move => ({ do: 'carry', by: 'zhou', itemId });
const read = (itemId: string): Move => ({ do: 'readBack', by: 'tang', itemId });
const accept = (unread = 0): Move => ({ do: 'accept', by: 'tang', unread });
const release: Move = {
  ...{ do: 'decide', by: 'leader', leads: true, missingId: 'tang', standInId: null, note: '家中急事' },
  kind: 'release',
};

/** The first refusal of these moves, as it is read. */
function played(moves: readonly Move[]): Progress | string {
  let progress = opened;
  for (const move of moves) {
    const next = moved(progress, move, changeAt);
    if ('refused' in next) return t('zh-CN', `handover.refused_${next.refused}`);
    progress = next.progress;
  }
  return progress;
}
const moves =
  (...all: Move[]) =>
  () => {
    const end = played(all);
    return typeof end === 'string' ? end : '';
  };

/** What those who go are told then, while they still answer for the desk. */
const staysAt =
  (instant: number, ...all: Move[]) =>
  () => {
    const end = played(all);
    if (typeof end === 'string') return end;
    const stays = responsible(end, instant).some((id) => opened.outgoing.includes(id));
    return stays ? t('zh-CN', 'handover.stay', { at: '16:00' }) : '';
  };

const STAYS = '接班完成前仍由您负责，请暂时不要离开。';
const UNREAD = '还有必读通告没有确认，请先阅读并回复已阅。';

const ROWS: readonly ClauseRow[] = [
  [
    ...(['handover.2', 'passes', 'each problem read back, then accepted'] as const),
    moves(complete('modem', 'bill'), read('modem'), read('bill'), accept()),
  ],
  [
    ...(['handover.2', 'passes', 'equipment, problems and staff are written'] as const),
    completes({ equipment: '正常', difficult: '幸福小区断网', staff: '无变动' }),
  ],
  ['handover.2', 'fails', 'an empty log', completes({}), '这些栏目还没有写'],
  [
    ...(['handover.2', 'fails', 'what else there is, but not the staff'] as const),
    completes({ equipment: '正常', difficult: '无', process: '新流程' }),
    '这些栏目还没有写',
  ],
  [
    ...(['handover.2', 'boundary', '“none” is written'] as const),
    completes({ equipment: '无', difficult: '无', staff: '无' }),
  ],
  [
    ...(['handover.2', 'boundary', 'a blank is not'] as const),
    completes({ equipment: '无', difficult: '无', staff: ' ' }),
    '这些栏目还没有写',
  ],
  ['handover.2', 'passes', 'nothing unresolved', moves(complete(), accept())],
  [
    ...(['handover.2', 'fails', 'a problem not read back'] as const),
    moves(complete('modem', 'bill'), read('modem'), accept()),
    '还有遗留问题没有确认。',
  ],
  ['handover.2', 'fails', 'accepted before it is written', moves(accept()), '交班的同事还没有写完交接'],
  [
    ...(['handover.2', 'boundary', 'a problem that comes up after it was written'] as const),
    moves(complete('modem'), read('modem'), carry('line'), accept()),
    '还有遗留问题没有确认。',
  ],
  [
    ...(['handover.2', 'boundary', 'read back too'] as const),
    moves(complete('modem'), read('modem'), carry('line'), read('line'), accept()),
  ],

  ['handover.3', 'passes', 'all read', moves(complete(), accept(0))],
  ['handover.3', 'fails', 'several unread', moves(complete(), accept(3)), UNREAD],
  ['handover.3', 'boundary', 'one unread', moves(complete(), accept(1)), UNREAD],
  ['notices.1', 'passes', 'read before the shift is taken', moves(complete(), accept(0))],
  ['notices.1', 'fails', 'the shift is taken with two unread', moves(complete(), accept(2)), UNREAD],
  ['notices.1', 'boundary', 'the last one', moves(complete(), accept(1)), UNREAD],

  ['handover.4', 'passes', 'accepted: after the change', staysAt(changeAt + HOUR, complete(), accept())],
  ['handover.4', 'fails', 'an hour later nobody has come', staysAt(changeAt + HOUR, complete()), STAYS],
  ['handover.4', 'boundary', 'accepted: at the change', staysAt(changeAt, complete(), accept())],
  [
    ...(['handover.4', 'boundary', 'accepted early: a millisecond before it'] as const),
    staysAt(changeAt - 1, complete(), accept()),
    STAYS,
  ],
  [
    ...(['handover.4', 'boundary', 'nobody comes, and a leader lets them go on record'] as const),
    staysAt(changeAt + HOUR, complete(), release),
  ],
];

export const handoverCases = casesOf(ROWS);
