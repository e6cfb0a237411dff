/** A piece of formatting (core.telegram.org/bots/api#messageentity); offsets count UTF-16 units. */
export interface Entity {
  type: string;
  offset: number;
  length: number;
  url?: string;
}

const TYPES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** "can't parse entities: …" */
export class EntityError extends Error {}

/**
 * Reads HTML by the letter of core.telegram.org/bots/api#html-style: only the tags listed there, each closed in turn,
 * and "all <, > and & symbols that are not a part of a tag or an HTML entity must be replaced".
 * @throws EntityError
 */
export function parseHtml(html: string): { text: string; entities: Entity[] } {
  const open: { tag: string; entity: Entity }[] = [];
  const entities: Entity[] = [];
  let text = '';
  for (let at = 0; at < html.length; ) {
    const rest = html.slice(at);
    const where = `at byte offset ${Buffer.byteLength(html.slice(0, at))}`;
    if (rest[0] === '<') {
      const [whole = '', closing, tag = '', attributes = ''] =
        /^<(\/?)([a-z-]+)((?: [a-z-]+="[^"<>]*")*)>/.exec(rest) ?? [];
      const type = TYPES[tag];
      if (!type) throw new EntityError(`Unsupported start tag "${/^<(\S*)/.exec(rest)?.[1]}" ${where}`);
      if (closing) {
        const last = open.pop();
        if (last?.tag !== tag) throw new EntityError(`Unmatched end tag ${where}`);
        last.entity.length = text.length - last.entity.offset;
        if (last.entity.length > 0) entities.push(last.entity);
      } else {
        if (open.some((each) => each.tag === 'code' || each.tag === 'pre'))
          throw new EntityError(`Nested entity in code ${where}`);
        const url = / href="([^"]*)"/
          .exec(attributes)?.[1]
          ?.replace(/&(\w+);/g, (_, name: string) => NAMED[name] ?? '');
        if (tag === 'a' && !url) throw new EntityError(`A link without an address ${where}`);
        if (tag !== 'a' && attributes) throw new EntityError(`Unexpected attribute ${where}`);
        open.push({ tag, entity: { type, offset: text.length, length: 0, ...(url && { url }) } });
      }
      at += whole.length;
    } else if (rest[0] === '&') {
      const [whole = '', name = ''] = /^&(lt|gt|amp|quot|#\d+);/.exec(rest) ?? [];
      if (!whole) throw new EntityError(`Unescaped & ${where}`);
      text += name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : NAMED[name];
      at += whole.length;
    } else {
      if (rest[0] === '>') throw new EntityError(`Unescaped > ${where}`);
      text += rest[0];
      at += 1;
    }
  }
  const left = open.at(-1);
  if (left) throw new EntityError(`Can't find end tag corresponding to start tag "${left.tag}"`);
  return { text, entities };
}
