import { t } from '../../i18n/index.ts';
import { defaultPolicy } from '../../policy/default.ts';
import { type ClauseRow, casesOf } from '../clauses.testdata.ts';
import { isSurge } from './rules.ts';

const { surge } = defaultPolicy().policy;

/** What the leader is told of so many contacts, where forty were forecast; nothing: no surge. */
const coming =
  (contacts: number, expected = 40) =>
  () =>
    isSurge({ contacts, expected }, surge)
      ? t('zh-CN', 'surge.alert', { minutes: surge.windowMinutes, contacts, expected, onDuty: 3, needed: 2 })
      : '';

const ROWS: readonly ClauseRow[] = [
  ['roster.4', 'passes', 'as forecast', coming(40)],
  ['roster.4', 'fails', 'twice the forecast', coming(80), '话务高峰：最近 30 分钟来了 80 个，平时约 40 个'],
  ['roster.4', 'boundary', 'one and a half times', coming(60), '要叫同意加班的同事来支援吗？'],
  ['roster.4', 'boundary', 'one contact less', coming(59)],
  ['roster.4', 'boundary', 'a handful, whatever was forecast', coming(9, 1)],
];

export const surgeCases = casesOf(ROWS);
