import { toSimplified } from '../../knowledge/index.ts';
import { halfWidth } from './dates/numerals.ts';

/** A colleague as sentences may name them. */
export interface Named {
  readonly id: string;
  /** 工号 */
  readonly number: string;
  readonly name: string;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly role: string;
}

/** Who speaks: their own team's people come first, and they never mean themselves. */
export interface Speaker {
  readonly id: string;
  readonly teamId: string | null;
}

/**
 * A colleague named in a sentence: `people` has one where it is clear, several where the bot must ask 「哪一位小李？」,
 * the speaker's own team first. `index` and `text`: where it stands, in UTF-16 units.
 */
export interface Mention<P extends Named = Named> {
  readonly text: string;
  readonly index: number;
  readonly people: readonly P[];
}

/** Longer texts are no sentence about a colleague; what follows is not looked at. */
const MAX_CHARACTERS = 1000;

const COMPOUND =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|长孙|宇文|轩辕|南宫|百里|呼延|闻人)/;
const surnameOf = (name: string) => COMPOUND.exec(name)?.[0] ?? name.slice(0, 1);

/** Titles behind a surname, and the roles of RULEBOOK §1 that they are said of; without roles: of everybody. */
const TITLES: readonly (readonly [title: string, roles?: readonly string[]])[] = [
  ['班长', ['shift_leader']],
  ['值班长', ['shift_leader']],
  ['组长', ['shift_leader', 'supervisor']],
  ['主管', ['supervisor']],
  ['值班经理', ['duty_manager']],
  ['经理', ['duty_manager', 'department_head', 'supervisor']],
  ['主任', ['department_head', 'director']],
  ['工', ['engineer']],
  ['老师'],
  ['师傅'],
  ['姐'],
  ['哥'],
  ['姐姐'],
  ['大哥'],
  ['同事'],
  ['同学'],
  ['先生'],
  ['女士'],
];
const TITLE = TITLES.map(([title]) => title)
  .sort((a, b) => b.length - a.length)
  .join('|');

/**
 * The colleagues whom a sentence names, in its order: by name (李伟), as they call each other (小李, 老王, 李姐, 阿伟,
 * 王班长), by number (1001, 工号1001), in simplified or traditional characters, in Latin letters with any case. Pure,
 * never throws. Where a longer name fits, a shorter one inside it does not count.
 */
export function namesIn<P extends Named>(
  sentence: string,
  directory: readonly P[],
  speaker?: Speaker,
): Mention<P>[] {
  const text = folded(sentence.slice(0, MAX_CHARACTERS));
  const people = directory.filter(({ id }) => id !== speaker?.id);
  const found = [...byName(text, people), ...byNumber(text, people), ...byCall(text, people)]
    .sort((a, b) => a.index - b.index || b.text.length - a.text.length)
    .map((mention) => ({
      ...mention,
      text: sentence.slice(mention.index, mention.index + mention.text.length),
    }));
  const apart: Mention<P>[] = [];
  for (const mention of found) {
    const last = apart.at(-1);
    if (last && mention.index < last.index + last.text.length) continue;
    apart.push({ ...mention, people: ownFirst(mention.people, speaker) });
  }
  return apart;
}

/** Simplified, half width, lower case, one unit for one, so that every index still holds. */
const folded = (text: string) =>
  toSimplified(halfWidth(text)).replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function ownFirst<P extends Named>(people: readonly P[], speaker: Speaker | undefined): P[] {
  const own = ({ teamId }: P) => speaker !== undefined && teamId !== null && teamId === speaker.teamId;
  return [...people].sort((a, b) => Number(own(b)) - Number(own(a)) || (a.number < b.number ? -1 : 1));
}

type Found<P extends Named> = { text: string; index: number; people: P[] };

function byName<P extends Named>(text: string, people: readonly P[]): Found<P>[] {
  const groups = new Map<string, P[]>();
  for (const person of people) {
    const name = folded(person.name).trim();
    if (name.length > 1) groups.set(name, [...(groups.get(name) ?? []), person]);
  }
  return [...groups].flatMap(([name, same]) =>
    placesOf(text, name)
      .filter((index) => whole(text, index, name.length))
      .map((index) => ({ text: name, index, people: same })),
  );
}

function placesOf(text: string, word: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}

/** A Latin name is a word of its own; Chinese has no such bounds. */
function whole(text: string, index: number, length: number): boolean {
  const letter = (at: number) => /[a-z0-9]/.test(text.charAt(at));
  return !(letter(index) && letter(index - 1)) && !(letter(index + length - 1) && letter(index + length));
}

/** A number alone is a colleague's only where somebody has it: 1001, 工号1001, #1001, not the 1001 of 6月1001. */
function byNumber<P extends Named>(text: string, people: readonly P[]): Found<P>[] {
  return [
    ...text.matchAll(
      /(?:工号[是为:：]?\s*|#|no\.?\s*)?(?<![\d./年月-]|\d:)(\d{3,8})(?![\d.:/点时年月日号元块分%-])/g,
    ),
  ].flatMap((match) => {
    const same = people.filter(({ number }) => number === match[1]);
    return same.length > 0 ? [{ text: match[0], index: match.index, people: same }] : [];
  });
}

/** 小李, 老王, 阿伟, 李姐, 王班长: many have the surname, the title narrows it where it names a post. */
function byCall<P extends Named>(text: string, people: readonly P[]): Found<P>[] {
  const surnames = new Set(
    people.map(({ name }) => surnameOf(folded(name))).filter((one) => /^\p{Script=Han}+$/u.test(one)),
  );
  if (surnames.size === 0) return [];
  const any = [...surnames].sort((a, b) => b.length - a.length).join('|');
  // 小时, 老是, 最小李…: a surname must follow, and what follows must be no title, which the second form reads.
  const little = new RegExp(`(?<![最大])[小老大](${any})(?!${TITLE})`, 'gu');
  const titled = new RegExp(`[小老大]?(${any})(${TITLE})`, 'gu');
  const called = (match: RegExpMatchArray, roles?: readonly string[]): Found<P>[] => {
    const of = people.filter(({ name }) => surnameOf(folded(name)) === match[1]);
    const post = roles ? of.filter(({ role }) => roles.includes(role)) : of;
    // 小李姐 said of somebody who is no leader: better asked than not understood.
    const meant = post.length > 0 ? post : of;
    return [{ text: match[0], index: match.index ?? 0, people: meant }];
  };
  return [
    ...[...text.matchAll(titled)].flatMap((match) =>
      called(match, TITLES.find(([title]) => title === match[2])?.[1]),
    ),
    ...[...text.matchAll(little)]
      .filter((match) => !COMMON.test(text.slice(match.index)))
      .flatMap((match) => called(match)),
    ...[...text.matchAll(/阿(\p{Script=Han})/gu)].flatMap((match) => {
      const of = people.filter(({ name }) => folded(name).endsWith(match[1] ?? '') && name.length > 1);
      return of.length > 0 ? [{ text: match[0], index: match.index, people: of }] : [];
    }),
  ];
}

/** Words that begin like a call. */
const COMMON =
  /^(?:小时|小心|小路|小雪(?!儿)|小米粥|小麦|小白菜|老师|老家|老是|老板|老年|老公|老婆|大方|大家|大雪|大雷|大陆|大安|大连|大江|小组|小区|小费|大田|大夏|小康|大项|大成|老成)/;
