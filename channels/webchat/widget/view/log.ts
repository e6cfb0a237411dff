import type { Texts } from '../i18n/index.ts';
import type { Entry } from '../transcript.ts';
import { el, icon, on } from './dom.ts';
import { authorOf, type MessageParts, nameOf, renderMessage } from './message.ts';

export interface LogView {
  readonly node: HTMLElement;
  show(entries: readonly Entry[]): void;
  typing(name: string | undefined): void;
  /** While the history comes in, screen readers are not read all of it. */
  busy(is: boolean): void;
  toEnd(): void;
  /** Draws all anew at the next show: the name of the site has come. */
  redraw(): void;
}

interface Drawn {
  node: HTMLElement;
  of: Entry;
  first: boolean;
  last: boolean;
}

/** How close to the end, in CSS pixels, still counts as reading the newest. */
const nearEnd = 60;

export function createLog(texts: Texts, parts: MessageParts): LogView {
  const list = el('div', { class: 'list' });
  const scroller = el('div', {
    class: 'log',
    role: 'log',
    tabindex: 0,
    'aria-live': 'polite',
    'aria-label': texts.logLabel,
    'aria-busy': 'true',
    'data-testid': 'log',
  });
  scroller.append(list);
  const dots = el('div', { class: 'typing', hidden: true, 'data-testid': 'typing' });
  const pill = el('button', { type: 'button', class: 'pill', hidden: true }, texts.newMessages, icon('down'));
  const node = el('div', { class: 'talk' }, scroller, pill, dots);
  const drawn = new Map<string, Drawn>();

  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearEnd;
  const toEnd = () => {
    scroller.scrollTop = scroller.scrollHeight;
    pill.hidden = true;
  };
  let stuck = true;
  on(scroller, 'scroll', () => {
    stuck = atEnd();
    if (stuck) pill.hidden = true;
  });
  on(pill, 'click', toEnd);
  // The keyboard of a phone, the typing line, a rotated screen and pictures that are drawn late change the height:
  // stay where the newest is.
  const sizes = new ResizeObserver(() => stuck && toEnd());
  sizes.observe(scroller);
  sizes.observe(list);

  return {
    node,
    toEnd,
    show(entries) {
      const was = stuck;
      const newest = reconcile(list, drawn, entries, parts);
      if (!newest) return;
      if (was || newest.classList.contains('user')) settle(scroller, newest, toEnd);
      else pill.hidden = false;
    },
    typing(name) {
      dots.hidden = name === undefined;
      if (name === undefined) return;
      const bounce = [1, 2, 3].map(() => el('i'));
      dots.replaceChildren(
        el('span', { class: 'dots', 'aria-hidden': 'true' }, ...bounce),
        `${name} ${texts.typing}`,
      );
    },
    redraw: () => {
      for (const one of drawn.values()) one.node.remove();
      drawn.clear();
    },
    busy: (is) => scroller.setAttribute('aria-busy', String(is)),
  };
}

/** Shows the newest; one that is taller than the log is shown from its beginning, where reading starts. */
function settle(scroller: HTMLElement, newest: HTMLElement, toEnd: () => void): void {
  toEnd();
  if (newest.offsetHeight > scroller.clientHeight) scroller.scrollTop = newest.offsetTop - 8;
}

/** Draws what is new or changed, in place; returns the last node if it is new. */
function reconcile(
  list: HTMLElement,
  drawn: Map<string, Drawn>,
  entries: readonly Entry[],
  parts: MessageParts,
): HTMLElement | undefined {
  let newest: HTMLElement | undefined;
  const keep = new Set<string>();
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    const first = !before || voice(before, parts) !== voice(entry, parts);
    const last = index === entries.length - 1;
    const known = drawn.get(entry.key);
    keep.add(entry.key);
    const fresh = !known || known.of !== entry || known.first !== first || known.last !== last;
    const node = fresh ? renderMessage(entry, parts, first, last) : known.node;
    if (fresh) {
      known?.node.replaceWith(node);
      drawn.set(entry.key, { node, of: entry, first, last });
    }
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
    newest = last && !known ? node : undefined;
  });
  for (const [key, { node }] of drawn) {
    if (keep.has(key)) continue;
    node.remove();
    drawn.delete(key);
  }
  return newest;
}

const voice = (entry: Entry, parts: MessageParts) =>
  `${authorOf(entry.activity)} ${nameOf(entry.activity, parts.texts, parts.botName)}`;
