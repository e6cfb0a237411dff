import { septets } from './alphabet.ts';

/** A text as it goes out: in which alphabet, and cut into as many short messages as it takes. */
export interface Segments {
  alphabet: 'gsm' | 'ucs2';
  parts: string[];
}

/**
 * One message holds 160 septets or 70 UTF-16 units; one of several 153 or 67, for the header that numbers them takes
 * six octets of the 140 (3GPP TS 23.040 §9.2.3.24.1).
 */
const ROOM = { gsm: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } };

/**
 * Cuts a text into short messages, never inside a surrogate pair or between an escape and its sign.
 * @param wide as UCS-2 even if the default alphabet has it all
 */
export function segments(text: string, wide = false): Segments {
  const signs = [...text];
  const plain = !wide && signs.every((sign) => septets(sign) !== undefined);
  const alphabet = plain ? 'gsm' : 'ucs2';
  const width = (sign: string) => (plain ? (septets(sign) ?? 1) : sign.length);
  const { single, part } = ROOM[alphabet];
  if (signs.reduce((sum, sign) => sum + width(sign), 0) <= single) return { alphabet, parts: [text] };
  const parts = [''];
  let taken = 0;
  for (const sign of signs) {
    if (taken + width(sign) > part) {
      parts.push('');
      taken = 0;
    }
    parts[parts.length - 1] += sign;
    taken += width(sign);
  }
  return { alphabet, parts };
}

/** How many short messages a text takes. An empty one takes none. */
export const segmentCount = (text: string): number => (text === '' ? 0 : segments(text).parts.length);
