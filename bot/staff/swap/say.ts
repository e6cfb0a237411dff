import { z } from 'zod';
import type { hot } from '../../../prisma/client.ts';
import { closeCards, holdCards, inEachLocale } from '../../dialog/cards.ts';
import { t } from '../../i18n/index.ts';
import type { Talk } from '../talk.ts';
import { ASKING, buttons, SWAP_ACTION, SWAP_CARD, swapCard } from './card.ts';
import { type SwapRecord, swapById, swapsOf, swapsToDecide, swapsToRevoke } from './record.ts';
import { standingText, swapText } from './words.ts';

const word = z.object({ swapId: z.uuid() });

/** Says a word about a swap from elsewhere: a card to agree to, or how it stands now. What is out of date is not said. */
export async function saySwapWord({ kind, data }: hot.InboxRow, talk: Talk): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const read = word.safeParse(data);
  const record = read.success ? await swapById(turn.unit.sql, read.data.swapId) : undefined;
  if (!record) return;
  if (kind === 'swap.news') {
    await closeAsking(record, talk);
    const standing = standingText(record, reader, turn.now);
    return turn.say('notice', t(locale, 'swap.told', { swap: swapText(record, reader), standing }));
  }
  const waits = kind === 'swap.ask' ? record.state === 'peer_pending' : record.state === 'leader_pending';
  if (waits && !record.consents.some(({ personId }) => personId === person.id)) await sayAsking(record, talk);
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
export async function sayAsking(record: SwapRecord, talk: Talk): Promise<void> {
  const { turn, locale, reader } = talk;
  const card = await swapCard(turn.unit, record, reader, turn.now);
  const asked = { ...card, buttons: await buttons(turn.unit, record, placeOf(talk), ASKING) };
  const giver = record.names[record.giverId] ?? '';
  const text =
    record.state === 'leader_pending'
      ? t(locale, 'swap.ask_leader')
      : record.partnerId === null
        ? t(locale, 'swap.ask_claim')
        : t(locale, record.back ? 'swap.ask_peer' : 'swap.ask_give', { giver });
  turn.say('notice', text, { card: asked });
}

const SHOWN = 8;

/** 我的换班: how each stands; what waits for my word, and what I can take back or revoke, on cards. */
export async function showSwaps(_text: string, talk: Talk): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const { sql } = turn.unit;
  const own = await swapsOf(sql, person.id, SHOWN);
  const waiting = await swapsToDecide(sql, person.id);
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
