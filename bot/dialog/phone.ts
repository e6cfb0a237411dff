const MOBILE = /(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d(?:[\s-]?\d){8})(?!\d)/g;
// Area codes that begin with 01 or 02 have three digits, the others four.
const LANDLINE =
  /(?<!\d)(0(?:10|2\d|[3-9]\d{2}))[\s-]?(\d{3,4})[\s-]?(\d{4})(?:(?:[\s-]*(?:转|ext\.?|x)[\s-]*|-)(\d{1,6}))?(?!\d)/gi;
const FOREIGN = /(?<!\d)\+(?!86)(\d(?:[\s-]?\d){6,14})(?!\d)/g;

/**
 * The different telephone numbers in somebody's words, in the order in which they stand there, each in one form:
 * `13800138000`, `0571-87654321`, `0571-87654321-12`, `+4930123456`. A landline needs its area code 区号.
 */
export function findPhones(text: string): string[] {
  return [...new Set(scan(text).phones)];
}

/** What is said besides telephone numbers. */
export function besidePhones(text: string): string {
  return scan(text).rest;
}

function scan(text: string): { phones: string[]; rest: string } {
  const found: { at: number; phone: string }[] = [];
  let rest = text.normalize('NFKC').replace(/[‐-―−（）()]/g, (sign) => (/[（）()]/.test(sign) ? ' ' : '-'));
  const take = (pattern: RegExp, form: (groups: (string | undefined)[]) => string) => {
    for (const match of rest.matchAll(pattern)) found.push({ at: match.index, phone: form(match.slice(1)) });
    // As many signs as there were: places stay, and no digit is taken for another number's.
    rest = rest.replace(pattern, (number) => '/'.repeat(number.length));
  };
  take(MOBILE, ([digits = '']) => digits.replace(/\D/g, ''));
  take(LANDLINE, ([area, head, tail, extension]) =>
    [area, `${head}${tail}`, extension].filter(Boolean).join('-'),
  );
  take(FOREIGN, ([digits = '']) => `+${digits.replace(/\D/g, '')}`);
  return { phones: found.sort((a, b) => a.at - b.at).map(({ phone }) => phone), rest };
}
