import { defaultPolicy } from '../../policy/default.ts';
import { type ClauseRow, casesOf } from '../clauses.testdata.ts';
import { explainFinding } from './explain.ts';
import { judgeArrival, judgeAway, judgeDeparture, mayPermit } from './rules.ts';
import type { Finding } from './types.ts';

const { attendance: policy } = defaultPolicy().policy;
const at = (time: string) => Date.parse(`2026-06-10T${time}+08:00`);
const shift = { from: at('08:00'), to: at('16:00') };

const told = (findings: Finding[]) => () =>
  findings
    .filter(({ result }) => result !== 'pass')
    .map((finding) => explainFinding(finding, 'zh-CN'))
    .join('\n');
const came = (time: string) => told(judgeArrival(shift, at(time), policy, true));
const gone = (time: string) => told([judgeDeparture(shift, at(time), policy)]);
/** Back at `time`, where leave was given until 10:15. */
const back = (time: string) => told([judgeAway(at('10:15'), at(time), policy)]);

const LATE = '《请假制度》第9条：无故迟到 20 分钟及以上，按违纪处理。';
const AWAY = '《请假制度》第9条：擅自离席 20 分钟及以上，按违纪处理。';
const ROLL = '《交接班制度》第1条：接班人员须提前 10 分钟到岗点名。';
const PERMIT = '《请假制度》第9条：离席须经班长同意，每次计时。';

const ROWS: readonly ClauseRow[] = [
  ['leave.9', 'passes', 'back when the permitted time ends', back('10:15')],
  ['leave.9', 'fails', 'an hour late', came('09:00'), LATE],
  ['leave.9', 'fails', 'half an hour too long away', back('10:45'), `${AWAY}离席超时 30 分钟。已记违纪。`],
  ['leave.9', 'boundary', 'twenty minutes late: a breach', came('08:20'), `${LATE}迟到 20 分钟。已记违纪。`],
  ['leave.9', 'boundary', 'a millisecond less: on record', came('08:19:59.999'), `${LATE}迟到 19 分钟。`],
  ['leave.9', 'passes', 'the leader permits leaving', told([mayPermit('me', 'leader', true)])],
  ['leave.9', 'boundary', 'a leader’s own leave', told([mayPermit('leader', 'leader', true)]), PERMIT],

  ['handover.1', 'passes', 'a quarter of an hour early', came('07:45')],
  ['handover.1', 'fails', 'five minutes early', came('07:55'), `${ROLL}比点名时间晚 5 分钟。`],
  ['handover.1', 'boundary', 'at the roll call', came('07:50')],
  ['handover.1', 'boundary', 'a millisecond after it', came('07:50:00.001'), ROLL],

  ['roster.2', 'passes', 'gone after the shift', gone('16:05')],
  ['roster.2', 'fails', 'an hour too early', gone('15:00'), `${AWAY}早退 60 分钟。已记违纪。`],
  ['roster.2', 'boundary', 'at its end', gone('16:00')],
  ['roster.2', 'boundary', 'a millisecond before', gone('15:59:59.999'), `${AWAY}早退 1 分钟。`],
];

export const attendanceCases = casesOf(ROWS);
