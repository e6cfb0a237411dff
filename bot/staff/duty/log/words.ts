import { Temporal } from 'temporal-polyfill';
import type { Button, Card } from '../../../../channels/channel.ts';
import { describeDate } from '../../../dialog/dates/index.ts';
import { t } from '../../../i18n/index.ts';
import { LOG_SECTIONS } from '../../../policy/schema.ts';
import { button } from '../../handover/card.ts';
import { listLine } from '../../handover/words.ts';
import type { Reader } from '../../leave/explain.ts';
import { timeText } from '../../leave/words.ts';
import type { DayFigures } from './figures.ts';
import type { DutyLogRecord } from './record.ts';

export const dateText = (date: string, { locale, today }: Reader) =>
  describeDate(Temporal.PlainDate.from(date), locale, today);

/** 「受理甲班 6月9日（周二）值班日志」 */
export function titleOf(
  { teamName: team, date }: Pick<DutyLogRecord, 'teamName' | 'date'>,
  reader: Reader,
): string {
  return t(reader.locale, 'dutylog.title', { team, date: dateText(date, reader) });
}

/** The figures, a line each; lists that are empty are left out. */
export function figureLines(figures: DayFigures, { locale }: Reader): string[] {
  const { contacts, queued, answered, queue, ticketsOpened, ticketsClosed, ticketsOpen, ticketsOverdue } =
    figures;
  const list = (key: Parameters<typeof listLine>[0], words: readonly string[]) =>
    listLine(key, words, locale);
  return [
    t(locale, 'dutylog.contacts', { contacts, queued, answered, queue }),
    t(locale, 'dutylog.tickets', { ticketsOpened, ticketsClosed, ticketsOpen, ticketsOverdue }),
    ...list('handover.tickets_numbers', figures.overdue),
    ...figures.incidents.map((text) => t(locale, 'handover.incident', { text })),
    ...list('dutylog.leave', figures.leave),
    ...list('dutylog.absences', figures.absences),
    ...figures.changes.map(({ cause, off, on }) => {
      return t(locale, `dutylog.change_${cause}`, { off, on: on ?? t(locale, 'handover.nobody') });
    }),
    ...list('dutylog.notices', figures.notices),
    ...list('dutylog.added', figures.knowledgeAdded),
    ...list('dutylog.removed', figures.knowledgeRemoved),
  ];
}

export function logCard(record: DutyLogRecord, figures: DayFigures, reader: Reader): Card {
  const { locale } = reader;
  const { signedAt, signerName, sections } = record;
  const state =
    signedAt === null
      ? t(locale, 'dutylog.state_open')
      : t(locale, 'dutylog.state_signed', { name: signerName ?? '', at: timeText(signedAt, reader) });
  const said = LOG_SECTIONS.flatMap((section) => {
    const value = sections[section];
    return value ? [{ label: t(locale, `dutylog.section_${section}`), value }] : [];
  });
  return {
    title: titleOf(record, reader),
    facts: [
      { label: t(locale, 'dutylog.fact_figures'), value: figureLines(figures, reader).join('\n') },
      ...said,
      { label: t(locale, 'dutylog.fact_state'), value: state },
    ],
  };
}

/** Signing, for who keeps it, while it isn't signed. */
export function logButtons({ state, date }: DutyLogRecord, mine: boolean, reader: Reader): Button[] {
  if (state === 'signed' || !mine) return [];
  const title = t(reader.locale, 'dutylog.button_sign', { date: dateText(date, reader) });
  return [{ ...button(title), style: 'primary' }];
}
