import { z } from 'zod';
import type { hot } from '../../../prisma/client.ts';
import { closeCards, holdCards, inEachLocale } from '../../dialog/cards.ts';
import { t } from '../../i18n/index.ts';
import { timeText } from '../leave/words.ts';
import type { Talk } from '../talk.ts';
import { ASKING, buttons, SWAP_ACTION, SWAP_CARD, swapCard } from './card.ts';
import { sitsAt } from './leaders.ts';
import { type SwapRecord, swapById, swapsOf, swapsToRevoke } from './record.ts';
import { swapsWaiting, waitsFor } from './seats.ts';
import { standingText, swapText } from './words.ts';

const word = z.object({ swapId: z.uuid(), reminder: z.boolean().optional() });

/** Says a word about a swap from elsewhere: a card to agree to, or how it stands now. What is out of date is not said. */
export async function saySwapWord({ kind, data }: hot.InboxRow, talk: Talk): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const read = word.safeParse(data);
  const record = read.success ? await swapById(turn.unit.sql, read.data.swapId) : undefined;
  if (!read.success || !record) return;
  if (kind === 'swap.news') {
    await closeAsking(record, talk);
    const standing = standingText(record, reader, turn.now);
    return turn.say('notice', t(locale, 'swap.told', { swap: swapText(record, reader), standing }));
  }
  const { policy } = talk.parts.policy();
  const meant = record.state === (kind === 'swap.ask' ? 'peer_pending' : 'leader_pending');
  if (meant && (await waitsFor(turn.unit.sql, record, person.id, policy, turn.now)))
    await sayAsking(record, talk, read.data);
}

/** Once it is over, its cards ask nobody any more. */
async function closeAsking(record: SwapRecord, { turn, reader }: Talk): Promise<void> {
  if (['peer_pending', 'leader_pending'].includes(record.state)) return;
  const of = { kind: SWAP_CARD, subjectId: record.id };
  await holdCards(turn.unit, of);
  const outcomes = await inEachLocale(async (locale) => {
    const own = { ...reader, locale };
    const card = await swapCard(turn.unit, record, own, turn.now);
    return { ...card, outcome: standingText(record, own, turn.now) };
  });
  await closeCards(turn.unit, { ...of, outcomes, now: turn.now });
}

/** A form's button pressed again: how the swap stands that it handed in. @returns whether there is one */
export async function sayHandedIn(swapId: string, { turn, locale, reader }: Talk): Promise<boolean> {
  const record = await swapById(turn.unit.sql, swapId);
  const words = record && {
    swap: swapText(record, reader),
    standing: standingText(record, reader, turn.now),
  };
  if (words) turn.say('answer', t(locale, 'swap.already', words));
  return words !== undefined;
}

const placeOf = ({ turn, person, locale }: Talk) => {
  return { conversationId: turn.conversation.id, personId: person.id, locale, now: turn.now };
};

/** The card that asks for this colleague's word. */
export async function sayAsking(
  record: SwapRecord,
  talk: Talk,
  { reminder = false }: { reminder?: boolean | undefined } = {},
): Promise<void> {
  const { turn, locale, reader } = talk;
  const card = await swapCard(turn.unit, record, reader, turn.now);
  const asked = { ...card, buttons: await buttons(turn.unit, record, placeOf(talk), ASKING) };
  const at = timeText(record.expiresAt, reader);
  const text = reminder ? t(locale, 'swap.ask_reminder', { at }) : askText(record, talk);
  turn.say('notice', text, { card: asked });
}

function askText(
  { state, partnerId, giverId, back, seats, names }: SwapRecord,
  { person, locale }: Talk,
): string {
  if (state === 'leader_pending') {
    const led = seats.some(({ leaders }) => leaders.includes(person.id));
    const leader = seats.find((seat) => sitsAt(seat, person.id, seat.leaders))?.leaders[0];
    return led || !leader
      ? t(locale, 'swap.ask_leader')
      : t(locale, 'swap.ask_instead', { leader: names[leader] ?? '' });
  }
  if (partnerId === null) return t(locale, 'swap.ask_claim');
  return t(locale, back ? 'swap.ask_peer' : 'swap.ask_give', { giver: names[giverId] ?? '' });
}

const SHOWN = 8;

/** 我的换班: how each stands; what waits for my word, and what I can take back or revoke, on cards. */
export async function showSwaps(_text: string, talk: Talk): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const { sql } = turn.unit;
  const own = await swapsOf(sql, person.id, SHOWN);
  const waiting = await swapsWaiting(sql, person.id, talk.parts.policy().policy, turn.now);
  const revocable = await swapsToRevoke(sql, person.id, turn.now);
  if (own.length + waiting.length + revocable.length === 0) return turn.say('answer', t(locale, 'swap.none'));
  const lines = own.map((record) =>
    t(locale, 'staff.request', {
      leave: swapText(record, reader),
      standing: standingText(record, reader, turn.now),
    }),
  );
  if (lines.length > 0) turn.say('answer', [t(locale, 'swap.list'), ...lines].join('\n'));
  for (const record of waiting) await sayAsking(record, talk);
  const open = own.filter(
    ({ state, requesterId }) =>
      state === 'leader_pending' || (state === 'peer_pending' && requesterId === person.id),
  );
  for (const record of open) await sayAction(record, 'withdraw', talk);
  for (const record of revocable) await sayAction(record, 'revoke', talk);
}

async function sayAction(record: SwapRecord, choice: 'withdraw' | 'revoke', talk: Talk): Promise<void> {
  const { turn, reader } = talk;
  const card = await swapCard(turn.unit, record, reader, turn.now);
  const offered = [{ kind: SWAP_ACTION, choice, style: 'danger' } as const];
  const shown = { ...card, buttons: await buttons(turn.unit, record, placeOf(talk), offered) };
  turn.say('answer', swapText(record, reader), { card: shown });
}
