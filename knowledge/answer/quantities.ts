import { withDigits } from './numerals.ts';
import { remembered } from './remembered.ts';

/**
 * A number with what it counts. `unit` is a class (元, 块 and yuan are one), '' where none stands beside it;
 * `bound` says on which side of it: 「3天内」 is `max`, 「99元及以上」 `min`.
 */
export interface Quantity {
  value: string;
  unit: string;
  bound: 'max' | 'min' | 'before' | 'after' | '';
  /** Where it stands in the text, so that what stands together can be seen. */
  at: number;
}

/** Longest first; each has its Chinese and its English forms. */
const UNITS: readonly [name: string, form: string][] = [
  ['workday', '个?工作日|(?:working|business) days?'],
  ['month', '个月|months?'],
  ['minute', '分钟|minutes?|mins?\\b|分(?=[钟内后左])'],
  ['hour', '个?小时|个?钟头|hours?|hrs?\\b|h\\b'],
  ['second', '秒钟?|seconds?'],
  ['week', '个?星期|个?礼拜|周(?!年)|weeks?'],
  ['yuan', '块钱|块|元|圆|yuan|rmb|cny'],
  ['jiao', '角'],
  ['percent', '%|个百分点|per ?cent|percent'],
  ['tenth', '折'],
  // 「5G」 is a network; 20G is a volume.
  ['network', '(?<=(?<!\\d)[2-6])g(?![a-z])'],
  ['gb', 'gb|个?g(?![a-z])'],
  ['mb', 'mbps|mb|m(?![a-z])|兆'],
  ['kb', 'kb'],
  ['year', '周年|年|years?'],
  ['day', '天|日|号(?!码)|days?|st\\b|nd\\b|rd\\b|th\\b'],
  ['times', '次(?!日|月|年)|回(?!复|访|拨|电)|times'],
  ['point', '积分|分|points?'],
  ['age', '岁|周岁'],
  ['fold', '倍'],
  ['digit', '位(?=数|号|尾)|digits?'],
  ['key', '键'],
  ['tier', '个?档'],
  ['metre', '米|公里|km|metres?|meters?'],
  ['piece', '个(?!人)|张|部|台|份|款|种|项|条|位|名|人(?!工)|户|家|首|只|枚|套|级|层|步'],
];
const NUMBER = '\\d+(?:\\.\\d+)?';
const UNIT = UNITS.map(([name, form]) => `(?<${name}>${form})`).join('|');
const QUANTITY = new RegExp(`(?<![\\d.])(?<sign>[¥$] ?)?(?<value>${NUMBER})(?: ?(?:${UNIT}))?`, 'g');

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(${MONTHS.join('|')})[a-z]*\\.?`;
const number = (text: string | undefined) => String(Number(text));
const monthOf = (name: string | undefined) => String(MONTHS.indexOf(name ?? '') + 1);

type Reader = [pattern: RegExp, read: (m: RegExpExecArray) => [unit: string, value: string]];
/** Dates and times before plain numbers; what one has read the next doesn't see. */
const READERS: readonly Reader[] = [
  [
    /(\d{4})\s?[年\-/.]\s?(\d{1,2})\s?[月\-/.]\s?(\d{1,2})(?:日|号)?/g,
    (m) => ['date', `${m[1]}-${number(m[2])}-${number(m[3])}`],
  ],
  [
    new RegExp(`${MONTH} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})`, 'g'),
    (m) => ['date', `${m[3]}-${monthOf(m[1])}-${number(m[2])}`],
  ],
  [
    new RegExp(`(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH},? (\\d{4})`, 'g'),
    (m) => ['date', `${m[3]}-${monthOf(m[2])}-${number(m[1])}`],
  ],
  [/(\d{1,2})\s?月\s?(\d{1,2})\s?(?:日|号)/g, (m) => ['date', `*-${number(m[1])}-${number(m[2])}`]],
  [
    new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)?\\b`, 'g'),
    (m) => ['date', `*-${monthOf(m[1])}-${number(m[2])}`],
  ],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}(?![a-z])`, 'g'),
    (m) => ['date', `*-${monthOf(m[2])}-${number(m[1])}`],
  ],
  [/(\d{4})\s?年\s?(\d{1,2})\s?月/g, (m) => ['month-of', `${m[1]}-${number(m[2])}`]],
  [/(\d{4})\s?年/g, (m) => ['year-of', `${m[1]}`]],
  [/(\d{1,2})\s?月(?!租|费|结)/g, (m) => ['month-of', `*-${number(m[1])}`]],
  [/(\d{1,2}):(\d{2})/g, (m) => ['time', `${number(m[1])}:${m[2]}`]],
  [
    /(下午|晚上?|pm ?)(\d{1,2})(?:点|时)(半)?/g,
    (m) => ['time', `${(Number(m[2]) % 12) + 12}:${m[3] ? '30' : '00'}`],
  ],
  [/(\d{1,2}) ?(am|pm)\b/g, (m) => ['time', `${(Number(m[1]) % 12) + (m[2] === 'pm' ? 12 : 0)}:00`]],
  [/(\d{1,2})点(半)?(?!击)/g, (m) => ['time', `${number(m[1])}:${m[2] ? '30' : '00'}`]],
  [
    /(?<![\d.])\d{3,4}[- ]\d{3,4}[- ]\d{4}(?!\d)|(?<![\d.])\d{3,4}-\d{7,8}(?!\d)/g,
    (m) => ['number', m[0].replace(/\D/g, '')],
  ],
];

/**
 * All quantities of a text, in their order.
 * @param text normalised: lower case, simplified, NFKC
 */
export const quantitiesOf = remembered((text: string): readonly Quantity[] => {
  let rest = withDigits(text);
  const found: Quantity[] = [];
  for (const [pattern, read] of READERS) {
    const whole = rest;
    rest = whole.replace(pattern, (...args) => {
      const offset = args.at(typeof args.at(-1) === 'object' ? -3 : -2) as number;
      const matched = args.slice(0, -2) as unknown as RegExpExecArray;
      const [unit, value] = read(matched);
      found.push({ value, unit, bound: boundOf(whole, offset, matched[0].length), at: offset });
      return ' '.repeat(matched[0].length);
    });
  }
  for (const match of rest.matchAll(QUANTITY)) {
    const { value = '', sign, ...units } = match.groups ?? {};
    const unit = sign ? 'yuan' : (Object.keys(units).find((name) => units[name] !== undefined) ?? '');
    found.push({
      value: String(Number(value)),
      unit,
      bound: boundOf(rest, match.index, match[0].length),
      at: match.index,
    });
  }
  return shared(
    found.sort((a, b) => a.at - b.at),
    rest,
  );
});

const MIN_AFTER = /^ ?(?:及|或|含)?(?:以上|起(?!来)|or more|and (?:above|over|up))/;
const MAX_AFTER = /^[) ]?(?:及|或|含)?(?:以内|之内|内(?!容|地)|以下|or less|or fewer)/;
const MIN_BEFORE =
  /(?:(?:至少|最少|不少于|不低于)[\p{sc=Han}]{0,4}|超过|大于|高于|满|逾|at least|more than|over|from) ?(?:约|每月|人民币)?$/u;
const MAX_BEFORE =
  /(?:最多|至多|不超过|不得超过|不高于|最高|最长|限|(?:最多|最高|最长)[\p{sc=Han}]{1,4}|up to|at most|within|no more than|under|less than|maximum of) ?$/u;
const NOT_OVER = /(?:不超过|不得超过|未超过|未满|不满) ?$/;

/** Which side of a quantity is meant, by the words around it. */
function boundOf(text: string, at: number, length: number): Quantity['bound'] {
  const before = text.slice(Math.max(0, at - 14), at);
  const after = text.slice(at + length, at + length + 12);
  if (NOT_OVER.test(before) || MAX_AFTER.test(after) || MAX_BEFORE.test(before)) return 'max';
  // From a day on is when, not how much.
  if (/(?:日|号|月|年|\d:\d\d)$/.test(text.slice(at, at + length)) && /^ ?起/.test(after)) return 'after';
  if (MIN_AFTER.test(after) || MIN_BEFORE.test(before)) return 'min';
  if (/^ ?(?:之|以)?前|^ (?:before|ago)/.test(after) || /\b(?:before|by) $/.test(before)) return 'before';
  return /^ ?(?:之|以)?后|^ later/.test(after) || /\bafter $/.test(before) ? 'after' : '';
}

/** In 「10、20、30元」 and 「3—5个工作日」 the last one's unit is everybody's. */
function shared(found: Quantity[], text: string): Quantity[] {
  for (let i = found.length - 2; i >= 0; i--) {
    const [one, next] = [found[i] as Quantity, found[i + 1] as Quantity];
    const between = text.slice(one.at + one.value.length, next.at);
    if (one.unit === '' && /^ ?(?:[、/~\-—–,]|到|至|或|和|to|or|and) ?$/.test(between)) one.unit = next.unit;
  }
  return found;
}

/** Whether a source's quantity says what the answer's does; a date without its year fits any year. */
export function sameQuantity(said: Quantity, source: Quantity): boolean {
  if (source.unit === 'date' && said.unit !== 'date') return partOfDate(said, source.value);
  if (said.unit === 'date' || said.unit === 'month-of')
    return said.unit === source.unit && sameDate(said.value, source.value);
  return said.unit === source.unit && said.value === source.value;
}

/** 「2018年以后」 for a day of 2018, 「至20日」 for 6月20日. */
function partOfDate(said: Quantity, date: string): boolean {
  const [year, month, day] = date.split('-');
  if (said.unit === 'year-of') return said.value === year;
  if (said.unit === 'month-of') return sameDate(said.value, `${year}-${month}`);
  return said.unit === 'day' && said.value === day;
}

function sameDate(said: string, source: string): boolean {
  const [a, b] = [said.split('-'), source.split('-')];
  // A year that the source doesn't have is an invention; a year left out is none.
  return a.slice(1).join() === b.slice(1).join() && (a[0] === '*' || a[0] === b[0]);
}
