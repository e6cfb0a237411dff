import { Temporal } from 'temporal-polyfill';
import { describeDate, describeTime } from '../../dialog/dates/index.ts';
import { type Locale, say, t } from '../../i18n/index.ts';
import type { Figures, Role, Verdict } from './types.ts';

export interface Reader {
  readonly locale: Locale;
  readonly timeZone: string;
  /** Dates of other years say their year. */
  readonly today: Temporal.PlainDate;
}

/** A verdict in words: the clause quoted, the figures compared, and what would pass. */
export interface Explanation {
  readonly quote: string;
  readonly figures: string;
  readonly remedies: readonly string[];
}

/** Explains a verdict that is not a pass. A pass without figures gets an empty sentence for them. */
export function explainVerdict(verdict: Verdict, reader: Reader): Explanation {
  const { locale } = reader;
  const words = say(locale, verdict.quote, verdict.quoteVars);
  const [, book, number] = /^(leave|swap)\.(\d+)$/.exec(verdict.clause) ?? [];
  const clause = book === 'swap' ? 'leave.clause_swap' : 'leave.clause';
  // A choice of the product must not be quoted as a clause of the manual.
  const quote = number === undefined ? words : t(locale, clause, { number, quote: words });
  const figures = verdict.figures ? figuresText(verdict.figures, reader) : '';
  const remedies =
    verdict.figures && verdict.result !== 'pass' ? remediesOf(verdict, verdict.figures, reader) : [];
  return { quote, figures, remedies };
}

/** The whole explanation as one message, a line each. */
export function explanationText(verdict: Verdict, reader: Reader): string {
  const { quote, figures, remedies } = explainVerdict(verdict, reader);
  return [quote, figures, ...remedies].filter(Boolean).join('\n');
}

function figuresText(figures: Figures, reader: Reader): string {
  const { locale } = reader;
  const time = (instant: number) => describeTime(instant, reader.timeZone, locale, reader.today);
  const date = (iso: string) => describeDate(Temporal.PlainDate.from(iso), locale, reader.today);
  switch (figures.of) {
    case 'notice':
      return noticeText(figures, time, locale);
    case 'cutOff':
      return t(locale, 'leave.figures_cutOff', {
        start: time(figures.startsAt),
        latest: time(figures.latest),
        now: time(figures.now),
      });
    case 'holiday':
      return t(locale, 'leave.figures_holiday', {
        date: date(figures.date),
        holiday: figures.name?.[locale] ?? t(locale, 'leave.day_blocked'),
        start: time(figures.startsAt),
        actual: lengthText(figures.actualMs, locale),
        required: lengthText(figures.requiredMs, locale),
      });
    case 'holidayUnknown':
      return t(locale, 'leave.figures_holiday_unknown', {
        date: date(figures.date),
        covered: date(figures.covered),
      });
    case 'balance':
      return t(locale, 'leave.figures_balance', {
        ...figures,
        kind: t(locale, `leave.kind_${figures.kind}`),
      });
    case 'taken':
      return t(locale, 'leave.figures_taken', { date: date(figures.date) });
    case 'ownRequest':
      return t(locale, 'leave.figures_ownRequest', figures);
    case 'overlap':
      return t(locale, 'leave.figures_overlap', {
        date: date(figures.date),
        kind: t(locale, `leave.kind_${figures.kind}`),
        state: t(locale, `leave.state_${figures.state}`),
      });
    case 'roster':
      return t(locale, 'leave.figures_roster', { date: date(figures.date), covered: date(figures.covered) });
  }
}

function noticeText(
  figures: Extract<Figures, { of: 'notice' }>,
  time: (instant: number) => string,
  locale: Locale,
): string {
  const start = time(figures.startsAt);
  const required = lengthText(figures.requiredMs, locale);
  if (figures.state === 'over') {
    return t(locale, 'leave.figures_over', { end: time(figures.endsAt), now: time(figures.now) });
  }
  const actual = lengthText(figures.actualMs, locale);
  // Where no notice is required, "at least 0 minutes" would be no information.
  if (figures.requiredMs === 0)
    return figures.actualMs < 0
      ? t(locale, 'leave.figures_started_any', { start })
      : t(locale, 'leave.figures_notice_any', { start, actual });
  if (figures.actualMs < 0) return t(locale, 'leave.figures_started', { start, required });
  return t(locale, 'leave.figures_notice', { start, required, actual });
}

function remediesOf(verdict: Verdict, figures: Figures, reader: Reader): string[] {
  const { locale } = reader;
  const out: string[] = [];
  if ('latest' in figures) {
    const latest = describeTime(figures.latest, reader.timeZone, locale, reader.today);
    out.push(t(locale, 'leave.remedy_latest', { latest }));
  }
  if (figures.of === 'notice') {
    const earliest = describeTime(figures.now + figures.requiredMs, reader.timeZone, locale, reader.today);
    out.push(t(locale, 'leave.remedy_first_date', { earliest }));
  }
  if (figures.of === 'ownRequest') out.push(t(locale, 'leave.remedy_self', { person: figures.person }));
  if (figures.of === 'taken') out.push(t(locale, 'leave.remedy_taken'));
  if (figures.of === 'overlap') {
    // What was granted can't be withdrawn any more.
    const granted = figures.state === 'approved';
    out.push(t(locale, granted ? 'leave.remedy_granted' : 'leave.remedy_withdraw'));
  }
  if (figures.of === 'roster') out.push(t(locale, 'leave.remedy_covered'));
  if (verdict.result === 'needsManager') {
    out.push(t(locale, 'leave.remedy_manager', { managers: postNames(verdict.managers, locale) }));
  }
  return out;
}

/** 「班长或客服部主任」; a post without a name of its own is called a manager. */
export function postNames(roles: readonly Role[], locale: Locale): string {
  return roles.map((role) => postName(role, locale)).join(t(locale, 'leave.or_separator'));
}

export function postName(role: Role, locale: Locale): string {
  switch (role) {
    case 'shift_leader':
    case 'department_head':
    case 'director':
      return t(locale, `leave.post_${role}`);
    default:
      return t(locale, 'leave.post_manager');
  }
}

/** 「5 小时 30 分钟」. Rounded down, so that 23:59:59 is never shown as the 24 hours that it is not. */
export function lengthText(ms: number, locale: Locale): string {
  const all = Math.floor(Math.max(0, ms) / 60_000);
  const [hours, minutes] = [Math.floor(all / 60), all % 60];
  if (all === 0)
    return ms > 0 ? t(locale, 'leave.less_than_minute') : t(locale, 'leave.minutes_only', { minutes: 0 });
  if (minutes === 0) return t(locale, 'leave.hours_only', { hours });
  return hours === 0
    ? t(locale, 'leave.minutes_only', { minutes })
    : t(locale, 'leave.hours_minutes', { hours, minutes });
}
