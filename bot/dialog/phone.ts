const MOBILE = /(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d(?:[\s-]?\d){8})(?!\d)/;
const LANDLINE = /(?<!\d)(0\d{2,3})[\s-]?(\d{7,8})(?:[\s-]*(?:转|ext\.?|x)[\s-]*(\d{1,6}))?(?!\d)/i;
const FOREIGN = /(?<!\d)\+(?!86)(\d(?:[\s-]?\d){6,14})(?!\d)/;

/**
 * The telephone number in somebody's words, in one form: `13800138000`, `0571-87654321`, `0571-87654321-12`,
 * `+4930123456`. A landline needs its area code 区号.
 */
export function findPhone(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[‐-―−（）()]/g, (sign) => (/[（）()]/.test(sign) ? ' ' : '-'));
  const mobile = MOBILE.exec(plain)?.[1];
  if (mobile) return mobile.replace(/\D/g, '');
  const landline = LANDLINE.exec(plain);
  if (landline) return landline.slice(1).filter(Boolean).join('-');
  const foreign = FOREIGN.exec(plain)?.[1];
  return foreign && `+${foreign.replace(/\D/g, '')}`;
}
