import type { Cited } from '../reply.ts';
import { type Quantity, quantitiesOf } from './quantities.ts';
import { clausesOf, overlap, plain, sentencesOf, type Vocabulary, vocabularyOf } from './words.ts';

/** A sentence or list item of an entry's approved wording. */
export interface Passage {
  text: string;
  clauses: string[];
  words: Vocabulary;
  quantities: readonly Quantity[];
  /** Where it was read: what the title says is a question as often as a fact. */
  from: 'title' | 'body' | 'short';
}

/** An entry as the checker reads it. */
export interface Source {
  passages: Passage[];
  /** All of it. */
  text: string;
  words: Vocabulary;
  quantities: readonly Quantity[];
  language: 'zh' | 'en';
}

export type Wording = Pick<Cited, 'title' | 'body' | 'short' | 'language'>;

export function sourceOf({ title, body, short, language }: Wording): Source {
  const parts = { title: plain(title), body: plain(body), short: plain(short) };
  const passages = (['title', 'body', 'short'] as const).flatMap((from) =>
    sentencesOf(parts[from]).map((text) => passage(text, from)),
  );
  const text = Object.values(parts).join('\n');
  return { passages, text, words: vocabularyOf(text), quantities: quantitiesOf(text), language };
}

export function passage(text: string, from: Passage['from']): Passage {
  return {
    text,
    clauses: clausesOf(text),
    words: vocabularyOf(text),
    quantities: quantitiesOf(text),
    from,
  };
}

/** The passages that a text was most likely made from, best first: those that share nearly as much as the best does. */
export function nearest(text: Vocabulary, passages: readonly Passage[], nearly = 0.6): Passage[] {
  const scored = passages.map((p) => ({ passage: p, score: overlap(text, p.words) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  if (best === 0) return [];
  return scored
    .filter(({ score }) => score >= best * nearly)
    .sort((a, b) => b.score - a.score)
    .map((s) => s.passage);
}

/** Those of the texts that are nearly the same as one; none if it was put in words of its own. */
export function twins(text: string, texts: readonly string[]): string[] {
  const words = vocabularyOf(text);
  const scored = texts.map((each) => ({ each, score: likeness(words, vocabularyOf(each)) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best < 0.5 ? [] : scored.filter(({ score }) => score > best - 0.05).map(({ each }) => each);
}

/** Dice's coefficient over pairs and words, 0–1. */
function likeness(a: Vocabulary, b: Vocabulary): number {
  const size = a.pairs.size + a.stems.size + b.pairs.size + b.stems.size;
  return size === 0 ? 0 : (2 * overlap(a, b)) / size;
}
