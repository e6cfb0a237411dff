import type { Button, Card } from '../../../channels/channel.ts';
import { t } from '../../i18n/index.ts';
import type { Reader } from '../leave/explain.ts';
import { timeText } from '../leave/words.ts';
import type { HandoverFacts } from './facts.ts';
import { type By, leads } from './leaders.ts';
import type { HandoverRecord } from './record.ts';
import { leftToReadBack } from './rules.ts';
import {
  decisionLines,
  factLines,
  incomingText,
  itemText,
  nameIn,
  namesText,
  questionLines,
  sectionFacts,
} from './words.ts';

/** The whole handover on a card: who, how far, figures, sections, open problems with their age, questions, decisions. */
export function handoverCard(
  record: HandoverRecord,
  facts: HandoverFacts,
  reader: Reader,
  now: number,
): Card {
  const { locale } = reader;
  const { teamName: team, state, outgoing, list } = record;
  const line = (label: 'facts' | 'items' | 'questions' | 'decisions', lines: readonly string[]) =>
    lines.length > 0 ? [{ label: t(locale, `handover.fact_${label}`), value: lines.join('\n') }] : [];
  return {
    title: t(locale, 'handover.title', { team, at: timeText(record.changeAt, reader) }),
    facts: [
      { label: t(locale, 'handover.fact_outgoing'), value: namesText(record, outgoing, locale) },
      { label: t(locale, 'handover.fact_incoming'), value: incomingText(record, reader) },
      { label: t(locale, 'handover.fact_state'), value: t(locale, `handover.state_${state}`) },
      ...line('facts', factLines(facts, locale)),
      ...sectionFacts(record, locale),
      ...line(
        'items',
        list.map((item) => itemText(item, nameIn(record, item.authorId), record.closedAt ?? now, locale)),
      ),
      ...line('questions', questionLines(record, locale)),
      ...line('decisions', decisionLines(record, locale)),
    ],
  };
}

/** What this colleague can do next, as buttons whose words are said. */
export function nextButtons(record: HandoverRecord, person: By, { locale }: Reader): Button[] {
  const { id: personId } = person;
  const own = record.incoming.find((each) => each.personId === personId);
  if (record.state === 'open' && (record.outgoing.includes(personId) || leads(person, record.teamId)))
    return [
      button(t(locale, 'handover.button_fill'), record),
      { ...button(t(locale, 'handover.button_complete'), record), style: 'primary' },
    ];
  if (record.state !== 'completed' || !own || own.acceptedAt !== null) return [];
  const [next] = leftToReadBack(record, personId);
  const item = record.list.find(({ id }) => id === next);
  const title = item
    ? t(locale, 'handover.button_read_back', { no: item.no })
    : t(locale, 'handover.button_accept');
  return [{ ...button(title, record), style: 'primary' }];
}

/** One of a handover says which: pressed when that has ended it does nothing to the next one. */
export const button = (title: string, of?: { readonly id: string }): Button => {
  return { title, value: of ? `${title} ${of.id}` : title };
};
