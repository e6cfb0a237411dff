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
  if (room.size(text.trim()) > room.max) {
    let atoms = atomsOf(text.trim(), room);
    while (atoms.length > 0) {
      const fits = mostThatFit(atoms, room);
      const cut = fits === atoms.length ? fits : bestCut(atoms, fits);
      const part = atoms.slice(0, cut).join('').trim();
      if (part) parts.push(part);
      atoms = atoms.slice(cut);
      while (atoms[0]?.trim() === '') atoms.shift();
    }
  }
  return parts.length > 0 ? parts : [text.trim()];
}

/** What must not be cut: links that fit into a message, and graphemes. */
function atomsOf(text: string, room: Room): string[] {
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
