import type { Button, Capabilities, Card, FileOf } from '../../../channels/channel.ts';
import { type Locale, t } from '../../i18n/index.ts';
import { plainText } from './plain.ts';
import { split } from './split.ts';

/** What is said, before any channel has its say. */
export interface Words {
  text: string;
  /** The short wording, for channels with little room. */
  short?: string;
  actions?: Button[];
  card?: Card;
  files?: FileOf[];
  /** Digits mean something else here (a number is asked for): choices are named by their words only. */
  wordsOnly?: boolean;
}

/** One message as a channel can show it. */
export type Part = Pick<Words, 'text' | 'actions' | 'card' | 'files'>;

export interface Fitted {
  parts: Part[];
  /** What a number stands for that was written beside a choice: the words that pressing the button would have said. */
  choices: Record<string, string>;
}

/**
 * Fits what is said to what a channel can show: the short wording, no marks, cards and buttons as lines, and as many
 * messages as it takes, the buttons under the last one.
 */
export function fitTo(words: Words, can: Capabilities, locale: Locale): Fitted {
  const { actions = [], card, files } = words;
  const shortened = can.brief && words.short ? words.short : words.text;
  const whole = card && !can.cards ? [shortened, ...cardLines(card)] : [shortened];
  const said = whole.filter(Boolean).join('\n');
  const bare = can.markdown ? said : plainText(said);
  const { line, choices } = can.buttons
    ? { line: '', choices: {} }
    : written(bare, [...actions, ...(card?.buttons ?? [])], words.wordsOnly ?? false, locale);
  const room = { max: can.maxText, size: can.size ?? ((text: string) => text.length) };
  const parts: Part[] = split([bare, line].filter(Boolean).join('\n'), room).map((text) => ({ text }));
  const [first, last] = [parts[0], parts.at(-1)];
  if (first && files?.length) first.files = files;
  if (last && can.buttons && actions.length > 0) last.actions = actions;
  if (last && can.cards && card) last.card = card;
  // A channel with buttons and without cards: the card's become the message's.
  if (last && can.buttons && !can.cards && card?.buttons && !card.outcome)
    last.actions = [...(last.actions ?? []), ...card.buttons];
  return { parts, choices };
}

function cardLines({ title, text, facts = [], outcome }: Card): string[] {
  const lines = facts.map(({ label, value }) => `${label}：${value}`);
  return [title, ...(text ? [text] : []), ...lines, ...(outcome ? [outcome] : [])];
}

/** The choices that the text doesn't list itself, as lines. Their numbers are the buttons' places, as handlers count. */
function written(text: string, buttons: readonly Button[], wordsOnly: boolean, locale: Locale) {
  const listed = new Set([...text.matchAll(/^\s*\d{1,2}[.、]\s*(.+?)\s*$/gm)].map(([, title]) => title));
  const missing = buttons
    .map(({ title, value }, index) => ({ title, said: value ?? title, number: index + 1 }))
    .filter(({ title }) => !listed.has(title));
  if (missing.length === 0) return { line: '', choices: {} };
  if (wordsOnly) {
    const titles = missing
      .map(({ title }) => t(locale, 'channel.quoted', { title }))
      .join(t(locale, 'channel.or'));
    return { line: t(locale, 'channel.reply_words', { titles }), choices: {} };
  }
  const choices = Object.fromEntries(missing.map(({ number, said }) => [String(number), said]));
  const [only] = missing;
  const line =
    missing.length === 1 && only
      ? t(locale, 'channel.reply_one', { number: only.number, title: only.title })
      : [
          t(locale, 'channel.reply_number'),
          ...missing.map(({ number, title }) => `${number}. ${title}`),
        ].join('\n');
  return { line, choices };
}

/** What a reply means where numbers were written beside choices: the words of the choice, or the reply itself. */
export function meant(text: string, choices: Record<string, string> | undefined): string {
  if (!choices) return text;
  const number = /^\s*[(（]?(\d{1,2})[)）]?[.。、]?\s*$/.exec(text.normalize('NFKC'))?.[1];
  return (number !== undefined && choices[String(Number(number))]) || text;
}
