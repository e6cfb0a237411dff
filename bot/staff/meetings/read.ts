import type { MeetingKind } from './rules.ts';

/** What somebody says about meetings 会议. `no`: which, where several are open. */
export type MeetingSaid =
  | { readonly do: 'show' }
  | { readonly do: 'past'; readonly kind?: MeetingKind; readonly when: string }
  | { readonly do: 'minutes' | 'decision'; readonly no?: number; readonly text: string }
  | { readonly do: 'publish'; readonly no?: number };

const NO = '\\s*[#＃]?(?<no>\\d{1,9})?';
const TEXT = '\\s*[:：,，]\\s*(?<text>[\\s\\S]+)';
const SHOW =
  /^(?:查?看?(?:一下)?)?(?:我的|最近的?|有什么)?(?:会议|例会|开会)(?:安排|通知|列表)?$|^(?:my )?meetings$/iu;
const PAST =
  /^(?:查?看?(?:一下)?)?(?<when>.{0,20}?)的?(?<kind>班前会|班后会|周例会|月例会|例会|会议)(?:的)?(?:纪要|记录)$|^(?:show )?(?:meeting )?minutes of (?<of>.{1,30})$/iu;
const MINUTES = new RegExp(`^(?:(?:写|记)(?:会议)?纪要|minutes)${NO}${TEXT}$`, 'iu');
const DECISION = new RegExp(`^(?:(?:会议)?(?:决定|决议)|decision)${NO}${TEXT}$`, 'iu');
const PUBLISH = new RegExp(`^(?:(?:发布|发)(?:会议)?纪要|publish minutes)${NO}$`, 'iu');

const KINDS: Readonly<Record<string, MeetingKind>> = {
  ...{ 班前会: 'before', 班后会: 'after', 周例会: 'weekly', 月例会: 'monthly' },
};

/** A message is a sentence or a paragraph; the bound keeps a pasted novel from costing a turn. */
const MAX_CHARACTERS = 4500;

/** Reads a sentence about meetings; undefined where it asks for nothing of the kind. Pure. */
export function readMeeting(said: string): MeetingSaid | undefined {
  if (said.length > MAX_CHARACTERS) return undefined;
  const text = said.trim().replace(/(?<=.)[\s.。!！~～]+$/u, '');
  if (SHOW.test(text)) return { do: 'show' };
  for (const [name, pattern] of [
    ['minutes', MINUTES],
    ['decision', DECISION],
  ] as const) {
    const found = pattern.exec(text)?.groups;
    if (found) return { do: name, ...numbered(found), text: found.text?.trim() ?? '' };
  }
  const publish = PUBLISH.exec(text)?.groups;
  if (publish) return { do: 'publish', ...numbered(publish) };
  const past = PAST.exec(text)?.groups;
  if (!past) return undefined;
  const kind = KINDS[past.kind ?? ''];
  return { do: 'past', ...(kind && { kind }), when: (past.when ?? past.of ?? '').trim() };
}

const numbered = ({ no }: Record<string, string | undefined>) => (no ? { no: Number(no) } : {});
