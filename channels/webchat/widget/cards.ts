import { safeHref } from '../../kit/markdown-inline.ts';
import type { Activity, Attachment, CardAction } from './wire.ts';

/** A button the customer can press: it either says something or opens an https page. */
export type Button = { title: string; says: Activity } | { title: string; href: string };

/** A card (卡片) reduced to what the widget draws. Texts are Markdown. */
export interface Card {
  title?: string;
  texts: string[];
  facts: { title: string; value: string }[];
  buttons: Button[];
}

type Loose = Record<string, unknown>;

const string = (value: unknown) => (typeof value === 'string' ? value : '');
const list = (value: unknown) => (Array.isArray(value) ? (value as unknown[]).filter(isObject) : []);
const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

/** Bot Framework CardActions → buttons: imBack says its value, postBack and messageBack show the title instead. */
export function buttonsOf(actions: readonly CardAction[] | undefined): Button[] {
  return (actions ?? []).flatMap((action) => {
    const title = action.title ?? string(action.value);
    if (!title) return [];
    if (action.type === 'openUrl') return linkButton(title, string(action.value));
    return [{ title, says: saying(action, title) }];
  });
}

function saying(action: CardAction, title: string): Activity {
  if (action.type === 'messageBack') {
    const channelData = { messageBack: { displayText: action.displayText ?? title } };
    return { type: 'message', text: action.text ?? title, value: action.value, channelData };
  }
  const said = string(action.value);
  if (action.type === 'postBack') {
    const channelData = { postBack: true, messageBack: { displayText: title } };
    return said
      ? { type: 'message', text: said, channelData }
      : { type: 'message', text: title, value: action.value, channelData };
  }
  return { type: 'message', text: said || title };
}

function linkButton(title: string, address: string): Button[] {
  const href = safeHref(address);
  return href ? [{ title, href }] : [];
}

/** Hero and Adaptive Cards; null for an attachment that the widget can't show. */
export function cardOf(attachment: Attachment): Card | null {
  const content = isObject(attachment.content) ? attachment.content : {};
  switch (attachment.contentType) {
    case 'application/vnd.microsoft.card.hero':
    case 'application/vnd.microsoft.card.thumbnail':
      return hero(content);
    case 'application/vnd.microsoft.card.adaptive':
      return adaptive(content, attachment.fallbackText);
    default:
      return attachment.fallbackText ? plain(attachment.fallbackText) : null;
  }
}

const plain = (text: string): Card => ({ texts: [text], facts: [], buttons: [] });

function hero(content: Loose): Card {
  const texts = [string(content.subtitle), string(content.text)].filter(Boolean);
  const buttons = buttonsOf(list(content.buttons) as CardAction[]);
  return { title: string(content.title), texts, facts: [], buttons };
}

/** The plain subset of Adaptive Cards 1.x; a card that holds anything else is told by its fallbackText or speak. */
function adaptive(content: Loose, fallback: string | undefined): Card | null {
  const card = plain('');
  card.texts = [];
  const whole = readElements(list(content.body), card, 0);
  card.buttons.push(...submits(list(content.actions)));
  const told = string(content.fallbackText) || string(content.speak) || fallback;
  if (!whole && told) return { ...plain(told), buttons: card.buttons };
  return card.texts.length || card.facts.length || card.buttons.length ? card : told ? plain(told) : null;
}

/** False when something could not be drawn. */
function readElements(elements: Loose[], card: Card, depth: number): boolean {
  let whole = true;
  for (const element of elements) {
    if (element.type === 'TextBlock') card.texts.push(string(element.text));
    else if (element.type === 'FactSet') card.facts.push(...list(element.facts).map(fact));
    else if (element.type === 'ActionSet') card.buttons.push(...submits(list(element.actions)));
    else if (element.type === 'Container' && depth < 4)
      whole = readElements(list(element.items), card, depth + 1) && whole;
    else if (element.fallback !== 'drop') whole = false;
  }
  return whole;
}

const fact = (raw: Loose) => ({ title: string(raw.title), value: string(raw.value) });

function submits(actions: Loose[]): Button[] {
  return actions.flatMap((action): Button[] => {
    const title = string(action.title);
    if (!title) return [];
    if (action.type === 'Action.OpenUrl') return linkButton(title, string(action.url));
    if (action.type !== 'Action.Submit' && action.type !== 'Action.Execute') return [];
    // A plain string is said as if typed, as Microsoft's Web Chat does.
    const said = string(action.data);
    return [
      {
        title,
        says: said
          ? { type: 'message', text: said }
          : { type: 'message', text: title, value: action.data ?? {} },
      },
    ];
  });
}
