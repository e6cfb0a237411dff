import type { Button, Card } from '../../../channels/channel.ts';
import type { Unit } from '../../../prisma/client.ts';
import { type CardHandler, openCard, openCards, tokensOf } from '../../dialog/cards.ts';
import { AppError } from '../../errors.ts';
import { localeOf, t } from '../../i18n/index.ts';
import { listLine } from '../handover/words.ts';
import type { Reader } from '../leave/explain.ts';
import { readerOf, timeText } from '../leave/words.ts';
import type { ActingParts } from '../parts.ts';
import type { Agenda } from './agenda.ts';
import { confirmMinutes } from './keep.ts';
import { type MeetingRecord, meetingById, unreadBy } from './record.ts';

export const MEETING_CARD = 'meeting';
const CHOICES = ['confirm'];

/** 「3 受理甲班 班前会 6月10日（周三）15:50」 */
export function meetingText({ no, kind, teamName, startsAt }: MeetingRecord, reader: Reader): string {
  const { locale } = reader;
  const words = { no, kind: t(locale, `meeting.kind_${kind}`), at: timeText(startsAt, reader) };
  return teamName
    ? t(locale, 'meeting.line_team', { ...words, team: teamName })
    : t(locale, 'meeting.line', words);
}

/** The agenda, a line for each kind of case; what is empty is left out. */
export function agendaLines(agenda: Agenda, { locale }: Reader): string[] {
  const { longest, reopened, unanswered, lowRatings, incidents, problems, cases } = agenda;
  const aged = longest.map(({ number, days }) => t(locale, 'meeting.aged', { number, days }));
  const lines = [
    ...listLine('meeting.agenda_incidents', incidents, locale),
    ...listLine('meeting.agenda_cases', cases, locale),
    ...listLine('meeting.agenda_longest', aged, locale),
    ...listLine('meeting.agenda_reopened', reopened, locale),
    ...listLine('meeting.agenda_problems', problems, locale),
    ...listLine('meeting.agenda_unanswered', unanswered, locale),
    ...(lowRatings > 0 ? [t(locale, 'meeting.agenda_ratings', { count: lowRatings })] : []),
  ];
  return lines.length > 0 ? lines : [t(locale, 'meeting.agenda_none')];
}

/** A meeting whole: who, what there is to talk about, and once they are there the minutes and decisions. */
export function meetingCard(record: MeetingRecord, reader: Reader): Card {
  const { locale } = reader;
  const { agenda, minutes, decisions, people, publishedAt } = record;
  const separator = t(locale, 'handover.separator');
  const names = (some: MeetingRecord['people']) => some.map(({ name }) => name).join(separator);
  const members = people.filter(({ role }) => role === 'member');
  const fact = (label: 'chair' | 'members' | 'agenda' | 'minutes' | 'decisions' | 'unread', value: string) =>
    value ? [{ label: t(locale, `meeting.fact_${label}`), value }] : [];
  const many = t(locale, 'meeting.many', { count: members.length });
  return {
    title: meetingText(record, reader),
    facts: [
      ...fact('chair', record.chairName),
      ...fact('members', members.length > 10 ? many : names(members)),
      ...fact('agenda', agendaLines(agenda, reader).join('\n')),
      ...fact('minutes', minutes),
      ...fact('decisions', decisions.map((text, index) => `${index + 1}. ${text}`).join('\n')),
      ...(publishedAt === null ? [] : fact('unread', names(unreadBy(record)))),
    ],
  };
}

/** The minutes with the button that confirms them, while this colleague has not. */
export async function cardToRead(
  unit: Unit,
  record: MeetingRecord,
  reader: Reader,
  at: { readonly conversationId: string; readonly personId: string; readonly now: number },
): Promise<Card> {
  const card = meetingCard(record, reader);
  const mine = unreadBy(record).some(({ id }) => id === at.personId);
  if (record.state !== 'published' || !mine) return card;
  const { conversationId, personId, now } = at;
  const kind = MEETING_CARD;
  const open = (await openCards(unit, { conversationId, kind })).find((each) => each.subjectId === record.id);
  const data = { locale: reader.locale };
  const tokens = open
    ? tokensOf(open.token, CHOICES)
    : (
        await openCard(unit, {
          ...{ kind, subjectId: record.id, conversationId, personId, choices: CHOICES, data, now },
        })
      ).tokens;
  const confirm: Button = {
    ...{ title: t(reader.locale, 'meeting.button_confirm'), token: tokens.confirm ?? '', style: 'primary' },
  };
  return { ...card, buttons: [confirm] };
}

/** 已阅 counts for whom the card was opened, once over all their chats. */
export function meetingCardHandler({ policy }: Pick<ActingParts, 'policy'>): CardHandler {
  return async (unit, press) => {
    const { personId, presserId, subjectId, now } = press;
    if (!personId || presserId !== personId) throw new AppError('forbidden');
    if (!(await confirmMinutes(unit, { id: subjectId, by: personId }, now))) throw new AppError('gone');
    const record = await meetingById(unit.sql, subjectId);
    if (!record) throw new AppError('gone');
    const reader = readerOf(localeOf(String(press.data.locale ?? '')), policy().policy, now);
    const outcome = t(reader.locale, 'meeting.confirmed', { at: timeText(now, reader) });
    return { decided: { ...meetingCard(record, reader), outcome } };
  };
}
