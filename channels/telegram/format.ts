import type { Button, Card, OutboundMessage } from '../channel.ts';
import { bold, escapeHtml, markdownHtml, visible } from '../kit/html.ts';

/** "1-4096 characters after entities parsing" (core.telegram.org/bots/api#sendmessage), in UTF-16 units. */
const MOST = 4096;
/** What is left over is for an agent's name. */
export const MAX_TEXT = 4000;
const MAX_NAME = 64;

/** How much of a message a text takes, whether it is read as Markdown (the bot's) or not (a person's). */
export const sizeOf = (text: string): number => Math.max(text.length, visible(markdownHtml(text)).length);

/** A button of an inline keyboard. */
interface Key {
  text: string;
  callback_data: string;
}

/** One message of Telegram's. */
export interface Part {
  html: string;
  keyboard?: Key[][];
}

/** A message as Telegram shows it: one part, two where text and card don't fit into one, none where there are only files. */
export function draw(message: OutboundMessage): Part[] {
  const { card, actions = [], seq } = message;
  const words = wordsOf(message);
  const keyboard = keyboardOf([...actions, ...(card && !card.outcome ? (card.buttons ?? []) : [])], seq);
  const under = keyboard.length > 0 ? { keyboard } : {};
  if (!card) return words ? [{ html: words, ...under }] : [];
  // The text of a decided card often says the same as the card.
  if (!words || [card.title, card.text, card.outcome].includes(message.text))
    return [{ html: cardHtml(card), ...under }];
  const both = `${words}\n\n${cardHtml(card)}`;
  if (visible(both).length <= MOST) return [{ html: both, ...under }];
  return [{ html: words }, { html: cardHtml(card), ...under }];
}

/** Only the bot writes Markdown: what people type is shown as they typed it, under their name. */
function wordsOf({ text, author, name }: OutboundMessage): string {
  if (!text.trim()) return '';
  if (author === 'bot' || author === 'system') return markdownHtml(text);
  return `${name ? `${bold(cut(name, MAX_NAME))}\n` : ''}${escapeHtml(text)}`;
}

function cardHtml(card: Card): string {
  const { title, text, facts = [], outcome } = card;
  const lines = [
    bold(title),
    text && escapeHtml(text),
    ...facts.map(({ label, value }) => `${escapeHtml(label)}: ${escapeHtml(value)}`),
    outcome && bold(outcome),
  ];
  const html = lines.filter(Boolean).join('\n');
  const over = visible(html).length - MOST;
  return over > 0 && text && text.length > over + 1
    ? cardHtml({ ...card, text: cut(text, text.length - over) })
    : html;
}

/** At most `most` UTF-16 units, never half a character of two. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** What one row of a phone shows of several short titles, in widths of a Latin letter. */
const ROW = 24;
const widthOf = (title: string) => title.replace(/[^\0-\u024F]/g, '  ').length;

function keyboardOf(buttons: Button[], seq: number): Key[][] {
  const drawn = buttons.map((button, index) => ({
    text: button.title,
    callback_data: dataOf(button, seq, index),
  }));
  const together = drawn.length <= 3 && drawn.reduce((sum, { text }) => sum + widthOf(text) + 2, 0) <= ROW;
  return together && drawn.length > 0 ? [drawn] : drawn.map((one) => [one]);
}

/** "Data to be sent in a callback query, 1-64 bytes" (core.telegram.org/bots/api#inlinekeyboardbutton). */
const MAX_DATA = 64;

/** What a button carries: `t:token`, `v:value`, or `i:seq:index` where the value is too long to be carried. */
function dataOf({ title, value = title, token }: Button, seq: number, index: number): string {
  if (token) return `t:${token}`;
  const data = `v:${value}`;
  return Buffer.byteLength(data) <= MAX_DATA ? data : `i:${seq}:${index}`;
}
