import { t } from '../../i18n/index.ts';
import { defaultPolicy } from '../../policy/default.ts';
import { type ClauseRow, casesOf } from '../clauses.testdata.ts';
import { agent, colleague, director, everybody, head, leader } from '../leave/fixtures.testdata.ts';
import { ladderAbove } from '../leave/ladder.ts';
import { dueAt, type LogSections, notSignable } from './log/rules.ts';
import { type MatterMove, moveMatter, startOf } from './matters/rules.ts';
import type { MatterProgress, Urgency } from './matters/types.ts';

const { policy } = defaultPolicy();
const steps = ladderAbove(agent, everybody, policy);

/** What the agent reads who reports to `to`. */
const reporting = (to: string | undefined, urgency: Urgency) => () => {
  if (!('refused' in startOf(steps, to, urgency, policy.reporting.maySkip))) return '';
  const quote = t('zh-CN', 'matter.quote_levels');
  return t('zh-CN', 'matter.skips', { quote, first: '林静雯', named: '宋明哲' });
};
const LEVELS = '请示汇报应逐级进行，不得越级；紧急情况可以越级，事后报告。';

/** Whom a report of theirs goes to first, if it isn't `expected`; in words where there is nobody. */
const goesTo =
  (who: typeof agent, expected: string, people = everybody) =>
  () => {
    const [first] = ladderAbove(who, people, policy);
    if (!first) return t('zh-CN', 'matter.nobody_above');
    return first.approverId === expected ? '' : first.approverId;
  };

const reported: MatterProgress = {
  ...{ state: 'waiting', reporterId: agent.id, carrierId: agent.id, urgency: 'ordinary', steps },
  ...{ firstLevel: 0, level: 0, skippedToldAt: null, words: [] },
};
const answer = (by: string, carrierId: string | null = null): MatterMove => {
  return { do: 'answer', by, text: '先发公告', carrierId, instead: [] };
};
const says = (kind: 'acknowledge' | 'object' | 'done', by = agent.id): MatterMove => {
  return { do: kind, by, text: '好' };
};
/** The refusal that these moves come to. */
const moves =
  (...all: MatterMove[]) =>
  () => {
    let progress = reported;
    for (const [index, move] of all.entries()) {
      const next = moveMatter(progress, move, index);
      if ('refused' in next) return t('zh-CN', `matter.refused_${next.refused}`);
      progress = next.progress;
    }
    return '';
  };

const signing =
  (sections: LogSections, today = '2026-06-10') =>
  () => {
    const open = { state: 'open' as const, date: '2026-06-10', sections };
    const refused = notSignable(open, policy.dutyLog.required, today);
    const section = t('zh-CN', 'leave.list_separator');
    const missing = refused?.missing.map((each) => t('zh-CN', `dutylog.section_${each}`)).join(section) ?? '';
    return refused ? t('zh-CN', `dutylog.refused_${refused.why}`, { missing }) : '';
  };
/** What the head is told at `now` of a log of the 9th that is not signed. */
const unsigned = (now: string) => () =>
  dueAt(policy.dutyLog, policy.centre.timeZone, Date.parse(`${now}+08:00`)).missing === '2026-06-09'
    ? t('zh-CN', 'dutylog.told_missing', { log: '受理甲班 6月9日 值班日志' })
    : '';

const ROWS: readonly ClauseRow[] = [
  ['reporting.1', 'passes', 'to the direct leader', reporting(leader.id, 'ordinary')],
  ['reporting.1', 'fails', 'to the head, past the leader', reporting(head.id, 'ordinary'), LEVELS],
  ['reporting.1', 'boundary', 'urgent, and no emergency', reporting(head.id, 'urgent'), LEVELS],
  ['reporting.1', 'boundary', 'an emergency, to the very top', reporting(director.id, 'emergency')],

  [
    'reporting.2',
    'passes',
    'instructed, acknowledged, carried out',
    moves(answer(leader.id), says('acknowledge'), says('done')),
  ],
  [
    'reporting.2',
    'fails',
    'a second instruction',
    moves(answer(leader.id), answer(head.id)),
    '这件请示已经有批示了。',
  ],
  ['reporting.2', 'fails', 'carried out without one', moves(says('done')), '还没有批示，批示后会通知您。'],
  [
    'reporting.2',
    'boundary',
    'carried out by who was not named',
    moves(answer(leader.id, colleague.id), says('done')),
    '办结由执行人来写。',
  ],
  [
    'reporting.2',
    'boundary',
    'by who was named',
    moves(answer(leader.id, colleague.id), says('done', colleague.id)),
  ],

  [
    'reporting.3',
    'passes',
    'carried out, then the level above rules',
    moves(answer(leader.id), says('object'), says('done'), answer(head.id)),
  ],
  [
    'reporting.3',
    'fails',
    'the level above is asked before',
    moves(answer(leader.id), says('object'), answer(head.id)),
    '这件请示已经有批示了。',
  ],
  [
    'reporting.3',
    'boundary',
    'a different opinion once it is carried out',
    moves(answer(leader.id), says('done'), says('object')),
    '批示已执行完毕，不同意见请另行请示。',
  ],
  [
    'reporting.3',
    'boundary',
    'put forward just before',
    moves(answer(leader.id), says('object'), says('done')),
  ],

  [
    'reporting.4',
    'passes',
    'an agent’s difficult customer goes to their shift leader',
    goesTo(agent, leader.id),
  ],
  [
    'reporting.4',
    'fails',
    'nobody leads, anywhere',
    goesTo(agent, leader.id, [agent, colleague]),
    '您上面没有可以请示的上级',
  ],
  ['reporting.4', 'boundary', 'a shift leader’s own goes to the head', goesTo(leader, head.id)],

  ['handover.5', 'passes', 'everything is written', signing({ system: '正常', cases: '无' })],
  ['handover.5', 'fails', 'nothing is', signing({}), '还没有写：系统问题、疑难个案。'],
  [
    'handover.5',
    'boundary',
    'blanks are nothing',
    signing({ system: '正常', cases: ' ' }),
    '还没有写：疑难个案。',
  ],
  [
    'handover.5',
    'boundary',
    'the day before',
    signing({ system: '正常', cases: '无' }, '2026-06-09'),
    '这一天还没到，不能签字。',
  ],

  ['roster.3', 'passes', 'the morning after: there is time', unsigned('2026-06-10T09:00')],
  [
    'roster.3',
    'fails',
    'in the afternoon the head hears what is missing',
    unsigned('2026-06-10T15:00'),
    '到现在还没有签字',
  ],
  ['roster.3', 'boundary', 'at noon', unsigned('2026-06-10T12:00'), '到现在还没有签字'],
  ['roster.3', 'boundary', 'a millisecond before', unsigned('2026-06-10T11:59:59.999')],
];

export const dutyCases = casesOf(ROWS);
