import { type Button, buttonsOf, type Card, cardOf } from '../cards.ts';
import { fill, type Locale, type Texts } from '../i18n/index.ts';
import { type Entry, isOwn } from '../transcript.ts';
import type { Activity } from '../wire.ts';
import { el, on } from './dom.ts';
import { renderFile, renderProgress } from './file.ts';
import { renderMarkdown, renderPlain } from './markdown.ts';

export type Author = 'user' | 'bot' | 'agent' | 'system';

export interface MessageParts {
  texts: Texts;
  locale: Locale;
  /** The site's name, under which the bot speaks. */
  botName(): string;
  press(says: Activity): void;
  resend(key: string): void;
  withdraw(key: string): void;
  /** The file of one's own message, while this page has it; `watch` is told the share sent. */
  fileOf(key: string, watch?: (share: number) => void): File | undefined;
}

export function authorOf(activity: Activity): Author {
  return isOwn(activity) ? 'user' : (activity.channelData?.yingda?.author ?? 'bot');
}

export function nameOf(activity: Activity, texts: Texts, botName: () => string): string {
  const author = authorOf(activity);
  if (author === 'user') return texts.you;
  return author === 'agent' ? activity.from?.name || texts.agent : botName();
}

/** One message of the log. `first` = the author changed: the name is shown. `last` = its choices still count. */
export function renderMessage(entry: Entry, parts: MessageParts, first: boolean, last: boolean): HTMLElement {
  const { activity } = entry;
  const author = authorOf(activity);
  const outcome = activity.channelData?.yingda?.outcome;
  const node = el('div', {
    class: `msg ${author}${first ? ' first' : ''}`,
    'data-testid': 'message',
    'data-author': author,
    'data-outcome': outcome,
    'data-state': entry.state,
  });
  if (author !== 'system') node.append(heading(activity, parts, first));
  node.append(bubble(entry, author, parts));
  const choices = buttonsOf(activity.suggestedActions?.actions);
  if (choices.length) node.append(buttons(choices, 'choices', parts, !last));
  if (entry.state === 'failed') node.append(failure(entry, parts));
  else if (entry.state === 'sending') node.append(sending(entry, parts));
  return node;
}

/** Name and time; for a follow-up of the same author only for screen readers. */
function heading(activity: Activity, parts: MessageParts, first: boolean): HTMLElement {
  const name = el('span', { class: 'name' }, nameOf(activity, parts.texts, parts.botName));
  const node = el('div', { class: first ? 'meta' : 'meta sr' }, name);
  const at = activity.timestamp ? new Date(activity.timestamp) : undefined;
  if (at && !Number.isNaN(at.getTime())) {
    const shown = new Intl.DateTimeFormat(parts.locale, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    node.append(' ', el('time', { datetime: at.toISOString() }, shown.format(at)));
  }
  return node;
}

/** A file has a progress and can be stopped; words are gone before that would be of use. */
function sending({ key }: Entry, parts: MessageParts): HTMLElement {
  const file = parts.fileOf(key);
  if (!file) return el('span', { class: 'note' }, parts.texts.sending);
  const progress = renderProgress(file.name, parts.texts, () => parts.withdraw(key));
  parts.fileOf(key, progress.show);
  return progress.node;
}

function bubble({ key, activity }: Entry, author: Author, parts: MessageParts): HTMLElement {
  const shown = activity.channelData?.messageBack?.displayText ?? activity.text ?? '';
  const attachments = activity.attachments ?? [];
  const cards = attachments.map(cardOf).filter((card) => card !== null);
  const files = filesOf(activity, parts.texts, parts.fileOf(key));
  const text = shown || (cards.length || files.length ? '' : activity.speak || parts.texts.unreadable);
  const node = el('div', { class: 'bubble' });
  if (text) {
    const plain = author === 'user' || activity.textFormat === 'plain';
    const body = plain ? renderPlain(text) : renderMarkdown(text);
    node.append(el('div', { class: plain ? 'text plain' : 'text', 'data-testid': 'message-text' }, body));
  }
  node.append(...cards.map((card) => renderCard(card, parts)), ...files);
  const titles = activity.channelData?.yingda?.sources?.map((source) => source.title) ?? [];
  if (titles.length) {
    const list = parts.texts.sources + titles.join(parts.texts.sourcesJoin);
    node.append(el('div', { class: 'source', 'data-testid': 'source' }, list));
  }
  return node;
}

/** What is no card but has a name is a file. */
function filesOf({ attachments = [], channelData }: Activity, texts: Texts, local: File | undefined) {
  return attachments.flatMap((attachment, index) =>
    attachment.name && attachment.content === undefined
      ? [renderFile(attachment, channelData?.attachmentSizes?.[index], texts, local)]
      : [],
  );
}

function renderCard(card: Card, parts: MessageParts): HTMLElement {
  const node = el('div', { class: 'card', 'data-testid': 'card' });
  if (card.title) node.append(el('p', { class: 'heading' }, card.title));
  for (const text of card.texts) node.append(renderMarkdown(text));
  if (card.facts.length) {
    const rows = card.facts.flatMap(({ title, value }) => [el('dt', {}, title), el('dd', {}, value)]);
    node.append(el('dl', {}, ...rows));
  }
  // A card's buttons stay: the server counts a press once and answers a repeat with the outcome.
  if (card.buttons.length) node.append(buttons(card.buttons, 'card-actions', parts, false));
  return node;
}

function buttons(from: Button[], className: string, parts: MessageParts, disabled: boolean): HTMLElement {
  const group = el('div', { class: className, role: 'group', 'aria-label': parts.texts.choices });
  for (const button of from) {
    if ('href' in button) {
      const props = { class: 'chip', href: button.href, target: '_blank', rel: 'noopener noreferrer' };
      group.append(el('a', { ...props, 'data-testid': 'action' }, button.title));
      continue;
    }
    const node = el(
      'button',
      { type: 'button', class: 'chip', disabled, 'data-testid': 'action' },
      button.title,
    );
    on(node, 'click', () => parts.press(button.says));
    group.append(node);
  }
  return group;
}

function failure(entry: Entry, parts: MessageParts): HTMLElement {
  const { texts } = parts;
  const { key, activity, reason, hopeless } = entry;
  const [file] = activity.attachments ?? [];
  const button = (name: 'resend' | 'withdraw', words: string, label: string) => {
    const text = activity.text || file?.name || '';
    const props = {
      type: 'button',
      class: 'resend',
      'aria-label': fill(label, { text }),
      'data-testid': name,
    };
    const node = el('button', props, words);
    on(node, 'click', () => parts[name](key));
    return node;
  };
  const why = reason ? fill(texts.failedWhy, { reason }) : hopeless ? texts.fileLost : texts.failed;
  return el(
    'div',
    { class: 'note failed', role: 'alert' },
    `${why} `,
    !hopeless && button('resend', texts.resend, texts.resendLabel),
    (hopeless || file) && button('withdraw', texts.remove, texts.removeLabel),
  );
}
