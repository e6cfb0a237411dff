/**
 * How people and numbers look on screens and in logs until somebody reveals them with a reason
 * (RULEBOOK §2.10). Masking is for eyes: it hides, it doesn't seal.
 */

const STARS = '****';

/**
 * `13800138000` → `138****8000`, `+86 138-0013-8000` → `+86138****8000`, `0571-87654321` → `0571****4321`,
 * `62345678` → `****5678`, `10086` → `1***6`; what has no digits is hidden whole.
 */
export function maskPhone(phone: string): string {
  const plain = phone.normalize('NFKC').replace(/[^\d+]/g, '');
  const [, country = '', digits = ''] = /^(\+86|\+)?(\d*)/.exec(plain) ?? [];
  if (country === '+') return maskForeign(digits);
  if (digits.length >= 10) return `${country}${digits.slice(0, headOf(digits))}${STARS}${digits.slice(-4)}`;
  if (digits.length >= 7) return `${country}${STARS}${digits.slice(-4)}`;
  if (digits.length >= 3) return `${digits.at(0)}${'*'.repeat(digits.length - 2)}${digits.at(-1)}`;
  return STARS;
}

/** Country and tail are shown; at least four digits stay hidden. */
function maskForeign(digits: string): string {
  const tail = Math.min(4, Math.max(0, digits.length - 6));
  return `+${digits.slice(0, 2)}${STARS}${digits.slice(digits.length - tail)}`;
}

/** Area codes of China have 3 digits where they begin with 01 or 02, else 4; mobile numbers show 3. */
function headOf(digits: string): number {
  if (!digits.startsWith('0')) return 3;
  return /^0[12]/.test(digits) ? 3 : Math.min(4, digits.length - 7);
}

/** `王小明` → `王**`, `Anna Lee` → `A***`. */
export function maskName(name: string): string {
  const [first, ...rest] = [...name.trim()];
  if (first === undefined) return '';
  return first + (/\p{Script=Han}/u.test(first) ? '*'.repeat(Math.max(1, rest.length)) : '***');
}

/** `wang.xm@example.com` → `w***@example.com`. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? STARS : `${[...address][0]}***${address.slice(at)}`;
}

// Digits in Chinese texts may be full-width, and people group them with blanks or hyphens. A letter before
// them means one of our own numbers (a ticket's), which must stay readable.
const D = '[0-9０-９]';
const GAP = '[-－\\s]?';
const PERSONAL = new RegExp(
  `(?<![A-Za-z0-9０-９])(?:` +
    `(?:\\+?[8８][6６]${GAP})?[1１][3-9３-９]${D}(?:${GAP}${D}){8}` + // mobile
    `|[0０]${D}{2,3}${GAP}${D}{3,4}${GAP}${D}{4}` + // landline with its area code
    `|${D}{17}[0-9０-９XxＸｘ]|${D}{16,19}` + // identity card, bank card
    `)(?![0-9０-９])`,
  'g',
);

/** Masks the phone, identity-card and bank-card numbers that stand in a text; everything else stays. */
export function maskNumbersIn(text: string): string {
  return text.replace(PERSONAL, (number) => maskPhone(number));
}
