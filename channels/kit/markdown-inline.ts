/** A run of text with its meaning; `href` is always an https address. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'em'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] };

const escapable = /[\\`*_{}[\]()#+\-.!|>~]/;
// Chinese punctuation ends a bare address: 见 https://x.cn/a。 must not swallow the full stop.
const bareAddress = /^https:\/\/[^\s<>"'`，。；：！？、（）《》“”]+/;

/** Only https, and only what the browser itself reads as https. Null for anything else (javascript:, data:, http:). */
export function safeHref(address: string): string | null {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' && !url.username ? url.href : null;
  } catch {
    return null;
  }
}

/** Bold, emphasis, code, https links, line breaks. Unclosed marks stay as text. Depth bounded, so linear in practice. */
export function parseInline(source: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  let text = '';
  const flush = () => {
    if (text) out.push({ kind: 'text', text });
    text = '';
  };
  for (let at = 0; at < source.length; ) {
    const found = depth < 4 ? special(source, at, depth) : null;
    if (found) {
      flush();
      out.push(found.node);
      at = found.end;
    } else if (source[at] === '\\' && escapable.test(source[at + 1] ?? '')) {
      text += source[at + 1];
      at += 2;
    } else {
      text += source[at];
      at += 1;
    }
  }
  flush();
  return out;
}

type Found = { node: Inline; end: number } | null;

function special(source: string, at: number, depth: number): Found {
  switch (source[at]) {
    case '\n':
      return { node: { kind: 'break' }, end: at + 1 };
    case '`':
      return code(source, at);
    case '*':
      return source[at + 1] === '*'
        ? span(source, at, '**', 'strong', depth)
        : span(source, at, '*', 'em', depth);
    case '[':
      return link(source, at, depth);
    case 'h':
      return bare(source, at);
    default:
      return null;
  }
}

function code(source: string, at: number): Found {
  const end = near(source, '`', at + 1);
  return end > at + 1 ? { node: { kind: 'code', text: source.slice(at + 1, end) }, end: end + 1 } : null;
}

function span(source: string, at: number, fence: string, kind: 'strong' | 'em', depth: number): Found {
  const from = at + fence.length;
  const end = near(source, fence, from);
  const inner = end > from ? source.slice(from, end) : '';
  if (!inner || /^\s|\s$/.test(inner)) return null;
  return { node: { kind, children: parseInline(inner, depth + 1) }, end: end + fence.length };
}

function link(source: string, at: number, depth: number): Found {
  const middle = near(source, '](', at + 1);
  const end = middle < 0 ? -1 : near(source, ')', middle + 2);
  if (end < 0) return null;
  const href = safeHref(source.slice(middle + 2, end).trim());
  const label = source.slice(at + 1, middle);
  if (!href || !label || label.includes('[')) return null;
  return { node: { kind: 'link', href, children: parseInline(label, depth + 3) }, end: end + 1 };
}

function bare(source: string, at: number): Found {
  if (!source.startsWith('https://', at)) return null;
  const address = bareAddress.exec(source.slice(at, at + 2048))?.[0].replace(/[.,;:!?)\]*]+$/, '');
  const href = address ? safeHref(address) : null;
  if (!address || !href) return null;
  return {
    node: { kind: 'link', href, children: [{ kind: 'text', text: address }] },
    end: at + address.length,
  };
}

/** indexOf within reach only: without the bound, a text of ten thousand open marks costs the square of its length. */
function near(source: string, mark: string, from: number): number {
  const end = source.slice(from, from + 2048).indexOf(mark);
  return end < 0 ? -1 : from + end;
}
