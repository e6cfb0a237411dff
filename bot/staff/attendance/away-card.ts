import type { Card } from '../../../channels/channel.ts';
import { type CardHandler, openCard, openCards, tokensOf } from '../../dialog/cards.ts';
import { AppError } from '../../errors.ts';
import { localeOf, t } from '../../i18n/index.ts';
import { personById } from '../../people/directory.ts';
import { may } from '../../people/permissions.ts';
import type { Reader } from '../leave/explain.ts';
import { readerOf, timeText } from '../leave/words.ts';
import type { StaffParts } from '../parts.ts';
import type { Talk } from '../talk.ts';
import { type DeskLeave, decideAway } from './away.ts';

/** Asks a leader whether somebody may leave the desk. */
export const AWAY_CARD = 'desk_leave';
const CHOICES = ['permit', 'refuse'] as const;

export function awayCard(record: DeskLeave, reader: Reader): Card {
  const { locale } = reader;
  const { name, minutes, reason, askedAt } = record;
  const fact = (key: 'minutes' | 'reason' | 'asked', value: string) =>
    value ? [{ label: t(locale, `attendance.fact_${key}`), value }] : [];
  return {
    title: t(locale, 'attendance.away_title', { name }),
    facts: [
      ...fact('minutes', t(locale, 'attendance.minutes', { minutes })),
      ...fact('reason', reason),
      ...fact('asked', timeText(askedAt, reader)),
    ],
  };
}

/** How it stands, for whoever presses after it was decided. */
export function awayStanding({ state, deciderName, dueAt, overMinutes }: DeskLeave, reader: Reader): string {
  const { locale } = reader;
  const said = { name: deciderName ?? '', at: dueAt === null ? '' : timeText(dueAt, reader) };
  if (state === 'returned' && overMinutes > 0)
    return t(locale, 'attendance.away_state_over', { ...said, minutes: overMinutes });
  return t(locale, `attendance.away_state_${state}`, said);
}

/** Says the card with its buttons: the open one that this chat has, or a new one. */
export async function sayAwayCard(record: DeskLeave, talk: Talk): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const conversationId = turn.conversation.id;
  const known = (await openCards(turn.unit, { conversationId, kind: AWAY_CARD })).find(
    ({ subjectId }) => subjectId === record.id,
  );
  const tokens = known
    ? tokensOf(known.token, CHOICES)
    : (
        await openCard(turn.unit, {
          ...{ kind: AWAY_CARD, subjectId: record.id, conversationId, personId: person.id },
          ...{ choices: [...CHOICES], data: { locale }, now: turn.now },
        })
      ).tokens;
  const button = (choice: (typeof CHOICES)[number], style: 'primary' | 'danger') => ({
    title: t(locale, `attendance.${choice}`),
    ...{ token: tokens[choice] ?? '', style },
  });
  const buttons = [button('permit', 'primary'), button('refuse', 'danger')];
  const text = t(locale, 'attendance.away_ask', { name: record.name, minutes: record.minutes });
  turn.say('notice', text, { card: { ...awayCard(record, reader), buttons } });
}

/** 准许 or 不准: the first leader's press decides; later ones read what was decided. */
export function awayCardHandler(parts: StaffParts): CardHandler {
  return async (unit, press) => {
    const by = press.presserId ? await personById(unit.sql, press.presserId) : undefined;
    if (!by || !may(by, 'card.press', { personId: press.personId })) throw new AppError('forbidden');
    const decision = { id: press.subjectId, by, permit: press.choice === 'permit' };
    const decided = await decideAway(unit, parts, decision, press.now);
    if (!decided) throw new AppError('gone');
    if (decided.kind === 'refused') throw new AppError('forbidden');
    const reader = readerOf(localeOf(String(press.data.locale ?? '')), parts.policy().policy, press.now);
    const { record } = decided;
    return { decided: { ...awayCard(record, reader), outcome: awayStanding(record, reader) } };
  };
}
