import { type Locale, say, t } from '../../i18n/index.ts';
import type { Finding } from './types.ts';

/** What a finding says: the clause quoted, and the minutes that were counted. */
export function explainFinding(
  { rule, clause, quote, quoteVars, result, minutes }: Finding,
  locale: Locale,
): string {
  const words = say(locale, quote, quoteVars);
  const [, book, number] = /^(leave|handover)\.(\d+)$/.exec(clause) ?? [];
  const head =
    number === undefined
      ? words
      : t(locale, book === 'leave' ? 'attendance.clause_leave' : 'attendance.clause_handover', {
          ...{ number, quote: words },
        });
  if (rule === 'permission' || rule === 'handover') return head;
  const weighed = result === 'breach' ? t(locale, 'attendance.weighed_breach') : '';
  return head + t(locale, `attendance.figures_${rule}`, { minutes }) + weighed;
}
