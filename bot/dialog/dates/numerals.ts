const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** Pattern of a number up to 99 in Arabic or Chinese figures. */
export const NUMBER = String.raw`(?:\d{1,2}(?!\d)|廿[一二三四五六七八九]?|(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])(?![一二三四五六七八九十]))`;

/** 12, 十二, 二十, 廿一, 两 → a number; NaN for anything else. */
export function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [tens, units, more] = text.replace('廿', '二十').split('十');
  if (more !== undefined || tens === undefined) return Number.NaN;
  if (units === undefined) return DIGITS[tens] ?? Number.NaN;
  const ten = tens === '' ? 1 : (DIGITS[tens] ?? Number.NaN);
  return ten * 10 + (units === '' ? 0 : (DIGITS[units] ?? Number.NaN));
}

/** Full-width letters, digits and signs as ASCII, one unit for one, so that every index still holds. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0]/g, ' ');
}
