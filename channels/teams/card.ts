import type { Button, Card } from '../channel.ts';

export const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

/** Buttons in one row of a card: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/design-effective-cards */
const ROW = 6;
/** People for whom a card redraws itself: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards */
export const VIEWERS = 60;

const STYLES = { primary: 'positive', danger: 'destructive' } as const;

/** Where a card stands, for those who look at it later. */
export interface Place {
  /** Of the message that carries it: its present state is read by it. */
  seq: number;
  /** `29:…` of those for whom it redraws itself when they open the chat; others have a menu entry. */
  viewers: string[];
}

/**
 * Adaptive Card 1.5 (https://adaptivecards.io/explorer). A token is executed, and the answer replaces the card; on a
 * client too old for that it is submitted. Plain words are said as if typed. An outcome takes the buttons' place.
 */
export function adaptiveCard(
  card: Card,
  place: Place,
  more: readonly Button[] = [],
): Record<string, unknown> {
  const { title, text, facts = [], outcome } = card;
  const buttons = [...(outcome === undefined ? (card.buttons ?? []) : []), ...more];
  return {
    ...frame(buttons, place),
    fallbackText: cardText(card),
    body: [
      { type: 'TextBlock', text: plain(title), weight: 'Bolder', size: 'Medium', wrap: true },
      ...(text ? [{ type: 'TextBlock', text: plain(text), wrap: true }] : []),
      ...(facts.length > 0
        ? [
            {
              type: 'FactSet',
              facts: facts.map(({ label, value }) => ({ title: label, value: plain(value) })),
            },
          ]
        : []),
      ...(outcome
        ? [{ type: 'TextBlock', text: plain(outcome), weight: 'Bolder', wrap: true, separator: true }]
        : []),
      ...rows(buttons, place),
    ],
  };
}

/** Buttons under a text, in a card of their own. */
export function buttonCard(buttons: readonly Button[], place: Place): Record<string, unknown> {
  return {
    ...frame(buttons, place),
    fallbackText: buttons.map(({ title }) => title).join('\n'),
    body: rows(buttons, place),
  };
}

/** A card in words, for clients that can draw none. */
function cardText({ title, text, facts = [], outcome }: Card): string {
  const lines = facts.map(({ label, value }) => `${label}: ${value}`);
  return [title, text, ...lines, outcome].filter(Boolean).join('\n');
}

function frame(buttons: readonly Button[], { seq, viewers }: Place): Record<string, unknown> {
  const refresh = {
    action: { type: 'Action.Execute', verb: 'show', data: { seq } },
    ...(viewers.length > 0 && { userIds: viewers.slice(0, VIEWERS) }),
  };
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    // What can't be decided any more never changes.
    ...(buttons.some(({ token }) => token) && { refresh }),
  };
}

/** What people wrote stands in cards, and these read markdown: none of it becomes a link. */
const plain = (text: string): string => text.replaceAll('[', '\\[').replace(/\n+/g, '\n\n');

// In sets, because old clients know no fallback outside of one.
function rows(buttons: readonly Button[], place: Place): Record<string, unknown>[] {
  const sets: Record<string, unknown>[] = [];
  for (let at = 0; at < buttons.length; at += ROW)
    sets.push({ type: 'ActionSet', actions: buttons.slice(at, at + ROW).map((each) => action(each, place)) });
  return sets;
}

function action({ title, value = title, token, style }: Button, { seq }: Place): Record<string, unknown> {
  const shown = { title, ...(style && { style: STYLES[style] }) };
  if (token) {
    const fallback = { type: 'Action.Submit', ...shown, data: { token } };
    return { type: 'Action.Execute', ...shown, verb: 'press', data: { token, seq }, fallback };
  }
  const msteams = { type: 'messageBack', displayText: title, text: value, value: { say: value } };
  return { type: 'Action.Submit', ...shown, data: { say: value, msteams } };
}
