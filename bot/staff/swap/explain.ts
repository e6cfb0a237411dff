import { Temporal } from 'temporal-polyfill';
import { describeDate, describeTime } from '../../dialog/dates/index.ts';
import { say, t } from '../../i18n/index.ts';
import { lengthText, type Reader } from '../leave/explain.ts';
import { shiftText } from '../leave/words.ts';
import type { Duty } from '../roster/types.ts';
import type { SwapFigures, SwapVerdict } from './types.ts';

/** 「6月12日（周五）早班 08:00–16:00」 of a stretch of work. */
export function dutyText(duty: Duty, reader: Reader): string {
  return shiftText({ ...duty, id: duty.shiftId }, reader);
}

/** A verdict in words, a line each: the clause quoted, the two figures, what would pass. */
export function explainSwap(verdict: SwapVerdict, reader: Reader): string {
  const { locale } = reader;
  const words = say(locale, verdict.quote, verdict.quoteVars);
  const number = /^swap\.(\d+)$/.exec(verdict.clause)?.[1];
  // A choice of the product must not be quoted as a clause of the manual.
  const quote = number === undefined ? words : t(locale, 'swap.clause', { number, quote: words });
  const figures = verdict.figures && figuresText(verdict.figures, reader);
  return [quote, figures, ...(verdict.result === 'refuse' ? remedies(verdict, reader) : [])]
    .filter(Boolean)
    .join('\n');
}

function figuresText(figures: SwapFigures, reader: Reader): string {
  const { locale } = reader;
  const date = (iso: string) => describeDate(Temporal.PlainDate.from(iso), locale, reader.today);
  switch (figures.of) {
    case 'reason':
      return t(locale, 'swap.figures_reason', figures);
    case 'notice':
    case 'consecutive':
    case 'rest':
      return shiftsText(figures, reader);
    case 'quota': {
      const [year = '', month = ''] = figures.month.split('-');
      const at = t(locale, 'swap.month', { year, month: locale === 'en' ? month : Number(month) });
      return t(locale, 'swap.figures_quota', { ...figures, month: at });
    }
    case 'jobType':
      return t(locale, 'swap.figures_jobType', figures);
    case 'grade':
      return t(locale, 'swap.figures_grade', figures);
    case 'leave': {
      const { person, shift, from, to } = figures;
      const dates = { from: date(from), to: date(to) };
      return t(locale, 'swap.figures_leave', { person, shift: dutyText(shift, reader), ...dates });
    }
    case 'holiday':
      return t(locale, 'swap.figures_holiday', {
        date: date(figures.date),
        holiday: figures.name?.[locale] ?? t(locale, 'swap.day_blocked'),
      });
    case 'holidayUnknown':
      return t(locale, 'swap.figures_holiday_unknown', {
        date: date(figures.date),
        covered: date(figures.covered),
      });
    case 'return':
      return t(locale, 'swap.figures_return', figures);
    case 'noReturn':
      return t(locale, 'swap.figures_noReturn');
  }
}

type OfShifts = Extract<SwapFigures, { of: 'notice' | 'consecutive' | 'rest' }>;

function shiftsText(figures: OfShifts, reader: Reader): string {
  const { locale } = reader;
  const shift = dutyText(figures.shift, reader);
  if (figures.of === 'notice') {
    const lengths = {
      actual: lengthText(figures.actualMs, locale),
      required: lengthText(figures.requiredMs, locale),
    };
    return figures.actualMs <= 0
      ? t(locale, 'swap.figures_begun', { shift })
      : t(locale, 'swap.figures_notice', { shift, ...lengths });
  }
  const { person } = figures;
  const both = { person, shift, other: dutyText(figures.other, reader) };
  if (figures.of === 'consecutive')
    return figures.other.shiftId === figures.shift.shiftId
      ? t(locale, 'swap.figures_swapped_on', both)
      : t(locale, 'swap.figures_consecutive', both);
  if (figures.gapMs < 0) return t(locale, 'swap.figures_overlap', both);
  const lengths = {
    gap: lengthText(figures.gapMs, locale),
    required: lengthText(figures.requiredMs, locale),
  };
  return t(locale, 'swap.figures_rest', { ...both, ...lengths });
}

function remedies({ about, figures }: SwapVerdict, reader: Reader): string[] {
  const { locale } = reader;
  if (figures?.of === 'notice') {
    const latest = describeTime(figures.latest, reader.timeZone, locale, reader.today);
    return [t(locale, 'swap.remedy_latest', { latest })];
  }
  if (figures?.of === 'quota' && about === 'shift') return [t(locale, 'swap.remedy_month')];
  if (about === 'partner') return [t(locale, 'swap.remedy_partner')];
  return about === 'back' ? [t(locale, 'swap.remedy_back')] : [];
}
