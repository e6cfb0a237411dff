import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import type { Held } from './held.ts';
import { type Observation, observe } from './held-out.ts';
import { LanguageIndex } from './language-index.ts';
import { SIGNALS, SignalReader } from './signals.ts';
import { lessonsOf } from './training.ts';

const QUESTIONS: Record<string, string[]> = {
  停车: ['停车一个月多少钱', '停车位怎么租', '晚上停车收费吗'],
  食堂: ['食堂一个月多少钱', '食堂能刷卡吗', '晚上食堂开门吗'],
  图书馆: ['图书馆晚上开门吗', '图书馆能刷卡吗', '图书馆的证怎么租'],
};
const ALL = Object.values(QUESTIONS).flat();

function library(unwritten?: string): LanguageIndex {
  const index = new LanguageIndex();
  const entries = Object.entries(QUESTIONS).map(([title, questions]): Entry => {
    const written = questions.filter((question) => question !== unwritten);
    return { id: title, language: 'zh', title, questions: written, body: '' };
  });
  index.add(entries);
  return index;
}

function heldOut(index: LanguageIndex): Observation[] {
  const lessons = lessonsOf(index);
  for (let step = lessons.next(); ; step = lessons.next()) {
    if (!step.done) continue;
    const seen = observe(index, step.value, undefined, []);
    for (let one = seen.next(); ; one = seen.next()) if (one.done) return one.value;
  }
}

const signal = (name: (typeof SIGNALS)[number], signals: number[]): number =>
  signals[SIGNALS.indexOf(name)] as number;

describe('a question asked as if it had not been written', () => {
  it('is not compared with itself, though every look at its bag makes another object', () => {
    const index = library();
    const reader = new SignalReader(index);
    for (const text of ALL) {
      const ranking = index.rank(text, 3);
      const held = index.held[ranking.top.slots[0] as number] as Held;
      const self = held.questions[(QUESTIONS[held.entryId] as string[]).indexOf(text)];
      expect(signal('similarity', reader.read(ranking))).toBeCloseTo(1, 5);
      expect(signal('similarity', reader.read(ranking, self))).toBeLessThan(0.9);
    }
  });

  it('is covered as it would be had it truly not been written', () => {
    const rising = (values: number[]) => values.sort((a, b) => a - b);
    const known = heldOut(library()).filter(({ asked }) => asked === 'known');
    const asked = rising(known.map(({ signals }) => signal('coverage', signals)));
    const truly = ALL.map((text) => {
      const index = library(text);
      return signal('coverage', new SignalReader(index).read(index.rank(text, 3)));
    });
    expect(asked).toHaveLength(truly.length);
    rising(truly).forEach((coverage, i) => {
      expect(Math.abs((asked[i] as number) - coverage)).toBeLessThan(0.08);
    });
  });

  it('finds nothing right when its entry is taken out, which is back afterwards', () => {
    const index = library();
    const before = index.rank('食堂能刷卡吗', 3).lexical.slice(0, 3);
    const near = heldOut(index).filter(({ asked }) => asked === 'near');
    expect(near).toHaveLength(ALL.length);
    for (const { first, among } of near) expect([first, among]).toEqual([false, false]);
    expect(index.rank('食堂能刷卡吗', 3).lexical.slice(0, 3)).toEqual(before);
  });
});
