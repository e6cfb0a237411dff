import type { Card } from '../../../channels/channel.ts';
import { describeSpan } from '../../dialog/dates/index.ts';
import { t } from '../../i18n/index.ts';
import { timeText } from '../leave/words.ts';
import { pastSpan } from '../past.ts';
import type { Talk } from '../talk.ts';
import { button, handoverCard, nextButtons } from './card.ts';
import { loadFacts, namesOf } from './facts.ts';
import { changesMeant, currentHandover, handoversBetween } from './find.ts';
import { openItems } from './items.ts';
import type { HandoverRecord } from './record.ts';
import { leftToReadBack } from './rules.ts';
import { ageText, itemText } from './words.ts';

/** The handover's card as it is now; figures are live until it is completed. */
export async function cardOf(record: HandoverRecord, talk: Talk): Promise<Card> {
  const { turn, reader, parts } = talk;
  const facts = record.facts ?? (await loadFacts(turn.unit.sql, record, parts.handover, turn.now));
  return handoverCard(record, facts, reader, turn.now);
}

/** Says a handover with what this colleague can do next. */
export async function sayHandover(
  record: HandoverRecord,
  talk: Talk,
  text: string,
  kind: 'answer' | 'notice',
) {
  const card = await cardOf(record, talk);
  talk.turn.say(kind, text, { card: { ...card, buttons: nextButtons(record, talk.person, talk.reader) } });
}

export function titleOf({ teamName: team, changeAt }: HandoverRecord, { locale, reader }: Talk): string {
  return t(locale, 'handover.title', { team, at: timeText(changeAt, reader) });
}

/** 交接班: the one that goes on now. */
export async function showCurrent(talk: Talk): Promise<void> {
  const record = await currentHandover(talk.turn.unit.sql, talk.person);
  if (!record) return sayNone(talk);
  await sayHandover(record, talk, nextText(record, talk) ?? titleOf(record, talk), 'answer');
}

export function sayNone({ turn, locale, parts }: Talk): void {
  const { openMinutes: minutes } = parts.policy().policy.handover;
  turn.say('answer', t(locale, 'handover.none', { minutes }));
}

/** What somebody who comes has to do next: the item to read back, or to take over. */
export function nextText(record: HandoverRecord, { person, turn, locale }: Talk): string | undefined {
  const own = record.incoming.find(({ personId }) => personId === person.id);
  if (record.state !== 'completed' || !own || own.acceptedAt !== null) return undefined;
  const [next] = leftToReadBack(record, person.id);
  const item = record.list.find(({ id }) => id === next);
  if (!item) return t(locale, 'handover.read_all');
  const { no, text, createdAt } = item;
  return t(locale, 'handover.read_next', { no, text, age: ageText(createdAt, turn.now, locale) });
}

/** 遗留问题: what the team has not closed, with its age. */
export async function showItems({ turn, person, locale }: Talk): Promise<void> {
  const team = person.teamName ?? '';
  const items = person.teamId ? await openItems(turn.unit.sql, person.teamId) : [];
  if (items.length === 0) return turn.say('answer', t(locale, 'handover.items_none', { team }));
  const names = await namesOf(
    turn.unit.sql,
    items.map(({ authorId }) => authorId),
  );
  const list = items
    .map((item) => itemText(item, names.get(item.authorId) ?? '', turn.now, locale))
    .join('\n');
  turn.say('answer', t(locale, 'handover.items', { team, list }));
}

/** 昨天夜里的交接记录: one is shown, of several the colleague chooses. */
export async function showPast(text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale, reader } = talk;
  const { timeZone } = parts.policy().policy.centre;
  const span = pastSpan(text, turn.now, timeZone);
  if (!span) return turn.say('answer', t(locale, 'handover.past_when'));
  const found = await handoversBetween(turn.unit.sql, person.teamId, changesMeant(span, timeZone));
  const named = found.filter(({ changeAt }) => text.includes(timeText(changeAt, reader)));
  const [record, ...more] = named.length > 0 ? named : found;
  const when = describeSpan(span, locale, reader.today);
  if (!record) return turn.say('answer', t(locale, 'handover.past_none', { when }));
  if (more.length === 0) return sayHandover(record, talk, titleOf(record, talk), 'answer');
  const actions = found.map(({ changeAt }) => {
    return button(t(locale, 'handover.past_button', { at: timeText(changeAt, reader) }));
  });
  turn.say('choices', t(locale, 'handover.past'), { actions });
}
