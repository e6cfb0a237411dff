import { type Locale, say, type TextKey, t } from '../../i18n/index.ts';
import type { Reader } from '../leave/explain.ts';
import { timeText } from '../leave/words.ts';
import type { HandoverFacts } from './facts.ts';
import type { HandoverItem } from './items.ts';
import type { HandoverRecord } from './record.ts';
import { SECTIONS } from './types.ts';

const MINUTE_MS = 60_000;

/** How long a problem has been open: 「已 3 小时」. `from` and `to` in epoch ms. */
export function ageText(from: number, to: number, locale: Locale): string {
  const minutes = Math.max(0, Math.floor((to - from) / MINUTE_MS));
  if (minutes < 60) return t(locale, 'handover.age_minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? t(locale, 'handover.age_hours', { n: hours })
    : t(locale, 'handover.age_days', { n: Math.floor(hours / 24) });
}

export const nameIn = ({ names }: Pick<HandoverRecord, 'names'>, id: string) => names.get(id) ?? '';

export function namesText(record: HandoverRecord, ids: readonly string[], locale: Locale): string {
  const names = ids.map((id) => nameIn(record, id));
  return names.join(t(locale, 'handover.separator')) || t(locale, 'handover.nobody');
}

/** Who comes, each with how far they are. */
export function incomingText(record: HandoverRecord, reader: Reader): string {
  const { locale } = reader;
  const words = record.incoming.map(({ personId, acceptedAt }) => {
    const name = nameIn(record, personId);
    if (acceptedAt !== null)
      return t(locale, 'handover.person_accepted', { name, at: timeText(acceptedAt, reader) });
    const decided = record.decisions.some(({ missingId }) => missingId === personId);
    return t(locale, decided ? 'handover.person_decided' : 'handover.person_waiting', { name });
  });
  return words.join(t(locale, 'handover.separator')) || t(locale, 'handover.nobody');
}

/** The figures, a line each; what is empty is left out but for the counts. */
export function factLines(facts: HandoverFacts, locale: Locale): string[] {
  const { ticketsOpen: open, ticketsOverdue: overdue, overdue: numbers, queue, callbacks } = facts;
  const { knowledgeAdded, knowledgeRemoved, changes, incidents = [], unread } = facts;
  return [
    t(locale, 'handover.tickets', { open, overdue }),
    ...listLine('handover.tickets_numbers', numbers, locale),
    t(locale, 'handover.queue', { queue, callbacks }),
    ...listLine('handover.added_entries', knowledgeAdded, locale),
    ...listLine('handover.removed_entries', knowledgeRemoved, locale),
    ...changes.map(({ cause, off, on }) => {
      return t(locale, `handover.change_${cause}`, { off, on: on ?? t(locale, 'handover.nobody') });
    }),
    ...incidents.map((text) => t(locale, 'handover.incident', { text })),
    ...unread.map(({ person, titles }) =>
      t(locale, 'handover.unread', { person, titles: joined(titles, locale) }),
    ),
  ];
}

const joined = (words: readonly string[], locale: Locale) => words.join(t(locale, 'handover.separator'));

/** A line with a list in it, `{list}`; none where the list is empty. */
export function listLine(
  key: Extract<
    TextKey,
    | 'handover.tickets_numbers'
    | `handover.${string}_entries`
    | `dutylog.${string}`
    | `meeting.agenda_${string}`
  >,
  words: readonly string[],
  locale: Locale,
): string[] {
  return words.length > 0 ? [say(locale, key, { list: joined(words, locale) })] : [];
}

export function sectionFacts(
  { sections }: HandoverRecord,
  locale: Locale,
): { label: string; value: string }[] {
  return SECTIONS.flatMap((section) => {
    const value = sections[section];
    return value ? [{ label: t(locale, `handover.section_${section}`), value }] : [];
  });
}

/** 「#12 幸福小区断网（已 3 小时，周晓彤）」 */
export function itemText(item: HandoverItem, author: string, now: number, locale: Locale): string {
  const { no, text, createdAt, closedAt, closeNote } = item;
  if (closedAt !== null) return t(locale, 'handover.item_closed', { no, text, note: closeNote ?? '' });
  return t(locale, 'handover.item', { no, text, age: ageText(createdAt, now, locale), name: author });
}

export function questionLines(record: HandoverRecord, locale: Locale): string[] {
  return record.questions.map(({ no, text, askerId, answer, answererId }) => {
    const asked = { no, text, name: nameIn(record, askerId) };
    if (answer === null) return t(locale, 'handover.question', asked);
    return t(locale, 'handover.question_answered', {
      ...asked,
      answer,
      by: nameIn(record, answererId ?? ''),
    });
  });
}

export function decisionLines(record: HandoverRecord, locale: Locale): string[] {
  return record.decisions.map(({ by, missingId, kind, standInId, note }) => {
    const name = missingId === null ? t(locale, 'handover.decision_nobody') : nameIn(record, missingId);
    const words = { by: nameIn(record, by), name, note, standIn: nameIn(record, standInId ?? '') };
    return t(locale, `handover.decision_${kind}`, words);
  });
}
