import type { Urgency } from './types.ts';

/** What somebody says about reporting up. `to`: as written; `no`: the matter, where several are open. */
export type MatterSaid =
  | { readonly do: 'report'; readonly urgency: Urgency; readonly to?: string; readonly text: string }
  | { readonly do: 'list' }
  | {
      readonly do: 'answer' | 'pass' | 'acknowledge' | 'object' | 'done';
      readonly no?: number;
      readonly text: string;
    };

const HOW = '(?<how>紧急|越级|加急|急)?(?:的)?';
const REPORT = new RegExp(
  `^(?:我(?:要|想)?)?(?:向(?<before>[^\\s:：,，]{1,10}?))?${HOW}(?:逐级)?(?:请示|汇报|报告)(?:一(?:下|件事))?(?<after>[^\\s:：,，]{1,10})?(?:\\s*[:：,，]\\s*(?<text>[\\s\\S]+))?$`,
  'u',
);
const REPORT_EN =
  /^(?:(?<how>emergency|urgent) )?report(?: to (?<after>[^:,]{1,40}))?(?:\s*[:,]\s*(?<text>[\s\S]+))?$/iu;
const LEADER = /^(?:汇报|工作|.{0,5}(?:班长|组长|主任|主管|经理|领导|上级)|[a-z ]+)$/iu;
const LIST =
  /^(?:查?看?(?:一下)?)?(?:我的请示(?:汇报)?|请示(?:汇报)?(?:列表|记录|进度)|待我批示(?:的请示)?|有哪些请示|my reports|reports)$/iu;

const NO = '\\s*[#＃]?(?<no>\\d{1,9})?';
const WITH_TEXT = '\\s*[:：,，]\\s*(?<text>[\\s\\S]+)';
const WORDS = (
  [
    ['answer', `(?:批示|instruct)${NO}${WITH_TEXT}`],
    ['pass', `(?:上报|转上级|pass up)${NO}(?:${WITH_TEXT})?`],
    ['acknowledge', '(?:收到批示|收到|acknowledge)\\s*[#＃]?(?<no>\\d{1,9})'],
    ['object', `(?:保留意见|不同意见|object)${NO}${WITH_TEXT}`],
    ['done', `(?:办结|已办结|执行完毕|carried out)${NO}${WITH_TEXT}`],
  ] as const
).map(([name, pattern]) => [name, new RegExp(`^${pattern}$`, 'iu')] as const);

/** A message is a sentence or a paragraph; the bound keeps a pasted novel from costing a turn. */
const MAX_CHARACTERS = 2500;

/** Reads a sentence about reporting up; undefined where it asks for nothing of the kind. Pure. */
export function readMatter(said: string): MatterSaid | undefined {
  if (said.length > MAX_CHARACTERS) return undefined;
  const text = said.trim().replace(/(?<=.)[\s.。!！~～]+$/u, '');
  if (LIST.test(text)) return { do: 'list' };
  for (const [name, pattern] of WORDS) {
    const found = pattern.exec(text)?.groups;
    if (found) return { do: name, ...(found.no && { no: Number(found.no) }), text: found.text?.trim() ?? '' };
  }
  const found = (REPORT.exec(text) ?? REPORT_EN.exec(text))?.groups;
  if (!found) return undefined;
  const to = found.before ?? found.after;
  // 「报告厅在哪」 reports nothing.
  if (!found.text && found.after && !LEADER.test(found.after)) return undefined;
  return {
    do: 'report',
    urgency: urgencyIn(found.how ?? '') ?? 'ordinary',
    ...(to && { to: to.trim() }),
    text: found.text?.trim() ?? '',
  };
}

/** 紧急, 加急, 一般; undefined for other words. */
export function urgencyIn(text: string): Urgency | undefined {
  if (/^(?:紧急|越级|emergency|非常紧急)$/iu.test(text)) return 'emergency';
  if (/^(?:加急|急|比较急|urgent)$/iu.test(text)) return 'urgent';
  return /^(?:一般|普通|不急|ordinary)$/iu.test(text) ? 'ordinary' : undefined;
}

/** 「小区断网，建议先发公告」: the matter, and what its reporter would do about it. */
export function splitSuggestion(text: string): { problem: string; suggestion?: string } {
  const mark =
    /(?:^|[\s，,。；;！!.]+)(?:(?:我|处理)的?)?(?:建议(?!书|箱|类|单)|suggest(?:ion|ed|ing)?\b)(?:是|如下)?\s*[:：,，]?\s*/iu.exec(
      text,
    );
  if (!mark) return { problem: text.trim() };
  const problem = text.slice(0, mark.index).trim();
  const suggestion = text.slice(mark.index + mark[0].length).trim();
  return { problem, ...(suggestion && { suggestion }) };
}

/** 「由沈佳怡负责」 in an instruction: who is to carry it out, as written. */
export function carrierIn(text: string): string | undefined {
  return /(?:由|请|让)\s*(?<who>[^\s，,。；;:：由请让]{1,10}?)\s*(?:来)?(?:负责|执行|办理|落实|处理|跟进)/u.exec(
    text,
  )?.groups?.who;
}
