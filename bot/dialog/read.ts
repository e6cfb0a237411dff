import { halfWidth, NUMBER, numberOf } from './dates/numerals.ts';

const YES =
  '没有?问题|没错|不错|可以的?|确认|确定|提交|同意|是的?|对的?|好的?|行|嗯|恩|要的?|需要|当然|就这样|👍|yes|yeah|yep|yup|sure|ok(?:ay)?|y|correct|right|confirm(?:ed)?|submit|fine|go ahead|please do';
const NO =
  "不是的?|不对|不行|不可以|不用了?|不要了?|不需要|不同意|不确[认定]|不提交|没有|没|不|否|(?<![没不])错了?|别|算了|👎|nope|nah|not? (?:really|yet)|no|n|wrong|incorrect|don['’]?t|do not";
const FILLER =
  "[\\s,.。!！、~…;；]|的|了|吧|啊|呀|哦|喔|呢|哈|嘛|啦|谢谢(?:你|您)?|麻烦(?:你|您)?了?|请|我|thanks?(?: you)?|thx|please|it(?:['’]s| is)|that(?:['’]s| is)|i";

const onlyYes = new RegExp(`^(?:${FILLER})*(?:(?:${YES})(?:${FILLER})*)+$`, 'iu');
const onlyNo = new RegExp(`^(?:${FILLER})*(?:(?:${NO})(?:${FILLER})*)+$`, 'iu');

/** Longer answers are no yes or no. It also bounds the work of the patterns. */
const MAX_CHARACTERS = 24;

/**
 * 是 or 否 in a short answer; undefined for both, neither, or a question back. Only a text that says nothing
 * else counts: 「不是今天」 is a correction, not a no.
 */
export function readYesNo(text: string): 'yes' | 'no' | undefined {
  const said = halfWidth(text).trim();
  if (said === '' || said.length > MAX_CHARACTERS || /[?吗么]/.test(said)) return undefined;
  const [yes, no] = [onlyYes.test(said), onlyNo.test(said)];
  if (yes === no) return undefined;
  return yes ? 'yes' : 'no';
}

const MANY = 1e9;

const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];
const CARDINALS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩';

const PICK = String.raw`(?:我?(?:选|要|想要|是|就)?(?:择)?\s*)`;
const UNIT = '(?:个|项|条|种|号|款|样|行|位)?';
const END = String.raw`(?:吧|的|哦|啊|呢|那个)*[\s.。、!！)]*`;
const chinese = new RegExp(`^${PICK}(?:第\\s*(${NUMBER})\\s*${UNIT}|\\(?(${NUMBER})\\s*[号项]?)${END}$`);
const last = new RegExp(`^${PICK}(?:最后(?:一|那)?${UNIT}|(?:the )?last(?: (?:one|option))?)${END}$`, 'i');
const english = new RegExp(
  `^(?:the |option |number |no\\.? ?|choice |# ?)*(${[...ORDINALS, ...CARDINALS].join('|')}|\\d{1,2}(?:st|nd|rd|th)?)(?: one| option| choice)?[\\s.!)]*$`,
  'i',
);

/**
 * Which of `count` numbered choices is meant: 「1」「第一个」「一」「选2」「②」「最后一个」 "the second one".
 * @returns 1…count, or undefined where nothing, or nothing that exists, was chosen
 */
export function readNumberChoice(text: string, count: number): number | undefined {
  const said = halfWidth(text).trim();
  if (said === '' || said.length > MAX_CHARACTERS) return undefined;
  const chosen = numberIn(said, count);
  return chosen !== undefined && chosen >= 1 && chosen <= count ? chosen : undefined;
}

/** True for a number and nothing else, in any of the ways in which a choice is numbered: 「42」「９」「0.」「第九个」. */
export function isBareNumber(text: string): boolean {
  const said = halfWidth(text).trim();
  return /^\d+[\s.。、!！)]*$/.test(said) || readNumberChoice(said, MANY) !== undefined;
}

function numberIn(said: string, count: number): number | undefined {
  const circled = CIRCLED.indexOf(said);
  if (circled >= 0) return circled + 1;
  if (last.test(said)) return count;
  if (count === 2 && /^(?:前者|the former)$/i.test(said)) return 1;
  if (count === 2 && /^(?:后者|the latter)$/i.test(said)) return 2;
  const zh = chinese.exec(said);
  if (zh) return numberOf(zh[1] ?? zh[2] ?? '');
  const word = english.exec(said)?.[1]?.toLowerCase();
  if (!word) return undefined;
  const named = Math.max(ORDINALS.indexOf(word), CARDINALS.indexOf(word));
  return named >= 0 ? named + 1 : Number.parseInt(word, 10);
}
