import { type DateContext, type DateReading, readDates } from '../../dialog/dates/index.ts';
import { halfWidth } from '../../dialog/dates/numerals.ts';
import { reasonIn } from '../leave/reason.ts';

/** What a sentence says about a swap; what is missing the form asks for. */
export interface SwapUnderstood {
  /** True when the sentence asks for a swap at all. */
  readonly wantsSwap: boolean;
  /** Name or number of the colleague, as written. */
  readonly partner?: string;
  /** 让给: the shift is given away, without return. */
  readonly gives: boolean;
  readonly dates: DateReading;
  /** The words up to the second date, and from it on: my shift, and the one in return. */
  readonly mine: string;
  readonly back?: string;
  readonly reason?: string;
}

const MAX_CHARACTERS = 500;

const WANTS = [
  /[换调](?:个|一下|一?个|下)?班|班.{0,10}[换调]|[换调]一下|互换|[替顶代让]班|班.{0,8}让给|谁能?(?:可以)?.{0,8}(?:换|替我|顶我|顶班)/u,
  /\bswap\b|\btrade\b.{0,40}\bshifts?\b|\bcover\b.{0,30}\bshifts?\b|\bgive away\b/iu,
];
const GIVES = /让给|让班|[替顶代]班|[替顶]我|\bgive away\b|\bcover\b/iu;

/** 跟小李换, 和1007换一下, 让给苏婉清. */
const WITH_ZH =
  /(?:[跟和与同找]|让给)\s*(?:同事)?\s*([\u4e00-\u9fff]{2,4}?|\d{3,8})(?=\s*(?:的|[换调互替顶商]|想|能|把|$|[,，。!！]|(?:今|明|后|大后|下?周|星期|本|\d)))/u;
const WITH_EN = /\b(?:with|to)\s+([A-Z][a-z]+(?:\s+[A-Z][a-z]+)?|[\u4e00-\u9fff]{2,4}|\d{3,8})/u;
const NOBODY = /^(?:同事|别人|他人|大家|谁|人|其他人|哪位|其他同事|某人)$/u;
const DAY_WORD =
  /^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|tomorrow|today)/i;

const SWAP_WORDS =
  /我的?|的班|早班|中班|晚班|夜班|白班|日班|班次?|想要?|谁能|谁可以|可以|能不能|[跟和与同]|互?[换调]一?下?班?|让给|替我?|顶我?|\b(?:who|can|could|swap|trade|cover|give|away|my|shift|shifts|with|to|on|the|for|early|night|late|middle)\b/giu;

/** Reads a sentence such as 「后天夜班想跟小李换一下，家里有事」. Pure; a part that is not there stays undefined. */
export function understandSwap(sentence: string, context: DateContext): SwapUnderstood {
  const text = sentence.slice(0, MAX_CHARACTERS);
  const plain = halfWidth(text);
  const dates = readDates(text, context);
  const whom = partnerIn(plain);
  const second = dates.spans[1];
  const words = [...plain.matchAll(SWAP_WORDS)].map((match) => ({
    index: match.index,
    length: match[0].length,
  }));
  const reason = reasonIn(text, [...dates.read, ...(whom ? [whom] : []), ...words]);
  return {
    wantsSwap: WANTS.some((pattern) => pattern.test(plain)),
    gives: GIVES.test(plain),
    dates,
    mine: second ? text.slice(0, second.index) : text,
    ...(second && { back: text.slice(second.index) }),
    ...(whom && { partner: whom.name }),
    ...(reason.length > 1 && { reason }),
  };
}

function partnerIn(text: string): { name: string; index: number; length: number } | undefined {
  const match = WITH_ZH.exec(text) ?? WITH_EN.exec(text);
  const name = match?.[1];
  if (!match || !name || NOBODY.test(name) || DAY_WORD.test(name)) return undefined;
  return { name, index: match.index, length: match[0].length };
}
