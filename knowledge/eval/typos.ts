import { SYLLABLES } from '../retrieval/pinyin.ts';
import type { Question } from './files.ts';

/** What an input method offers first: a typing customer seldom takes a rare character. */
const OFFERED = 12;

function homophoneTable(): Map<string, string[]> {
  const others = new Map<string, string[]>();
  for (const [, characters] of SYLLABLES) {
    const common = [...characters].slice(0, OFFERED);
    for (const one of characters) {
      const rest = common.filter((other) => other !== one);
      others.set(one, [...(others.get(one) ?? []), ...rest]);
    }
  }
  return others;
}

/** mulberry32, seeded by the text itself: the same question always gets the same typos. */
function sequence(text: string): () => number {
  let state = 0x9e3779b9;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

let table: Map<string, string[]> | undefined;

/**
 * 同音错字 The text with `count` of its Chinese characters replaced by common ones of the same toneless pinyin, as a
 * pinyin keyboard does; fewer if it has fewer that have homophones. Deterministic.
 */
export function withHomophones(text: string, count: number): string {
  table ??= homophoneTable();
  const random = sequence(text);
  const characters = [...text];
  const places = [...characters.keys()].filter(
    (at) => (table?.get(characters[at] as string) ?? []).length > 0,
  );
  for (let done = 0; done < count && places.length > 0; done++) {
    const [at] = places.splice(Math.floor(random() * places.length), 1) as [number];
    const others = table.get(characters[at] as string) as string[];
    characters[at] = others[Math.floor(random() * others.length)] as string;
  }
  return characters.join('');
}

export function mistyped(questions: Question[], count: number): Question[] {
  return questions.map((question) => ({ ...question, text: withHomophones(question.text, count) }));
}
