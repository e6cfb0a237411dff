/** The default alphabet of SMS, by code, and its extension, reached by an escape. Source: 3GPP TS 23.038 §6.2.1. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION: Record<string, number> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
};
const ESCAPE = 0x1b;

const codes = new Map<string, number[]>([
  ...[...BASIC].map((sign, code): [string, number[]] => [sign, [code]]).filter(([, [c]]) => c !== ESCAPE),
  ...Object.entries(EXTENSION).map(([sign, code]): [string, number[]] => [sign, [ESCAPE, code]]),
]);
const signs = [...BASIC];
const extended = new Map(Object.entries(EXTENSION).map(([sign, code]) => [code, sign]));

/** Septets that a sign takes, 1 or 2; undefined outside the alphabet. */
export const septets = (sign: string): number | undefined => codes.get(sign)?.length;

/** One octet a septet, as SMPP carries them. Signs outside the alphabet become `?`: ask `septets` before. */
export function toGsm(text: string): Buffer {
  return Buffer.from([...text].flatMap((sign) => codes.get(sign) ?? [0x3f]));
}

/** Unknown escape sequences show the sign of the basic table, as the standard wants it. */
export function fromGsm(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at++) {
    const code = (octets[at] ?? 0) & 0x7f;
    const next = octets[at + 1];
    if (code !== ESCAPE) text += signs[code];
    else if (next !== undefined) {
      text += extended.get(next & 0x7f) ?? signs[next & 0x7f];
      at += 1;
    }
  }
  return text;
}

/** UCS-2 of SMS is UTF-16, the higher octet first. */
export function toUcs2(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** An odd last octet is half a sign, and left out. */
export function fromUcs2(octets: Uint8Array): string {
  const whole = Buffer.from(octets.subarray(0, octets.length & ~1));
  return whole.swap16().toString('utf16le');
}
