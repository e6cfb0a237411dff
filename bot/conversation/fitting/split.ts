/** How much of a channel's message a text takes, and the most that one may be. */
export interface Room {
  max: number;
  size(text: string): number;
}

const URL = /(?:https?:\/\/|www\.)[\w\-.~:/?#[\]@!$&'*+,;=%]+/gi;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Whether a cut after this text reads well, from best to worst. */
const ENDS = [
  /\n\s*\n\s*$/,
  /\n\s*$/,
  /(?:[。！？!?；;…]["”』」）)]*|\.["”)]?\s+)\s*$/,
  /[，,、：:]\s*$|\s$/,
];

/**
 * Splits a text into messages that each fit: at the end of a paragraph, a line, a sentence, a clause, in this order,
 * in the second half of what fits; never inside an emoji or, unless it is longer than a whole message, a link.
 */
export function split(text: string, room: Room): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest && room.size(rest) > room.max) {
    const atoms = atomsOf(rest, room);
    const fits = mostThatFit(atoms, room);
    const part = atoms.slice(0, bestCut(atoms, fits)).join('');
    if (part.trim()) parts.push(part.trim());
    rest = rest.slice(part.length).trim();
  }
  if (rest || parts.length === 0) parts.push(rest);
  return parts;
}

/** What must not be cut: links and graphemes. Longer than one message needs no look. */
function atomsOf(text: string, room: Room): string[] {
  // A unit of size is never less than a quarter of a UTF-16 unit's worth in any channel here but segments.
  const atoms: string[] = [];
  let at = 0;
  for (const match of text.matchAll(URL)) {
    for (const { segment } of graphemes.segment(text.slice(at, match.index))) atoms.push(segment);
    const [url] = match;
    if (room.size(url) <= room.max) atoms.push(url);
    else for (const { segment } of graphemes.segment(url)) atoms.push(segment);
    at = match.index + url.length;
  }
  for (const { segment } of graphemes.segment(text.slice(at))) atoms.push(segment);
  return atoms;
}

/** How many atoms from the beginning fit; at least one, or a single oversized emoji would never go. */
function mostThatFit(atoms: readonly string[], { max, size }: Room): number {
  let [low, high] = [1, atoms.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (size(atoms.slice(0, middle).join('')) <= max) low = middle;
    else high = middle - 1;
  }
  return low;
}

function bestCut(atoms: readonly string[], fits: number): number {
  const from = Math.ceil(fits / 2);
  for (const end of ENDS) {
    for (let cut = fits; cut >= Math.max(1, from); cut--) {
      // Twelve atoms show any ending; the whole text for each cut would cost its square.
      if (end.test(atoms.slice(Math.max(0, cut - 12), cut).join(''))) return cut;
    }
  }
  return fits;
}
