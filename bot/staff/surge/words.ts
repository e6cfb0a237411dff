import { t } from '../../i18n/index.ts';
import { clockText } from '../attendance/words.ts';
import type { Reader } from '../leave/explain.ts';
import { timeText } from '../leave/words.ts';
import { joinedIn, type Surge } from './record.ts';

/** 「6月10日（周三）18:00–22:00」. */
export function whenText({ startsAt, endsAt }: Surge, reader: Reader): string {
  if (startsAt === null || endsAt === null) return '';
  return `${timeText(startsAt, reader)}–${clockText(endsAt, reader)}`;
}

/** How it stands, in one line. */
export function standingText(surge: Surge, { locale }: Reader): string {
  const { state, answers, needed, callerName } = surge;
  const counts = { joined: joinedIn(surge).length, needed, asked: answers.length, name: callerName ?? '' };
  if (state === 'short' && answers.length === 0) return t(locale, 'surge.state_nobody');
  return t(locale, `surge.state_${state}`, counts);
}

export function answerLines({ answers }: Surge, { locale }: Reader): string[] {
  return answers.map(({ state, name }) => t(locale, `surge.answer_${state}`, { name }));
}
