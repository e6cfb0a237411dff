import { Temporal } from 'temporal-polyfill';
import { putMade } from '../../files/store.ts';
import { t } from '../../i18n/index.ts';
import { allowed } from '../../people/permissions.ts';
import { toXlsx } from '../roster/files/rows.ts';
import { XLSX } from '../roster/files/send.ts';
import type { Talk } from '../talk.ts';
import { loadMonth, type MonthLine } from './month.ts';
import { breachesOf, monthSheet } from './sheet.ts';
import { monthIn } from './understand.ts';

const MOST_NAMED = 15;

/** 考勤: an agent's own month in words; for who leads, the team's or the centre's as a sheet, with what stands out. */
export async function attendanceTyped(text: string, talk: Talk): Promise<void> {
  const { turn, person, locale, reader, parts } = talk;
  const month = monthIn(text, reader.today);
  const scope = allowed(person.role, 'attendance.read');
  const own = scope === 'own' || /^(?:查?看?)?我(?!们)|\bmy\b/iu.test(text.trim());
  const whose =
    own || (scope === 'team' && !person.teamId)
      ? { person: person.id }
      : scope === 'team'
        ? { team: person.teamId ?? '' }
        : {};
  const lines = await loadMonth(turn.unit.sql, month, whose, parts.policy().policy, turn.now);
  const when = monthText(month, talk);
  const [first] = lines;
  if (!first) return turn.say('answer', t(locale, 'attendance.month_none', { month: when }));
  if ('person' in whose) return turn.say('answer', ownText(first, when, talk));
  const bytes = await toXlsx(monthSheet(lines, locale), `${t(locale, 'attendance.sheet')} ${month}`);
  const name = `${t(locale, 'attendance.sheet')}-${month}.xlsx`;
  const owner = `conversation:${turn.conversation.id}`;
  const made = { name, owner, retention: 'standard', bytes, contentType: XLSX } as const;
  const { id, size } = await putMade(turn.unit, made, turn.now);
  const said = t(locale, 'attendance.month_sheet', { month: when, count: lines.length });
  const noted = lines.filter((line) => breachesOf(line) + line.absent + line.late.times > 0);
  const list = noted.slice(0, MOST_NAMED).map((line) => t(locale, 'attendance.month_line', figures(line)));
  turn.say('answer', [said, ...list].join('\n'), {
    files: [{ id, name, type: XLSX, size, state: 'stored' }],
  });
}

const figures = (line: MonthLine) => ({
  ...{ name: line.person.name, late: line.late.times, minutes: line.late.minutes },
  ...{ absent: line.absent, breaches: breachesOf(line) },
});

function ownText(line: MonthLine, month: string, { locale }: Talk): string {
  const { due, attended, leave, early, away } = line;
  const more = {
    earlyTimes: early.times,
    early: early.minutes,
    awayTimes: away.times,
    over: away.overMinutes,
  };
  return t(locale, 'attendance.month_own', { ...figures(line), month, due, attended, leave, ...more });
}

function monthText(month: string, { locale }: Talk): string {
  const { year, month: number } = Temporal.PlainYearMonth.from(month);
  return t(locale, 'attendance.month', { year, month: String(number).padStart(2, '0') });
}
