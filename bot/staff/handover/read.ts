import { SECTIONS, type Section } from './types.ts';

/** What somebody says about a handover. `who` is a name or number as written; undefined: everybody who is missing. */
export type HandoverSaid =
  | { readonly do: 'show' | 'fill' | 'complete' | 'takeOver' | 'items' | 'past' }
  /** Nothing else to write; `complete`: and so it is complete. */
  | { readonly do: 'nothingElse'; readonly complete: boolean }
  | { readonly do: 'write'; readonly section?: Section; readonly text: string }
  | { readonly do: 'item' | 'ask'; readonly text: string }
  | { readonly do: 'readBack'; readonly no: number }
  | { readonly do: 'answer' | 'close'; readonly no: number; readonly text: string }
  | { readonly do: 'release'; readonly who?: string; readonly text: string }
  | { readonly do: 'standIn'; readonly standIn: string; readonly who?: string; readonly text: string };

/** With the handover whose button it was. */
export type Handed = HandoverSaid & { readonly handoverId?: string };

const SHOW = /^(?:我的)?(?:交接班|交班|交接)$|^(?:my )?handover$/iu;
const FILL =
  /^(?:(?:逐项)?(?:写|填|填写)(?:交接班?|交班)(?:记录|日志)?|(?:write|fill in)(?: the| my)? handover)$/iu;
const COMPLETE =
  /^(?:完成交[接班]+|交[接班]+完成|交完了|complete(?: the)? handover|handover (?:done|complete))$/iu;
const NOTHING_ELSE =
  /^(?:其[余他它](?:栏目?)?(?:的)?[都均]?(?:无|没有)|nothing else)(?<complete>[\s,，;；]*(?:完成交[接班]+|complete(?: the)? handover))?$/iu;
const TAKE_OVER = /^(?:我(?:来|要)?)?(?:接班|开始接班|接受交接)$|^(?:i )?take over$/iu;
const ITEMS = /^(?:查看|看看)?(?:(?:有哪些|我们班?组?的)?遗留(?:问题|事项)|open problems?)$/iu;
const PAST = /交接班?(?:记录|日志)|\bhandover (?:records?|logs?|of)\b/iu;
const WRITE =
  /^(?:写交[接班]+|(?:write )?handover(?! (?:records?|logs?|of)\b))[\s:：,，]+(?<text>[\s\S]+)$/iu;
const ITEM = /^(?:(?:新增|记录|记)?遗留(?:问题|事项)|open problem)\s*[:：]\s*(?<text>[\s\S]+)$/iu;
const ASK = /^(?:(?:交接|我要)?提问|question)\s*[:：]\s*(?<text>[\s\S]+)$/iu;
const READ_BACK = /^(?:确认|复述|confirm|read back)\s*[#＃](?<no>\d{1,9})(?:[\s:：,，][\s\S]*)?$/iu;
const ANSWER = /^(?:答复|回答|answer)\s*(?:提问)?\s*[#＃]?(?<no>\d{1,9})\s*[:：,，]\s*(?<text>[\s\S]+)$/iu;
const CLOSE =
  /^(?:关闭|解决|close)\s*(?:遗留(?:问题|事项))?\s*[#＃](?<no>\d{1,9})(?:\s*[:：,，]\s*(?<text>[\s\S]+))?$/iu;
const RELEASE = /^(?:放行|release)\s*(?<who>[^\s:：,，]{0,20})(?:\s*[:：,，]\s*(?<text>[\s\S]+))?$/iu;
const STAND_IN =
  /^由\s*(?<standIn>[^\s:：,，]{1,20}?)\s*(?:顶班|接替|顶替|代替)\s*(?<who>[^\s:：,，]{0,20})(?:\s*[:：,，]\s*(?<text>[\s\S]+))?$/iu;
const STAND_IN_EN =
  /^(?<standIn>\S{1,20}) stands in for (?<who>\S{1,20}?)(?:\s*[:：,，]\s*(?<text>[\s\S]+))?$/iu;

/** A message is a sentence or a paragraph; the bound keeps a pasted novel from costing a turn. */
const MAX_CHARACTERS = 1500;

/** What a button of one handover says ends with its id. */
const OF = /\s(?<id>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/iu;

/** Reads a sentence about handing over, or a button's; undefined where it asks for nothing of the kind. Pure. */
export function readHandover(said: string): Handed | undefined {
  if (said.length > MAX_CHARACTERS) return undefined;
  const of = OF.exec(said.trim());
  if (!of?.groups) return readWords(said);
  const words = readWords(said.trim().slice(0, of.index));
  return words && { ...words, handoverId: of.groups.id ?? '' };
}

function readWords(said: string): HandoverSaid | undefined {
  const text = said.trim().replace(/(?<=.)[\s.。!！~～]+$/u, '');
  for (const [name, pattern] of [
    ...([
      ['show', SHOW],
      ['fill', FILL],
      ['complete', COMPLETE],
    ] as const),
    ...([
      ['takeOver', TAKE_OVER],
      ['items', ITEMS],
    ] as const),
  ])
    if (pattern.test(text)) return { do: name };
  const nothing = NOTHING_ELSE.exec(text);
  if (nothing) return { do: 'nothingElse', complete: nothing.groups?.complete !== undefined };
  return told(text) ?? (PAST.test(text) ? { do: 'past' } : undefined);
}

function told(text: string): HandoverSaid | undefined {
  const groups = (pattern: RegExp) => pattern.exec(text)?.groups;
  const rest = (found: Record<string, string | undefined>) => found.text?.trim() ?? '';
  const item = groups(ITEM);
  if (item) return { do: 'item', text: rest(item) };
  const ask = groups(ASK);
  if (ask) return { do: 'ask', text: rest(ask) };
  const readBack = groups(READ_BACK);
  if (readBack) return { do: 'readBack', no: Number(readBack.no) };
  for (const [name, pattern] of [
    ['answer', ANSWER],
    ['close', CLOSE],
  ] as const) {
    const found = groups(pattern);
    if (found) return { do: name, no: Number(found.no), text: rest(found) };
  }
  const standIn = groups(STAND_IN) ?? groups(STAND_IN_EN);
  if (standIn?.standIn)
    return { do: 'standIn', standIn: standIn.standIn, ...whoIn(standIn), text: rest(standIn) };
  const release = groups(RELEASE);
  if (release) return { do: 'release', ...whoIn(release), text: rest(release) };
  const write = groups(WRITE);
  return write && { do: 'write', ...sectionIn(rest(write)) };
}

const whoIn = ({ who }: Record<string, string | undefined>) =>
  who && !/^(?:全部(?:接班人)?|所有人|大家|all|everybody)$/iu.test(who) ? { who } : {};

const WORDS: Record<Section, RegExp> = {
  equipment: /设备|系统|终端|耳机|电脑|话机|网络正常|equipment/iu,
  difficult: /疑难|难题|difficult/iu,
  staff: /人员|班次|请假|换班|调班|借调|staff/iu,
  business: /业务变更|资费|套餐|新业务|business/iu,
  instructions: /上级|指示|领导要求|主任要求|instruction/iu,
  customers: /客户|用户|投诉|表扬|customer/iu,
  process: /流程|process/iu,
};

/** 「设备状况：正常」 names its section; other words speak of one, or of none that is sure. */
function sectionIn(said: string): { section?: Section; text: string } {
  const labelled = /^(?<label>[^\s:：]{2,40}(?: [^\s:：]{1,20}){0,5})[:：]\s*(?<text>[\s\S]+)$/u.exec(
    said,
  )?.groups;
  const named = labelled && SECTIONS.filter((each) => WORDS[each].test(labelled.label ?? ''));
  if (labelled?.text && named?.length === 1) return { section: named[0] as Section, text: labelled.text };
  const meant = SECTIONS.filter((each) => WORDS[each].test(said));
  return meant.length === 1 ? { section: meant[0] as Section, text: said } : { text: said };
}
