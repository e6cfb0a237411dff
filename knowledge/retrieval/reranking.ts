import { kindOf } from './analyse.ts';
import { generator, shuffle, softmax } from './classifier.ts';
import { Top } from './fusion.ts';
import type { LanguageIndex } from './language-index.ts';
import { Reranker, type TermWeight } from './reranker.ts';
import { SETTINGS } from './settings.ts';

/** Rivals of a text are found by its rarest terms: so many postings are gone through. */
const POSTINGS = 4_000;

/** Weights that are smaller after learning are dropped: a third of them, without effect on what is found. */
const LEAST = 0.05;

const TITLE = -1;
const BODY = -2;

/** The texts of many entries, as numbers: text t is bag `bag[t]`, question `question[t]` (or a field) of class `label[t]`. */
export type Texts = {
  label: Int32Array;
  bag: Int32Array;
  question: Int32Array;
  /** Classes, `SETTINGS.reranker.rivals` for each text; -1: none. */
  rivals: Int32Array;
  length: number;
  /** Which terms each class has weights of. */
  places: Pick<Reranker['parts'], 'start' | 'ids'>;
};

/** How terms weigh in the texts, by how many entries have them now. */
export function importance({ bm25, vocabulary }: LanguageIndex): TermWeight {
  const { kinds, idfPower } = SETTINGS.classifier;
  return (id) => {
    const kind = kinds[kindOf(vocabulary.hashes[id] as number)] as number;
    const [count, seen] = [bm25.count, bm25.entriesWith(id)];
    return kind * Math.log(1 + (count - seen + 0.5) / (seen + 0.5)) ** idfPower;
  };
}

/** The texts of these slots, class by class, each with those whose rarest words it shares. In steps. */
export function* textsOf(index: LanguageIndex, slots: number[], classOf: Int32Array): Generator<void, Texts> {
  const count = slots.reduce((sum, slot) => {
    const { title, questions, body } = index.held[slot]?.sizes ?? { title: 0, questions: 0, body: 0 };
    return sum + title + questions + body;
  }, 0);
  const { rivals: width } = SETTINGS.reranker;
  const texts: Texts = {
    ...{ label: new Int32Array(count), bag: new Int32Array(count), question: new Int32Array(count) },
    ...{ rivals: new Int32Array(count * width).fill(-1), length: 0 },
    places: yield* placesOf(index, slots),
  };
  const finder = new RivalFinder(index, classOf);
  for (const [label, slot] of slots.entries()) {
    const held = index.held[slot];
    if (!held) continue;
    const { title, questions, body } = held.sizes;
    for (let i = 0; i < title + questions + body; i++) {
      const field = i < title ? TITLE : i < title + questions ? i - title : BODY;
      const at = texts.length++;
      [texts.label[at], texts.bag[at], texts.question[at]] = [label, held.first + i, field];
      finder.find(held.first + i, slot, texts.rivals.subarray(at * width, (at + 1) * width));
    }
    yield;
  }
  return texts;
}

class RivalFinder {
  readonly #index: LanguageIndex;
  readonly #classOf: Int32Array;
  readonly #scores: Float32Array;
  readonly #touched: number[] = [];

  constructor(index: LanguageIndex, classOf: Int32Array) {
    this.#index = index;
    this.#classOf = classOf;
    this.#scores = new Float32Array(classOf.length);
  }

  find(bag: number, own: number, out: Int32Array): void {
    const { bags, bm25, vocabulary } = this.#index;
    const { ids, length } = bags.read(bag);
    const order = ids.slice(0, length).sort((a, b) => bm25.entriesWith(a) - bm25.entriesWith(b));
    let left = POSTINGS;
    for (const id of order) {
      left -= bm25.entriesWith(id);
      if (left < 0) break;
      bm25.touch(id, bm25.weight(vocabulary.hashes[id] as number, id), this.#scores, this.#touched);
    }
    const top = new Top(out.length);
    for (const slot of this.#touched) {
      if (slot !== own && (this.#classOf[slot] ?? -1) >= 0) top.offer(slot, this.#scores[slot] as number);
      this.#scores[slot] = 0;
    }
    this.#touched.length = 0;
    for (let i = 0; i < top.length; i++) out[i] = this.#classOf[top.slots[i] as number] as number;
  }
}

/** Learns from the texts (`leftOut`: all but these), in steps; from bodies in the first round only. */
export function* learnToRerank(
  index: LanguageIndex,
  texts: Texts,
  leftOut?: (question: number) => boolean,
): Generator<void, Reranker> {
  const { epochs, rate, scale } = SETTINGS.reranker;
  const { places } = texts;
  const parts = { ...places, weights: new Float32Array(places.ids.length) };
  const reranker = new Reranker(parts, importance(index), scale);
  const order = Int32Array.from({ length: texts.length }, (_, i) => i);
  const random = generator(texts.length);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const step = rate * (1 - (0.9 * epoch) / epochs);
    for (const [done, at] of order.entries()) {
      if (done % 64 === 63) yield;
      const question = texts.question[at] as number;
      if (leftOut?.(question) || (question === BODY && epoch > 0)) continue;
      reranker.load(index.bags.read(texts.bag[at] as number), index.vocabulary.size);
      learnFrom(reranker, texts, at, step);
      reranker.unload();
    }
  }
  // A fold's is soon forgotten.
  if (leftOut) return reranker;
  return new Reranker(yield* withoutLeast(parts), importance(index), scale);
}

const labels = new Int32Array(SETTINGS.reranker.rivals + 1);
const gradient = new Float32Array(SETTINGS.reranker.rivals + 1);

function learnFrom(reranker: Reranker, texts: Texts, at: number, step: number): void {
  const { rivals: width } = SETTINGS.reranker;
  let count = 0;
  labels[count++] = texts.label[at] as number;
  for (let i = at * width; i < (at + 1) * width && (texts.rivals[i] as number) >= 0; i++)
    labels[count++] = texts.rivals[i] as number;
  for (let k = 0; k < count; k++) gradient[k] = reranker.logit(labels[k] as number);
  softmax(gradient, count);
  gradient[0] = (gradient[0] as number) - 1;
  for (let k = 0; k < count; k++) reranker.learn(labels[k] as number, step * (gradient[k] as number));
}

function* withoutLeast({ start, ids, weights }: Reranker['parts']): Generator<void, Reranker['parts']> {
  const isKept = (weight: number) => Math.abs(weight) >= LEAST;
  const count = weights.reduce((sum, weight) => sum + (isKept(weight) ? 1 : 0), 0);
  const kept = {
    ...{ start: new Int32Array(start.length) },
    ...{ ids: new Int32Array(count), weights: new Float32Array(count) },
  };
  let length = 0;
  for (let label = 0; label + 1 < start.length; label++) {
    for (let i = start[label] as number; i < (start[label + 1] as number); i++) {
      if (!isKept(weights[i] as number)) continue;
      kept.ids[length] = ids[i] as number;
      kept.weights[length++] = weights[i] as number;
    }
    kept.start[label + 1] = length;
    if (label % 64 === 63) yield;
  }
  return kept;
}

/** The distinct terms of each entry's title and similar questions. */
function* placesOf(index: LanguageIndex, slots: number[]): Generator<void, Texts['places']> {
  const { kinds } = SETTINGS.classifier;
  const start = new Int32Array(slots.length + 1);
  const seen = new Int32Array(index.vocabulary.size);
  let ids = new Int32Array(1 << 16);
  let length = 0;
  for (const [label, slot] of slots.entries()) {
    const held = index.held[slot];
    const { title, questions } = held?.sizes ?? { title: 0, questions: 0 };
    for (let i = 0; held && i < title + questions; i++) {
      const bag = index.bags.read(held.first + i);
      if (length + bag.length > ids.length) {
        const larger = new Int32Array(Math.ceil((length + bag.length) * 1.5));
        larger.set(ids);
        ids = larger;
      }
      for (let k = 0; k < bag.length; k++) {
        const id = bag.ids[k] as number;
        if (seen[id] === label + 1 || kinds[kindOf(index.vocabulary.hashes[id] as number)] === 0) continue;
        seen[id] = label + 1;
        ids[length++] = id;
      }
    }
    start[label + 1] = length;
    yield;
  }
  return { start, ids: ids.slice(0, length) };
}
