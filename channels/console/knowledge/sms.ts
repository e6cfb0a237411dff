/** The default alphabet of SMS and its extension, whose signs count twice. Source: 3GPP TS 23.038 §6.2.1. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '\f^{}\\[~]|€';

export interface SmsSize {
  characters: number;
  /** Messages that it takes, and how many characters each then holds. */
  segments: number;
  perSegment: number;
}

/**
 * How long a short message is. Text outside the default alphabet travels as UCS-2: 70 signs, or 67 each where it takes
 * several; otherwise 160 and 153 (3GPP TS 23.040 §9.2.3.24.1: the header of a part takes 6 octets).
 */
export function smsSize(text: string): SmsSize {
  const signs = [...text];
  const plain = signs.every((sign) => BASIC.includes(sign) || EXTENDED.includes(sign));
  const characters = plain
    ? signs.reduce((sum, sign) => sum + (EXTENDED.includes(sign) ? 2 : 1), 0)
    : text.length;
  const [single, several] = plain ? [160, 153] : [70, 67];
  if (characters === 0) return { characters, segments: 0, perSegment: single };
  if (characters <= single) return { characters, segments: 1, perSegment: single };
  return { characters, segments: Math.ceil(characters / several), perSegment: several };
}
