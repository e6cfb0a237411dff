import { type Inline, parseInline } from './markdown-inline.ts';

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] }
  | { kind: 'code'; text: string }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] };

const bullet = /^\s*[-*+•]\s+(.*)$/;
const numbered = /^\s*(\d{1,3})(?:[.)]\s+|、\s*(?=\D))(.*)$/;
const heading = /^#{1,6}\s+(.*)$/;
const fence = /^\s*```/;
const rule = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/**
 * The subset of Markdown in which answers (答复) are written, read into plain data: paragraphs with line breaks, lists, tables, code, headings.
 * Raw HTML and images have no meaning here and stay text. Never throws.
 */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) at = readBlock(lines, at, blocks);
  return blocks;
}

/** Reads one block starting at line `at`, adds it, returns the next line. */
function readBlock(lines: string[], at: number, blocks: Block[]): number {
  const line = lines[at] ?? '';
  if (!line.trim()) return at + 1;
  if (fence.test(line)) return readCode(lines, at, blocks);
  const title = heading.exec(line);
  if (title) {
    blocks.push({ kind: 'heading', children: parseInline(title[1] ?? '') });
    return at + 1;
  }
  if (line.includes('|') && rule.test(lines[at + 1] ?? '')) return readTable(lines, at, blocks);
  if (bullet.test(line) || numbered.test(line)) return readList(lines, at, blocks);
  return readParagraph(lines, at, blocks);
}

function readCode(lines: string[], at: number, blocks: Block[]): number {
  let end = at + 1;
  while (end < lines.length && !fence.test(lines[end] ?? '')) end += 1;
  blocks.push({ kind: 'code', text: lines.slice(at + 1, end).join('\n') });
  return end + 1;
}

function readTable(lines: string[], at: number, blocks: Block[]): number {
  let end = at + 2;
  while (end < lines.length && (lines[end] ?? '').includes('|')) end += 1;
  const head = cells(lines[at] ?? '');
  blocks.push({ kind: 'table', head, rows: lines.slice(at + 2, end).map(cells) });
  return end;
}

function cells(line: string): Inline[][] {
  const bare = line.trim().replace(/^\||\|$/g, '');
  return bare.split('|').map((cell) => parseInline(cell.trim()));
}

function readList(lines: string[], at: number, blocks: Block[]): number {
  const ordered = !bullet.test(lines[at] ?? '');
  const mark = ordered ? numbered : bullet;
  const start = ordered ? Number(mark.exec(lines[at] ?? '')?.[1]) : 1;
  const items: string[] = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? '';
    const item = mark.exec(line);
    if (item) items.push(item[ordered ? 2 : 1] ?? '');
    // An indented line goes on with its item.
    else if (/^\s{2,}\S/.test(line) && items.length) items.push(`${items.pop()}\n${line.trim()}`);
    else break;
  }
  blocks.push({ kind: 'list', ordered, start, items: items.map((item) => parseInline(item)) });
  return end;
}

function readParagraph(lines: string[], at: number, blocks: Block[]): number {
  let end = at + 1;
  while (end < lines.length && !startsBlock(lines, end)) end += 1;
  blocks.push({ kind: 'paragraph', children: parseInline(lines.slice(at, end).join('\n')) });
  return end;
}

function startsBlock(lines: string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (!line.trim() || fence.test(line) || heading.test(line)) return true;
  if (bullet.test(line) || numbered.test(line)) return true;
  return line.includes('|') && rule.test(lines[at + 1] ?? '');
}
