import { type Block, parseMarkdown } from '../../../kit/markdown.ts';
import { type Inline, parseInline } from '../../../kit/markdown-inline.ts';
import { el } from './dom.ts';

/** An answer's Markdown as nodes. */
export function renderMarkdown(source: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...parseMarkdown(source).map(block));
  return fragment;
}

/** Text as it was typed: line breaks kept, https addresses pressable, no other mark read. */
export function renderPlain(source: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of source.split(/(https:\/\/\S+)/)) {
    fragment.append(...(part.startsWith('https://') ? parseInline(part).map(inline) : [part]));
  }
  return fragment;
}

function block(from: Block): HTMLElement {
  switch (from.kind) {
    case 'paragraph':
      return el('p', {}, ...from.children.map(inline));
    case 'heading':
      return el('p', { class: 'heading' }, ...from.children.map(inline));
    case 'code':
      return el('pre', {}, el('code', {}, from.text));
    case 'list': {
      const items = from.items.map((item) => el('li', {}, ...item.map(inline)));
      return from.ordered ? el('ol', { start: from.start }, ...items) : el('ul', {}, ...items);
    }
    case 'table':
      return table(from.head, from.rows);
  }
}

function table(head: Inline[][], rows: Inline[][][]): HTMLElement {
  const cell = (tag: 'th' | 'td', of: Inline[]) =>
    el(tag, tag === 'th' ? { scope: 'col' } : {}, ...of.map(inline));
  const row = (tag: 'th' | 'td', of: Inline[][]) => el('tr', {}, ...of.map((one) => cell(tag, one)));
  const body = rows.map((one) => row('td', one));
  return el('table', {}, el('thead', {}, row('th', head)), el('tbody', {}, ...body));
}

function inline(from: Inline): Node {
  switch (from.kind) {
    case 'text':
      return document.createTextNode(from.text);
    case 'break':
      return el('br');
    case 'code':
      return el('code', {}, from.text);
    case 'link': {
      const props = { href: from.href, target: '_blank', rel: 'noopener noreferrer nofollow' };
      return el('a', props, ...from.children.map(inline));
    }
    default:
      return el(from.kind, {}, ...from.children.map(inline));
  }
}
