/** What the platform counts texts in: bytes of UTF-8. */
export const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** The most of a text that fits, whole characters only; what is cut is shown by … */
export function cut(text: string, max: number): string {
  if (bytes(text) <= max) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (bytes(kept + segment) > max - bytes('…')) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The lines in as few texts of at most `max` bytes as it takes. */
export function gathered(lines: readonly string[], max: number): string[] {
  const texts: string[] = [];
  for (const line of lines.map((each) => cut(each, max))) {
    const last = texts.at(-1);
    if (last !== undefined && bytes(`${last}\n${line}`) <= max) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts;
}
