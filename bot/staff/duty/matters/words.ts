import { t } from '../../../i18n/index.ts';
import type { Reader } from '../../leave/explain.ts';
import { approverText, timeText } from '../../leave/words.ts';
import type { MatterRecord } from './record.ts';
import { skippedOf } from './rules.ts';
import type { MatterWord } from './types.ts';

const nameOf = ({ names }: MatterRecord, id: string) => names.get(id) ?? '';

/** How a matter stands: with whom it waits, who carries it out, how it ended. */
export function standingText(record: MatterRecord, reader: Reader): string {
  const { locale } = reader;
  const { state, steps, level } = record;
  const step = steps[level];
  const approver = step ? approverText(step, reader) : '';
  switch (state) {
    case 'waiting':
      return t(locale, 'matter.standing_waiting', { approver });
    case 'instructed':
      return t(locale, 'matter.standing_instructed', { name: nameOf(record, record.carrierId) });
    case 'objected':
      return t(locale, 'matter.standing_objected', { approver });
    case 'closed':
      return t(locale, 'matter.standing_closed');
  }
}

/** Everything that was said, a line each. */
export function historyText(record: MatterRecord, reader: Reader): string {
  return record.words.map((word) => wordText(record, word, reader)).join('\n');
}

export function wordText(record: MatterRecord, { kind, by, text, at }: MatterWord, reader: Reader): string {
  const { locale } = reader;
  const who = { name: nameOf(record, by), at: timeText(at, reader) };
  const said = t(locale, `matter.word_${kind}`, who);
  return text ? t(locale, 'matter.word_text', { said, text }) : said;
}

/** 「请示 3：小区断网」 */
export function matterText({ no, problem }: MatterRecord, { locale }: Reader): string {
  const short = problem.length > 60 ? `${problem.slice(0, 60)}…` : problem;
  return t(locale, 'matter.line', { no, problem: short });
}

export function skippedText(record: MatterRecord, reader: Reader): string {
  const separator = t(reader.locale, 'leave.list_separator');
  return skippedOf(record)
    .map((step) => approverText(step, reader))
    .join(separator);
}
