import { type Block, parseMarkdown } from './markdown.ts';
import type { Inline } from './markdown-inline.ts';

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const WORDS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

export const bold = (text: string): string => `<b>${escapeHtml(text)}</b>`;

/** What the reader sees of our HTML. Telegram counts its limits in this (UTF-16 units, "after entities parsing"). */
export const visible = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot);/g, (_, word: string) => WORDS[word] ?? '');

/**
 * An answer's Markdown in the little HTML that messengers read (core.telegram.org/bots/api#html-style; Teams' xml): bold,
 * emphasis, code, links. They know neither lists nor tables: those are drawn in signs.
 */
export function markdownHtml(source: string): string {
  let html = '';
  for (const block of parseMarkdown(source)) {
    // A list belongs to the sentence above it.
    if (html) html += block.kind === 'list' ? '\n' : '\n\n';
    html += drawBlock(block);
  }
  return html;
}

function drawBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.children.map(drawInline).join('');
    case 'heading':
      return `<b>${block.children.map(drawInline).join('')}</b>`;
    case 'code':
      return `<pre>${escapeHtml(block.text)}</pre>`;
    case 'list': {
      const mark = (index: number) => (block.ordered ? `${block.start + index}. ` : '• ');
      return block.items.map((item, index) => mark(index) + item.map(drawInline).join('')).join('\n');
    }
    case 'table':
      return [`<b>${row(block.head)}</b>`, ...block.rows.map(row)].join('\n');
  }
}

const row = (cells: Inline[][]) =>
  cells.map((cell) => cell.map(drawInline).join('')).join(cells.length > 2 ? ' | ' : '：');

function drawInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeHtml(inline.text);
    case 'break':
      return '\n';
    case 'code':
      return `<code>${escapeHtml(inline.text)}</code>`;
    case 'strong':
      return `<b>${inline.children.map(drawInline).join('')}</b>`;
    case 'em':
      return `<i>${inline.children.map(drawInline).join('')}</i>`;
    case 'link':
      return `<a href="${escapeHtml(inline.href)}">${inline.children.map(drawInline).join('')}</a>`;
  }
}
