import type { Cited } from '../reply.ts';
import { type Quantity, quantitiesOf } from './quantities.ts';
import { clausesOf, overlap, plain, sentencesOf, type Vocabulary, vocabularyOf } from './words.ts';

/** A sentence or list item of an entry's approved wording. */
export interface Passage {
  text: string;
  clauses: string[];
  words: Vocabulary;
  quantities: Quantity[];
  /** Where it was read: what the title says is a question as often as a fact. */
  from: 'title' | 'body' | 'short';
}

/** An entry as the checker reads it. */
export interface Source {
  passages: Passage[];
  /** All of it. */
  text: string;
  words: Vocabulary;
  quantities: Quantity[];
  language: 'zh' | 'en';
}

export type Wording = Pick<Cited, 'title' | 'body' | 'short' | 'language'>;

export function sourceOf({ title, body, short, language }: Wording): Source {
  const parts = { title: plain(title), body: plain(body), short: plain(short) };
  const passages = (['title', 'body', 'short'] as const).flatMap((from) =>
    sentencesOf(parts[from]).map((text) => passage(text, from)),
  );
  const text = Object.values(parts).join('\n');
  return { passages, text, words: vocabularyOf([text]), quantities: quantitiesOf(text), language };
}

export function passage(text: string, from: Passage['from']): Passage {
  return {
    text,
    clauses: clausesOf(text),
    words: vocabularyOf([text]),
    quantities: quantitiesOf(text),
    from,
  };
}

/** The passages that a text was most likely made from, best first: those that share at least 0.6 of what the best shares. */
export function nearest(text: Vocabulary, passages: readonly Passage[]): Passage[] {
  const scored = passages.map((p) => ({ passage: p, score: overlap(text, p.words) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best === 0) return [];
  return scored
    .filter(({ score }) => score >= best * 0.6)
    .sort((a, b) => b.score - a.score)
    .map((s) => s.passage);
}
