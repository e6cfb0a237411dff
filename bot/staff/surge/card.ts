import type { Button, Card } from '../../../channels/channel.ts';
import type { Unit } from '../../../prisma/client.ts';
import { type CardHandler, openCard, openCards, type Press, tokensOf } from '../../dialog/cards.ts';
import { AppError } from '../../errors.ts';
import { localeOf, t } from '../../i18n/index.ts';
import { personById } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';

import type { Reader } from '../leave/explain.ts';
import { readerOf, timeText } from '../leave/words.ts';
import type { StaffParts } from '../parts.ts';
import type { Talk } from '../talk.ts';
import { answerSurge } from './answer.ts';
import { decideSurge } from './call.ts';
import type { Surge } from './record.ts';
import { answerLines, standingText, whenText } from './words.ts';

/** For leaders: call people in, or not. */
export const CALL_CARD = 'surge_call';
/** For those who are asked. */
export const ASK_CARD = 'surge_ask';
const CHOICES = { [CALL_CARD]: ['call', 'dismiss'], [ASK_CARD]: ['yes', 'no'] } as const;

/** What the leader sees: the figures, and once people were asked who comes. */
export function surgeCard(surge: Surge, reader: Reader): Card {
  const { locale } = reader;
  const { contacts, expected, onDuty, needed, startedAt, answers } = surge;
  const fact = (key: 'contacts' | 'on_duty' | 'needed' | 'extra' | 'state' | 'answers', value: string) =>
    value ? [{ label: t(locale, `surge.fact_${key}`), value }] : [];
  return {
    title: t(locale, 'surge.title', { at: timeText(startedAt, reader) }),
    facts: [
      ...fact('contacts', t(locale, 'surge.contacts', { contacts, expected: Math.round(expected) })),
      ...fact('on_duty', t(locale, 'surge.people', { count: onDuty })),
      ...fact('needed', t(locale, 'surge.people', { count: needed })),
      ...fact('extra', whenText(surge, reader)),
      ...fact('state', standingText(surge, reader)),
      ...fact('answers', answers.length > 0 ? answerLines(surge, reader).join('\n') : ''),
    ],
  };
}

/** What somebody who is asked sees: when, and how many are needed. */
export function askCard(surge: Surge, reader: Reader): Card {
  const { locale } = reader;
  return {
    title: t(locale, 'surge.ask_title', { when: whenText(surge, reader) }),
    facts: [
      { label: t(locale, 'surge.ask_needed'), value: t(locale, 'surge.people', { count: surge.needed }) },
    ],
  };
}

/** Its buttons in this chat: those of the card that is open there, or new ones. */
export async function buttons(kind: keyof typeof CHOICES, { id }: Surge, talk: Talk): Promise<Button[]> {
  const { turn, person, locale } = talk;
  const [conversationId, choices] = [turn.conversation.id, [...CHOICES[kind]]];
  const known = (await openCards(turn.unit, { conversationId, kind })).find(
    ({ subjectId }) => subjectId === id,
  );
  const card = { kind, subjectId: id, conversationId, personId: person.id, choices, data: { locale } };
  const tokens: Record<string, string> = known
    ? tokensOf(known.token, choices)
    : (await openCard(turn.unit, { ...card, now: turn.now })).tokens;
  return choices.map((choice, index) => ({
    ...{ title: t(locale, `surge.${choice}`), token: tokens[choice] ?? '' },
    ...(index === 0 && { style: 'primary' as const }),
  }));
}

async function presser(unit: Unit, press: Press) {
  const by = press.presserId ? await personById(unit.sql, press.presserId) : undefined;
  if (!by || !may(by, 'card.press', { personId: press.personId })) throw new AppError('forbidden');
  return by;
}

const readerFor = ({ data, now }: Press, parts: StaffParts) =>
  readerOf(localeOf(String(data.locale ?? '')), parts.policy().policy, now);

/** The first leader's press counts; whoever presses later reads how it stands. */
export function callCardHandler(parts: StaffParts): CardHandler {
  return async (unit, press) => {
    const by = await presser(unit, press);
    if (!may(by, 'surge.call')) throw new AppError('forbidden');
    const decision = { id: press.subjectId, by, call: press.choice === 'call' };
    const called = await decideSurge(unit, parts, decision, press.now);
    if (!called) throw new AppError('gone');
    const reader = readerFor(press, parts);
    return { decided: { ...surgeCard(called.surge, reader), outcome: standingText(called.surge, reader) } };
  };
}

/** Yes or no, once; a yes is in the roster when the card says so. */
export function askCardHandler(parts: StaffParts): CardHandler {
  return async (unit, press) => {
    const by = await presser(unit, press);
    const answer = { id: press.subjectId, by, yes: press.choice === 'yes' };
    const answered = await answerSurge(unit, parts, answer, press.now);
    if (!answered) throw new AppError('gone');
    const reader = readerFor(press, parts);
    const { surge, kind } = answered;
    const { locale } = reader;
    const card = askCard(surge, reader);
    const when = whenText(surge, reader);
    if (kind === 'unfit') {
      const hours = parts.policy().policy.roster.restHours;
      const text = t(locale, 'surge.unfit', { hours });
      return { open: { ...card, text, outcome: text } };
    }
    const mine = surge.answers.find(({ personId }) => personId === by.id)?.state ?? 'late';
    // Not counted before it was filled.
    const state = mine === 'asked' ? 'full' : mine;
    return { decided: { ...card, outcome: t(locale, `surge.${state}`, { when }) } };
  };
}
