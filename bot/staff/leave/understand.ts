import { type DateContext, type DateReading, type DateSpan, readDates } from '../../dialog/dates/index.ts';
import { halfWidth } from '../../dialog/dates/numerals.ts';
import { reasonIn } from './reason.ts';
import type { LeaveKind } from './types.ts';

/** What a sentence says about a leave; what is missing the form asks for. */
export interface LeaveUnderstood {
  /** True when the sentence asks for leave at all. */
  readonly wantsLeave: boolean;
  readonly kind?: LeaveKind;
  /** The first span that was clear. */
  readonly span?: DateSpan;
  readonly reason?: string;
  /** Name or number of the colleague who is ill, as written. */
  readonly forWhom?: string;
  /** 急诊 was said. */
  readonly emergency: boolean;
  /** The whole reading: further spans, what to ask back, hours said without a date. */
  readonly dates: DateReading;
}

/** A request is a sentence or two; the bound keeps a pasted novel from costing a turn. */
const MAX_CHARACTERS = 1000;

/** In this order: 特殊事假 before 事假. */
const KINDS: readonly (readonly [LeaveKind, RegExp])[] = [
  ['special', /特殊事假|紧急事假|特殊假|\b(?:special|emergency|urgent)\s+(?:personal\s+)?(?:leave|day)\b/giu],
  ['personal', /事假|私事假|\bpersonal\s+(?:leave|day|time)\b|\bprivate\s+leave\b/giu],
  ['sick', /病假|\bsick(?:[\s-](?:leave|day|days))?\b|\bmedical\s+leave\b/giu],
  [
    'study',
    /外出(?:学习|培训)|学习假|培训假|\b(?:outside\s+)?(?:study|training)\s+leave\b|\boutside\s+(?:study|training)\b/giu,
  ],
  [
    'official',
    /因公外出|公出|公假|出差|\bofficial\s+(?:absence|business|leave|trip)\b|\bbusiness\s+trip\b/giu,
  ],
];

const LEAVE =
  /请[^。!?]{0,12}假|请假|休假|假[条单]|告假|调休|\b(?:leave|day\s+off|days\s+off|time\s+off)\b/iu;

/** 替小李, 帮1002, 给王芳: someone else, in a sentence about leave. */
const FOR_ZH =
  /(?:替|帮|代|给|为)(?:同事|我们?(?:组|班)的)?\s*([\u4e00-\u9fff]{2,4}?|\d{3,8})(?=(?:[\s,，]*(?:请|报|申请|办|今|明|后|大后|昨|周|星期|礼拜|下|本|\d))|$)/u;
const FOR_EN =
  /\b(?:[Ff]or|[Oo]n\s+behalf\s+of)\s+(?:my\s+colleague\s+)?([A-Z][a-z]+(?:\s+[A-Z][a-z]+)?|\d{3,8})\b/u;
const NOBODY = /^(?:自己|本人|我|我自己|一下|大家|个|人)$/u;
const DAY_WORD =
  /^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|tomorrow|today|half)/i;

/**
 * Reads a sentence such as 「我后天想请一天事假，家里有事」. Pure; a part that is not there stays undefined.
 * What is left after kind, dates and polite words is the candidate for the reason.
 */
export function understandLeave(sentence: string, context: DateContext): LeaveUnderstood {
  const text = sentence.slice(0, MAX_CHARACTERS);
  const plain = halfWidth(text);
  const dates = readDates(text, context);
  const kinds = KINDS.flatMap(([kind, pattern]) =>
    [...plain.matchAll(pattern)].map((match) => ({ kind, match })),
  );
  const kind = kinds[0]?.kind;
  const whom = colleagueIn(plain);
  const taken = [
    ...dates.read,
    ...kinds.map(({ match }) => ({ index: match.index, length: match[0].length })),
    ...(whom ? [{ index: whom.index, length: whom.length }] : []),
  ];
  const reason = reasonIn(text, taken);
  const span = dates.spans[0];
  return {
    wantsLeave: kind !== undefined || LEAVE.test(plain),
    ...(kind && { kind }),
    ...(span && { span }),
    ...(reason && { reason }),
    ...(whom && { forWhom: whom.name }),
    emergency: /急诊|\bemergency\s+room\b|\bA&E\b/iu.test(plain),
    dates,
  };
}

function colleagueIn(text: string): { name: string; index: number; length: number } | undefined {
  const match = FOR_ZH.exec(text) ?? FOR_EN.exec(text);
  const name = match?.[1];
  if (!match || !name || NOBODY.test(name) || DAY_WORD.test(name)) return undefined;
  return { name, index: match.index, length: match[0].length };
}
