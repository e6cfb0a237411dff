import { fromGsm, fromUcs2, toGsm, toUcs2 } from '../kit/sms/alphabet.ts';
import type { Segments } from '../kit/sms/segments.ts';
import type { Settings } from './settings.ts';

type Alphabet = Settings['alphabet'];
const LATIN1 = 3;
const UCS2 = 8;

/**
 * What octets say: SMPP 3.4 §5.2.19. UCS-2 with a message class is data_coding 0x18 to 0x1b, as TS 23.038 §4 writes
 * it. Undefined for what isn't text.
 */
export function read(coding: number, octets: Uint8Array, alphabet: Alphabet): string | undefined {
  const latin1 = () => Buffer.from(octets).toString('latin1');
  if (coding === 0 || (coding & 0xfc) === 0x10 || (coding & 0xf4) === 0xf0)
    return alphabet === 'latin1' && coding === 0 ? latin1() : fromGsm(octets);
  if (coding === 1 || coding === LATIN1) return latin1();
  if (coding === UCS2 || (coding & 0xfc) === 0x18) return fromUcs2(octets);
  return undefined;
}

/** One short message's octets and its data_coding. */
export function write(
  text: string,
  wanted: Segments['alphabet'],
  alphabet: Alphabet,
): { coding: number; octets: Buffer } {
  if (wanted === 'ucs2') return { coding: UCS2, octets: toUcs2(text) };
  const octets = alphabet === 'gsm' ? toGsm(text) : Buffer.from(text, 'latin1');
  return { coding: 0, octets };
}

/** Whether the SMSC's own alphabet has all of it; otherwise it goes as UCS-2. */
export const writable = (text: string, alphabet: Alphabet): boolean =>
  alphabet === 'gsm' || [...text].every((sign) => (sign.codePointAt(0) ?? 0) < 0x100);
