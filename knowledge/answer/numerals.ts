const DIGITS: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
};
const STEPS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** `三十` → 30, `一百零五` → 105, `两万` → 20000, `二〇二六` → 2026; undefined for what is no numeral. */
export function chineseNumber(text: string): number | undefined {
  if (/^[零〇一二三四五六七八九]{2,}$/.test(text))
    return Number([...text].map((digit) => DIGITS[digit]).join(''));
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  for (const character of text) {
    const step = STEPS[character];
    if (DIGITS[character] !== undefined) digit = DIGITS[character];
    else if (step) {
      section += (digit ?? 1) * step;
      digit = undefined;
    } else if (character === '万') {
      total += (section + (digit ?? 0)) * 10_000;
      section = 0;
      digit = undefined;
    } else return undefined;
  }
  return total + section + (digit ?? 0);
}

const ENGLISH = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'],
  ...['twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const TEN = new RegExp(`\\b(${TENS.join('|')})(?:[- ](${ENGLISH.slice(1, 10).join('|')}))?\\b`, 'g');
// 「one」 is a pronoun more often than a number.
const WORD = new RegExp(`\\b(${[ENGLISH[0], ...ENGLISH.slice(2)].join('|')})\\b(?! hundred)`, 'g');
const HUNDRED = new RegExp(`\\b(a|${ENGLISH.slice(1).join('|')}|\\d+) hundred\\b`, 'g');

/** What a numeral must stand before to be one: 「一般」 and 「万一」 are words. */
const UNIT =
  '%|角|个?工作日|个?小时|个?钟头|个?月|个?星期|个?礼拜|个?字|分钟|秒|块|元|圆|角|天|日|号|年|周|次|回|折|成|倍|兆|岁|分|点|公里|米|gb?|mb?|张|部|台|条|位|名|人|户|档|种|项|级|步|份|家|首|键|个';
const NUMERAL = '[零〇一二两三四五六七八九十百千万]';
const BEFORE_UNIT = new RegExp(`(${NUMERAL}+)(?=(?:[、到至~\\-—–]${NUMERAL}+)?(?:${UNIT}))`, 'g');
/** With one 「个」, 「次」 … nothing is counted: 「一个办法」, 「有一种」. */
const LOOSE = /^一(?=[个种项份位回条家点分成号首步级](?!月|工作日|小时|星期|礼拜|钟))/;
const DECIMAL = new RegExp(`(${NUMERAL}+)点(${NUMERAL}+)(?=${UNIT})`, 'g');

/**
 * Numbers in words become digits: 「百分之二十」 → 20%, 「八五折」 → 8.5折, 「三十元」 → 30元, 「半年」 → 6个月, "twenty" → 20.
 * @param text normalised: lower case, simplified
 */
export function withDigits(text: string): string {
  return text
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
    .replace(/百分之(百|[零〇一二两三四五六七八九十点\d.]+)/g, (_, n: string) => `${percent(n)}%`)
    .replace(
      /([一二三四五六七八九])([一二三四五六七八九])折/g,
      (_, a: string, b: string) => `${DIGITS[a]}.${DIGITS[b]}折`,
    )
    .replace(/(?<![\d.])([1-9])([1-9])折/g, '$1.$2折')
    .replace(/半(?=价)/g, '5折')
    .replace(/半年/g, '6个月')
    .replace(/半个?小时/g, '30分钟')
    .replace(/半个月/g, '15天')
    .replace(DECIMAL, (_, a: string, b: string) => `${chineseNumber(a)}.${chineseNumber(b)}`)
    .replace(/第([零〇一二两三四五六七八九十百]+)/g, (_, n: string) => `第${chineseNumber(n)}`)
    .replace(BEFORE_UNIT, (numeral: string, _n: string, at: number, all: string) =>
      LOOSE.test(all.slice(at)) || /[统同唯专万]$/.test(all.slice(0, at))
        ? numeral
        : String(chineseNumber(numeral)),
    )
    .replace(new RegExp(`(${NUMERAL}{2,})(?=[、到至~\\-—–]\\d)`, 'g'), (n: string) =>
      String(chineseNumber(n)),
    )
    .replace(HUNDRED, (_, n: string) => String(100 * (Number(n) || Math.max(1, ENGLISH.indexOf(n)))))
    .replace(TEN, (_, ten: string, one?: string) =>
      String((TENS.indexOf(ten) + 2) * 10 + (one ? ENGLISH.indexOf(one) : 0)),
    )
    .replace(WORD, (word) => String(ENGLISH.indexOf(word)))
    .replace(/\bhalf an hour\b/g, '30 minutes')
    .replace(/(\d),(?=\d{3}(?!\d))/g, '$1');
}

function percent(numeral: string): string {
  if (numeral === '百') return '100';
  if (/^[\d.]+$/.test(numeral)) return numeral;
  const [whole = '', part] = numeral.split('点');
  return part ? `${chineseNumber(whole)}.${chineseNumber(part)}` : String(chineseNumber(whole));
}
