/** The small Markdown that answers are written in: paragraphs, lists, headings, bold, emphasis, code, https links. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] };

export type Inline =
  | { kind: 'text' | 'strong' | 'em' | 'code'; text: string }
  | { kind: 'variable'; text: string }
  | { kind: 'break' }
  | { kind: 'link'; text: string; href: string };

const BULLET = /^\s*[-*]\s+(.*)$/;
const NUMBERED = /^\s*\d+[.)、]\s*(.*)$/;
const HEADING = /^#{1,6}\s+(.*)$/;

export function parseBlocks(source: string): Block[] {
  const blocks: Block[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) blocks.push({ kind: 'paragraph', text: open.join('\n') });
    open = [];
  };
  for (const line of source.split(/\r?\n/)) {
    const heading = HEADING.exec(line)?.[1];
    const bullet = BULLET.exec(line)?.[1];
    const numbered = NUMBERED.exec(line)?.[1];
    const item = bullet ?? numbered;
    if (heading !== undefined || item !== undefined || line.trim() === '') close();
    if (heading !== undefined) blocks.push({ kind: 'heading', text: heading });
    else if (item !== undefined) addItem(blocks, item, bullet === undefined);
    else if (line.trim() !== '') open.push(line);
  }
  close();
  return blocks;
}

function addItem(blocks: Block[], item: string, ordered: boolean): void {
  const last = blocks.at(-1);
  if (last?.kind === 'list' && last.ordered === ordered) last.items.push(item);
  else blocks.push({ kind: 'list', ordered, items: [item] });
}

// Lengths are bounded, so that a text of nothing but open marks costs no more than another.
const INLINE =
  /\*\*([^*\n]{1,500})\*\*|\*([^*\s][^*\n]{0,500})\*|`([^`\n]{1,500})`|\[([^\]\n]{1,300})\]\((https:\/\/[^\s)]{1,1000})\)|(https:\/\/[^\s<>"'`，。；：！？、（）《》“”]{1,1000})|\{([a-z][a-zA-Z0-9_]*)\}|(\n)/g;

export function parseInline(source: string): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  const text = (to: number) => {
    if (to > from) found.push({ kind: 'text', text: source.slice(from, to) });
  };
  for (const match of source.matchAll(INLINE)) {
    text(match.index);
    found.push(inlineOf(match));
    from = match.index + match[0].length;
  }
  text(source.length);
  return found;
}

function inlineOf([, strong, em, code, label, href, bare, variable]: RegExpMatchArray): Inline {
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (em !== undefined) return { kind: 'em', text: em };
  if (code !== undefined) return { kind: 'code', text: code };
  if (label !== undefined && href !== undefined) return { kind: 'link', text: label, href };
  if (bare !== undefined) return { kind: 'link', text: bare, href: bare };
  if (variable !== undefined) return { kind: 'variable', text: `{${variable}}` };
  return { kind: 'break' };
}
