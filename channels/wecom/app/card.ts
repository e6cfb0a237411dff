import type { Button, Card, OutboundMessage } from '../../channel.ts';
import { bytes, gathered } from '../bytes.ts';
import { type Locale, t } from '../i18n/index.ts';
import { isToken, type Piece, type Pressed } from '../pieces.ts';

/** Bytes of a text; the platform cuts what is longer. https://developer.work.weixin.qq.com/document/path/90236 */
export const MAX_TEXT = 2048;
/** Buttons of one card, bytes of a button's key. https://developer.work.weixin.qq.com/document/path/90236 */
const BUTTONS = 6;
const KEY_BYTES = 1024;
/** Characters that a card shows in full, and facts that it takes. */
const SHOWN = { title: 36, text: 160, facts: 6, label: 5, value: 30 };

/**
 * What an outbound message comes to: a text, or a card with its buttons where everything fits on one; otherwise the
 * words as text and the buttons on a card below. Texts come split to our limit already.
 * @param task begins the cards' task_id: letters, digits, `_-@`, new for each attempt, since none may come twice
 */
export function piecesOf(message: OutboundMessage, task: string, locale: Locale): Piece[] {
  const { text, actions = [], card } = message;
  const open = card && !card.outcome && card.buttons?.length ? card : undefined;
  const pieces: Piece[] = [];
  const chooses = actions.length > 0;
  const onCard = chooses && !card && text.length <= SHOWN.text && !text.includes('\n') && text.trim() !== '';
  const lines = [
    ...(text.trim() && !onCard ? [text] : []),
    ...(card && !(open && fits(open)) ? linesOf(card) : []),
  ];
  for (const content of gathered(lines, MAX_TEXT)) pieces.push({ msgtype: 'text', text: { content } });
  const add = (head: Card) => {
    for (const each of cardsOf(head)) pieces.push(sealed(each, `${task}-${pieces.length}`));
  };
  if (open) add(fits(open) ? open : { title: open.title, buttons: open.buttons ?? [] });
  if (chooses) add({ title: onCard ? '' : t(locale, 'choose'), ...(onCard && { text }), buttons: actions });
  return pieces;
}

const sealed = (template_card: TemplateCard, task_id: string): Piece => ({
  msgtype: 'template_card',
  template_card: { ...template_card, task_id },
});

/** As many cards as the buttons need; only the first tells the whole. */
function cardsOf(card: Card): TemplateCard[] {
  const { buttons = [], title } = card;
  const cards: TemplateCard[] = [];
  for (let from = 0; from < buttons.length; from += BUTTONS) {
    const some = buttons.slice(from, from + BUTTONS);
    cards.push(
      templateCard(from === 0 ? { ...card, buttons: some } : { title: title || '…', buttons: some }),
    );
  }
  return cards;
}

export interface TemplateCard {
  card_type: 'button_interaction';
  main_title?: { title: string };
  sub_title_text?: string;
  horizontal_content_list?: { keyname: string; value: string }[];
  button_list: { text: string; key: string; style: number }[];
  replace_text?: string;
}

function templateCard({ title, text, facts = [], buttons = [] }: Card): TemplateCard {
  return {
    card_type: 'button_interaction',
    ...(title && { main_title: { title: shown(title, SHOWN.title) } }),
    ...(text && { sub_title_text: shown(text, SHOWN.text) }),
    ...(facts.length > 0 && {
      horizontal_content_list: facts.map(({ label, value }) => ({ keyname: label, value })),
    }),
    button_list: buttons.slice(0, BUTTONS).map(templateButton),
  };
}

/**
 * A card as it stands after a press: with its outcome and a grey button, or with the buttons that are open now.
 * https://developer.work.weixin.qq.com/document/path/94888
 */
export function redrawn(card: Card, locale: Locale): TemplateCard {
  const { title, outcome, buttons = [] } = card;
  const short = fits(card) ? card : { title, buttons };
  if (outcome === undefined) return templateCard(short);
  const decided = t(locale, 'decided');
  const told = [short.text, outcome].filter(Boolean).join('　');
  const drawn = templateCard({ ...short, text: told, buttons: [{ title: decided }] });
  return { ...drawn, replace_text: decided };
}

/** The key that a press brings back: the token, or the words that pressing says. */
function templateButton({ title, value, token, style }: Button) {
  const said = `v:${value ?? title}`;
  const key = token ? `t:${token}` : bytes(said) <= KEY_BYTES ? said : `v:${title}`;
  return { text: title, key, style: style === 'danger' ? 2 : 1 };
}

/** What a pressed button means; undefined for one that isn't ours. */
export function pressed(key: string): Pressed | undefined {
  const [kind, meaning] = [key.slice(0, 2), key.slice(2)];
  if (kind === 't:') return isToken(meaning) ? { token: meaning } : undefined;
  return kind === 'v:' && meaning ? { words: meaning } : undefined;
}

function fits({ title, text = '', facts = [] }: Card): boolean {
  const fact = ({ label, value }: { label: string; value: string }) =>
    label.length <= SHOWN.label && value.length <= SHOWN.value;
  return (
    title.length <= SHOWN.title &&
    text.length <= SHOWN.text &&
    facts.length <= SHOWN.facts &&
    facts.every(fact)
  );
}

function linesOf({ title, text, facts = [], outcome }: Card): string[] {
  const told = facts.map(({ label, value }) => `${label}：${value}`);
  return [title, text, ...told, outcome].filter((line): line is string => !!line);
}

function shown(text: string, most: number): string {
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
