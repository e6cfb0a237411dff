import { kindOf } from './analyse.ts';
import { Classifier, type Sample } from './classifier.ts';
import type { LanguageIndex, Trained } from './language-index.ts';
import { SETTINGS } from './settings.ts';
import type { Bag } from './vocabulary.ts';

/** One text of an entry that teaches the classifier. `question` numbers the similar questions, else -1. */
export type Text = Sample & { slot: number; question: number };

/** The living entries as classes, with their titles, similar questions and sentences of the body. */
export type Lessons = { texts: Text[]; classOf: Int32Array; classes: number };

export function lessonsOf(index: LanguageIndex): Lessons {
  const texts: Text[] = [];
  const classOf = new Int32Array(index.held.length).fill(-1);
  let classes = 0;
  index.held.forEach((held, slot) => {
    // An entry of body alone teaches nothing about how customers ask; its lexical score stands in.
    if (!held || held.title.length + held.questions.length === 0) return;
    const label = classes++;
    classOf[slot] = label;
    const add = (bag: Bag, question: number) => texts.push({ label, bag, slot, question });
    for (const bag of [...held.title, ...held.body]) add(bag, -1);
    held.questions.forEach(add);
  });
  return { texts, classOf, classes };
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
