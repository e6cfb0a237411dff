import { t } from '../../i18n/index.ts';
import { type ClauseRow, casesOf } from '../clauses.testdata.ts';
import { notWritable } from './rules.ts';

const STARTS = Date.parse('2026-06-10T15:50+08:00');
const chair = { id: 'chair', leads: false };

/** What keeps the chair from publishing the minutes of a meeting. */
const publishing =
  (minutes: string, decisions: string[] = [], now = STARTS, by = chair) =>
  () => {
    const meeting = { state: 'planned' as const, startsAt: STARTS, chairId: 'chair', minutes, decisions };
    const refused = notWritable(meeting, by, now, { publish: true });
    return refused ? t('zh-CN', `meeting.refused_${refused}`) : '';
  };

const ROWS: readonly ClauseRow[] = [
  ['meetings.1', 'passes', 'held, with minutes', publishing('强调三声服务')],
  ['meetings.1', 'fails', 'no minutes', publishing(' '), '纪要还没有内容，请先写“写纪要：……”。'],
  [
    'meetings.1',
    'fails',
    'somebody else’s',
    publishing('强调三声服务', [], STARTS, { id: 'other', leads: false }),
    '纪要由会议主持人来写。',
  ],
  ['meetings.1', 'boundary', 'a decision is enough', publishing('', ['统一口径'])],
  [
    'meetings.1',
    'boundary',
    'a millisecond before it begins',
    publishing('强调三声服务', [], STARTS - 1),
    '会议还没有开始。',
  ],
];

export const meetingCases = casesOf(ROWS);
