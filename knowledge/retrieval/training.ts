import { kindOf } from './analyse.ts';
import { Classifier, type Sample } from './classifier.ts';
import { Top } from './fusion.ts';
import type { LanguageIndex, Trained } from './language-index.ts';
import { SETTINGS } from './settings.ts';
import type { Bag } from './vocabulary.ts';

const NONE = new Int32Array(0);

/** One text of an entry that teaches the classifier. `question` numbers the similar questions, else -1. */
export type Text = Sample & { slot: number; question: number };

/** The living entries as classes, with their titles, similar questions and sentences of the body. */
export type Lessons = { texts: Text[]; classOf: Int32Array; classes: number };

/** Collects the lessons, in steps. */
export function* lessonsOf(index: LanguageIndex): Generator<void, Lessons> {
  const classOf = new Int32Array(index.held.length).fill(-1);
  const texts: Text[] = [];
  const asked = index.held.map((held) => held !== undefined && held.title.length + held.questions.length > 0);
  let classes = 0;
  // An entry of body alone teaches nothing about how customers ask; its lexical score stands in.
  asked.forEach((counts, slot) => {
    if (counts) classOf[slot] = classes++;
  });
  const scores = new Float32Array(index.held.length);
  for (const [slot, held] of index.held.entries()) {
    const label = classOf[slot] as number;
    if (!held || label < 0) continue;
    const add = (bag: Bag, question: number) =>
      texts.push({ label, bag, slot, question, rivals: rivalsOf(index, bag, slot, classOf, scores) });
    for (const bag of [...held.title, ...held.body]) add(bag, -1);
    held.questions.forEach(add);
    yield;
  }
  return { texts, classOf, classes };
}

function rivalsOf(
  index: LanguageIndex,
  bag: Bag,
  slot: number,
  classOf: Int32Array,
  scores: Float32Array,
): Int32Array {
  index.bm25.score({ ...bag, unknown: NONE, unknownLength: 0 }, scores);
  const top = new Top(SETTINGS.classifier.rivals);
  for (let other = 0; other < scores.length; other++) {
    if (other !== slot && (classOf[other] as number) >= 0) top.offer(other, scores[other] as number);
  }
  return Int32Array.from([slot, ...top.slots.subarray(0, top.length)], (one) => classOf[one] as number);
}

function termWeights(index: LanguageIndex, texts: Text[]): (id: number) => number {
  const df = new Int32Array(index.vocabulary.size);
  for (const { bag } of texts) for (const id of bag.ids) df[id] = (df[id] as number) + 1;
  const { kinds, idfPower } = SETTINGS.classifier;
  return (id) => {
    const seen = df[id] as number;
    const idf = Math.log(1 + (texts.length - seen + 0.5) / (seen + 0.5));
    return (kinds[kindOf(index.vocabulary.hashes[id] as number)] as number) * idf ** idfPower;
  };
}

/** Whether a classifier of these lessons fits its size limit and has something to tell apart. */
export function teachable(index: LanguageIndex, { classes }: Lessons): boolean {
  return classes > 1 && classes * index.vocabulary.size <= SETTINGS.classifier.maxWeights;
}

/** Trains a classifier on some of the lessons, in steps. */
export function* trainOn(index: LanguageIndex, lessons: Lessons, texts: Text[]): Generator<void, Trained> {
  const { scale, rate, epochs } = SETTINGS.classifier;
  const { classes, classOf } = lessons;
  const classifier = new Classifier(texts, classes, index.vocabulary.size, termWeights(index, texts), scale);
  yield;
  yield* classifier.train(texts, { epochs, rate, scale });
  return { classifier, classOf: classOf.slice(), logits: new Float32Array(classes) };
}
