import { remembered } from './remembered.ts';

/** 「不」 in these is no denial, or its bound is checked with the number. */
const NOT_ZH =
  /不(?!仅|但|论|管|同|过|限|超过|得超过|少于|低于|高于|足|满|妨|便|一样)|没有|没|无法|未(?!来|满|超)|无(?!论|线|忧|条件|限)|勿|(?<!除)非(?!常|凡|洲|得)|别(?!的|人)|禁止|停止|暂停|拒绝|停用|停办/g;
/** Between a denial and what it denies. */
const MODAL_ZH =
  /^(?:能够|能|可以|可|会|得|须|需要|需|要|用|必|再|被|予|予以|进行|给|有|是|于|在|到|自动|支持|强制)*/;
const NOT_EN =
  /\b(?:not|no|never|cannot|can't|can’t|won't|won’t|don't|don’t|doesn't|doesn’t|isn't|aren't|without|neither|nor|stopp?(?:s|ed)?|ends?)\b/g;
const WORD_EN = /[a-z]+/g;
const LIGHT_EN =
  /^(?:be|been|a|an|the|any|need|needs|to|have|has|longer|more|yet|then|is|are|it|will|can|could|must|should|you|of|work(?:s|ing)?)$/;

export interface Denials {
  /** What is denied: the two characters or the word behind the denial. */
  heads: string[];
  /** The text with what is denied blanked out: what is left is affirmed. */
  affirmed: string;
}

/** What a normalised clause denies and what it affirms. 「不能改回」 denies 改回. */
export const denialsOf = remembered((clause: string): Denials => {
  const heads: string[] = [];
  let affirmed = clause;
  const blank = (from: number, to: number) => {
    affirmed = affirmed.slice(0, from) + ' '.repeat(to - from) + affirmed.slice(to);
  };
  for (const { 0: denial, index } of clause.matchAll(NOT_ZH)) {
    const rest = clause.slice(index + denial.length);
    const modal = MODAL_ZH.exec(rest)?.[0] ?? '';
    const head = /^(?:[\p{sc=Han}\d]{1,2}|[a-z][a-z-]+)/u.exec(rest.slice(modal.length))?.[0] ?? '';
    // 「不能用」: what looked like a modal is the verb.
    heads.push(head || modal.slice(-1));
    blank(index, index + denial.length + modal.length + head.length);
  }
  for (const { 0: denial, index } of clause.matchAll(NOT_EN)) {
    const from = index + denial.length;
    const words = [...clause.slice(from).matchAll(WORD_EN)].slice(0, 4);
    const head = words.find(([word]) => !LIGHT_EN.test(word));
    heads.push(head?.[0] ?? '');
    blank(index, head ? from + head.index + head[0].length : from);
  }
  return { heads, affirmed };
});

const alike = (a: string, b: string) => a !== '' && b !== '' && (a.startsWith(b) || b.startsWith(a));

/**
 * Whether a clause denies what its source affirms, or affirms what its source only denies.
 * @param sources the clauses that it was made from
 * @param shortest a denied word of one character says little, unless the clauses are nearly the same
 */
export function flips(clause: string, sources: readonly string[], shortest = 2): boolean {
  const said = denialsOf(clause);
  const given = sources.map(denialsOf);
  const denied = given.flatMap(({ heads }) => heads);
  const affirmed = given.map((g) => g.affirmed).join(' ');
  if (said.heads.length > 0 && denied.length === 0) return true;
  const newDenial = said.heads.some(
    (head) => head !== '' && affirmed.includes(head) && !denied.some((d) => alike(d, head)),
  );
  const lostDenial = denied.some(
    (head) => head.length >= shortest && contains(said.affirmed, head) && !contains(affirmed, head),
  );
  return newDenial || lostDenial;
}

/** English heads are whole words. */
const contains = (text: string, head: string) =>
  /^[a-z]/.test(head) ? new RegExp(`\\b${head}\\b`).test(text) : text.includes(head);
