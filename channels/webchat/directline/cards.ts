import type { Button, Card } from '../../channel.ts';

/** An attachment as the Bot Framework's Activity schema has it. */
export interface Attachment {
  contentType: string;
  content: unknown;
  fallbackText: string;
}

const STYLES = { primary: 'positive', danger: 'destructive' } as const;

/** A card 卡片 in words, for clients that can draw none. */
export function cardText(card: Card): string {
  const facts = (card.facts ?? []).map(({ label, value }) => `${label}: ${value}`);
  return [card.title, card.text, ...facts, card.outcome].filter(Boolean).join('\n');
}

/**
 * Adaptive Card 1.5. A button with a token submits `{token}`; one with a plain value submits the string, which
 * Microsoft's Web Chat says as if typed. An outcome takes the buttons' place.
 */
export function adaptiveCard(card: Card): Attachment {
  const body: unknown[] = [
    { type: 'TextBlock', text: card.title, weight: 'Bolder', size: 'Medium', wrap: true },
  ];
  if (card.text) body.push({ type: 'TextBlock', text: card.text, wrap: true });
  if (card.facts?.length) {
    body.push({ type: 'FactSet', facts: card.facts.map(({ label, value }) => ({ title: label, value })) });
  }
  if (card.outcome) body.push({ type: 'TextBlock', text: card.outcome, weight: 'Bolder', wrap: true });
  const fallbackText = cardText(card);
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText,
    body,
    ...(open(card) ? { actions: card.buttons?.map(submit) } : {}),
  };
  return { contentType: 'application/vnd.microsoft.card.adaptive', content, fallbackText };
}

/** Hero card, for sites whose client draws no Adaptive Cards (setting `cards: hero`). */
export function heroCard(card: Card): Attachment {
  const facts = (card.facts ?? []).map(({ label, value }) => `${label}: ${value}`);
  const content = {
    title: card.title,
    text: [card.text, ...facts, card.outcome].filter(Boolean).join('\n\n'),
    ...(open(card) ? { buttons: card.buttons?.map(cardAction) } : {}),
  };
  return { contentType: 'application/vnd.microsoft.card.hero', content, fallbackText: cardText(card) };
}

/** CardAction: said as if typed, or posted back where it carries a token. */
export function cardAction(button: Button): Record<string, unknown> {
  const { title, token } = button;
  return token
    ? { type: 'postBack', title, value: { token } }
    : { type: 'imBack', title, value: button.value ?? title };
}

function open(card: Card): boolean {
  return !card.outcome && (card.buttons?.length ?? 0) > 0;
}

function submit(button: Button): Record<string, unknown> {
  const data = button.token ? { token: button.token } : (button.value ?? button.title);
  const style = button.style && STYLES[button.style];
  return { type: 'Action.Submit', title: button.title, data, ...(style ? { style } : {}) };
}
