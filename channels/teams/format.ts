import type { Button, OutboundMessage } from '../channel.ts';
import type { Address } from './address.ts';
import { ADAPTIVE, adaptiveCard, buttonCard } from './card.ts';
import { answerText, spokenText } from './text.ts';

export interface Attachment {
  contentType: string;
  name?: string;
  contentUrl?: string;
  content?: unknown;
}

export interface Around {
  /** `29:…` of those who see a card. */
  viewers: string[];
  /** Pictures shown in the message. */
  pictures: Attachment[];
  /** Other files: a line each. */
  links: string[];
}

/** Only `imBack`, six of them, without any attachment, in a 1:1 chat: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages#send-suggested-actions */
const SUGGESTED = 6;

/** One message as the connector takes it. */
export function outgoing(
  message: OutboundMessage,
  to: Address,
  { viewers, pictures, links }: Around,
): Record<string, unknown> {
  const { card, actions = [], seq } = message;
  const place = { seq, viewers };
  const suggested = card || pictures.length > 0 ? undefined : suggestions(actions, to);
  const content = card
    ? adaptiveCard(card, place, actions)
    : actions.length > 0 && !suggested
      ? buttonCard(actions, place)
      : undefined;
  const attachments = [...pictures, ...(content ? [{ contentType: ADAPTIVE, content }] : [])];
  const words = [wordsOf(message), ...links].filter(Boolean).join('<br/>');
  return {
    type: 'message',
    ...(words && { text: words, textFormat: 'xml' }),
    // What a notification shows of a message that is nothing but a card.
    ...(card && { summary: card.title }),
    ...(attachments.length > 0 && { attachments }),
    ...(suggested && { suggestedActions: suggested }),
  };
}

/** Only the bot writes Markdown. */
function wordsOf({ text, author, name, card }: OutboundMessage): string {
  // The text of a decided card often says the same as the card.
  if (!text.trim() || (card && [card.title, card.text, card.outcome].includes(text))) return '';
  return author === 'bot' || author === 'system' ? answerText(text) : spokenText(text, name);
}

function suggestions(actions: readonly Button[], { type, user }: Address) {
  const fits = actions.length > 0 && actions.length <= SUGGESTED && actions.every(({ token }) => !token);
  if (!fits || type !== 'personal' || !user) return undefined;
  return {
    to: [user],
    actions: actions.map(({ title, value = title }) => ({ type: 'imBack', title, value })),
  };
}
