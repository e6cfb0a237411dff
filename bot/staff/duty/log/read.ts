import { LOG_SECTIONS, type LogSection } from '../../../policy/schema.ts';

/** What somebody says about the duty log 值班日志. `when`: the words for the day, which may be empty. */
export type LogSaid =
  | { readonly do: 'show' | 'sign'; readonly when: string }
  | { readonly do: 'write'; readonly when: string; readonly section?: LogSection; readonly text: string };

const SIGN =
  /^(?:签(?:署|字)?|提交)(?<when>.{0,20}?)的?(?:值班)?日志$|^sign (?:the )?duty log(?<of>(?: of| for)? .{1,20})?$/iu;
const WRITE =
  /^(?:(?:写|补?记)(?<when>.{0,20}?)的?(?:值班)?日志|(?:write )?duty log(?<of> (?:of|for) .{1,20}?)?)[\s:：,，]+(?<text>[\s\S]+)$/iu;
const SHOW =
  /^(?:查?看?(?:一下)?|写)?(?<when>.{0,30}?)的?值班日志$|^(?:show )?duty logs?(?<of>(?: (?:of|for))? .{1,20})?$/iu;

/** A message is a sentence or a paragraph; the bound keeps a pasted novel from costing a turn. */
const MAX_CHARACTERS = 4500;

/** Reads a sentence about the duty log; undefined where it asks for nothing of the kind. Pure. */
export function readLog(said: string): LogSaid | undefined {
  if (said.length > MAX_CHARACTERS) return undefined;
  const text = said.trim().replace(/(?<=.)[\s.。!！~～]+$/u, '');
  const when = (found: Record<string, string | undefined>) => (found.when ?? found.of ?? '').trim();
  const sign = SIGN.exec(text)?.groups;
  if (sign) return { do: 'sign', when: when(sign) };
  const show = SHOW.exec(text)?.groups;
  if (show) return { do: 'show', when: when(show) };
  const write = WRITE.exec(text)?.groups;
  return write && { do: 'write', when: when(write), ...sectionIn(write.text?.trim() ?? '') };
}

const WORDS: Record<LogSection, RegExp> = {
  system: /系统|设备|网络|平台|system|equipment/iu,
  cases: /疑难|个案|难题|投诉|hard cases?|complaint/iu,
  other: /其他|其它|人员|other/iu,
};

/** 「系统问题：正常」 names its section; other words speak of one, or of none that is sure. */
function sectionIn(said: string): { section?: LogSection; text: string } {
  const labelled = /^(?<label>[^:：]{2,20})[:：]\s*(?<text>[\s\S]+)$/u.exec(said)?.groups;
  const named = labelled && LOG_SECTIONS.filter((each) => WORDS[each].test(labelled.label ?? ''));
  if (labelled?.text && named?.length === 1) return { section: named[0] as LogSection, text: labelled.text };
  const meant = LOG_SECTIONS.filter((each) => WORDS[each].test(said));
  return meant.length === 1 ? { section: meant[0] as LogSection, text: said } : { text: said };
}
