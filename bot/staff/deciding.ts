import { openCards, tokensOf } from '../dialog/cards.ts';
import { type ErrorCode, isAppError } from '../errors.ts';
import { t } from '../i18n/index.ts';
import { MATTER_CARD, CHOICES as MATTER_CHOICES } from './duty/matters/card.ts';
import { sayAsking as sayMatter, waitingFor } from './duty/matters/talk.ts';
import { insteadOf, mayDecide } from './leave/away.ts';
import { asking, CHOICES, cardTokens, LEAVE_CARD, leaveCard } from './leave/card.ts';
import { type LeaveRecord, leavesToDecide, progressOf } from './leave/record.ts';
import { leaveText } from './leave/words.ts';
import { SWAP_CARD, CHOICES as SWAP_CHOICES } from './swap/card.ts';

import { sayAsking } from './swap/say.ts';
import { swapsWaiting } from './swap/seats.ts';
import type { Talk } from './talk.ts';

type Decision = { choice: 'approve' | 'refuse'; note?: string };

const APPROVE = /^(?:我)?(?:同意|批准|准了|准假|予以批准|approved?|agree|accept)[\s.。!！了]*$/iu;
const REFUSE =
  /^(?:我)?(?:不同意|不批准?|不准|驳回|拒绝|refuse[sd]?|reject(?:ed)?|declined?|deny|denied)(?:[\s,，:：;；。.!！]+(?:because |因为|原因[是:：]?)?(?<note>[\s\S]{1,500}))?$/iu;

/** 「同意」, 「不同意，人手不够」, "refuse: too few people": nothing else in the message. */
export function readDecision(text: string): Decision | undefined {
  const said = text.trim();
  if (APPROVE.test(said)) return { choice: 'approve' };
  const refused = REFUSE.exec(said);
  if (!refused) return undefined;
  const note = refused.groups?.note?.trim();
  return { choice: 'refuse', ...(note && { note }) };
}

const REFUSALS: readonly ErrorCode[] = ['not_current_approver', 'forbidden', 'gone', 'not_found'];

/** A decision in words counts where exactly one card is open; it ends in the same press as its button. */
export async function decideTyped(text: string, talk: Talk): Promise<void> {
  const { turn, parts, locale } = talk;
  const decision = readDecision(text);
  if (!decision) return showToDecide(text, talk);
  const conversationId = turn.conversation.id;
  const leaves = await openCards(turn.unit, { conversationId, kind: LEAVE_CARD });
  const swaps = await openCards(turn.unit, { conversationId, kind: SWAP_CARD });
  const matters = await openCards(turn.unit, { conversationId, kind: MATTER_CARD });
  const [card, ...more] = [...leaves, ...swaps, ...matters];
  if (!card) return turn.say('answer', t(locale, 'staff.to_decide_none'));
  if (more.length > 0) return showToDecide(text, talk);
  const [agree, decline] = SWAP_CHOICES[SWAP_CARD];
  const swap = tokensOf(card.token, [agree, decline])[decision.choice === 'approve' ? agree : decline];
  // An instruction is recorded in the leader's own words: a no to a suggestion is one.
  const words = tokensOf(card.token, MATTER_CHOICES[MATTER_CARD]);
  const matter = decision.choice === 'approve' ? words.agree : words.write;
  const plain = tokensOf(card.token, CHOICES)[decision.choice];
  const reported = matters.includes(card);
  const token = (swaps.includes(card) ? swap : reported ? matter : plain) ?? '';
  const note = reported && decision.choice === 'refuse' ? text.trim() : decision.note;
  try {
    const shown = await parts.cards.pressIn(turn.unit, conversationId, token, note);
    turn.say('answer', shown.outcome ?? shown.text ?? shown.title, { card: shown });
  } catch (error) {
    // These come before anything is written; after any other the turn must not be committed.
    if (!isAppError(error) || !REFUSALS.includes(error.code)) throw error;
    turn.say('answer', t(locale, `errors.${error.code}`));
  }
}

/** 待我审批: each request that waits for this colleague, on its card. */
export async function showToDecide(_text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  const waiting: LeaveRecord[] = [];
  for (const record of await leavesToDecide(turn.unit.sql, person.id)) {
    const instead = await insteadOf(turn.unit.sql, record, parts.policy().policy, turn.now);
    if (mayDecide(progressOf(record), person.id, instead, turn.now)) waiting.push(record);
  }
  const swaps = await swapsWaiting(turn.unit.sql, person.id, parts.policy().policy, turn.now);
  const matters = await waitingFor(talk);
  const count = waiting.length + swaps.length + matters.length;
  if (count === 0) return turn.say('answer', t(locale, 'staff.to_decide_none'));
  const text = t(locale, 'staff.to_decide', { count });
  for (const [index, record] of waiting.entries())
    await sayCard(record, talk, index === 0 ? text : undefined);
  for (const swap of swaps) await sayAsking(swap, talk);
  for (const matter of matters) await sayMatter(matter, talk, t(locale, 'matter.waiting'));
}

/** Says the card of a request, with buttons. */
export async function sayCard(record: LeaveRecord, talk: Talk, text?: string): Promise<void> {
  const { turn, person, locale, reader } = talk;
  const at = { conversationId: turn.conversation.id, personId: person.id, locale, now: turn.now };
  const tokens = await cardTokens(turn.unit, record, at);
  const deciding = { policy: talk.parts.policy().policy, now: turn.now };
  const card = asking(await leaveCard(turn.unit, record, reader, deciding), tokens, locale);
  turn.say('notice', text ?? askText(record, talk), { card });
}

function askText(record: LeaveRecord, { locale, reader }: Talk): string {
  const leave = leaveText(record, reader);
  const { personName: person, requesterName: requester } = record;
  if (record.requesterId === record.personId) return t(locale, 'leave.card_ask', { person, leave });
  return t(locale, 'leave.card_ask_other', { requester, person, leave });
}
