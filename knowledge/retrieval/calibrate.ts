import type { Classifier } from './classifier.ts';
import type { LanguageIndex, Scores } from './language-index.ts';
import { type Example, fitLogistic, type Logistic } from './logistic.ts';
import { SETTINGS } from './settings.ts';
import { SIGNS, SignalReader } from './signals.ts';
import { type Lessons, learnQuestions, type Text } from './training.ts';
import type { Bag, QueryBag } from './vocabulary.ts';

/** Models of "the first hit is right" and "the right one is among three", with the thresholds chosen for them. */
export type Calibration = {
  first: Logistic;
  among: Logistic;
  answerFrom: number;
  choicesFrom: number;
};

/** What became of one held-out question: with its entry in the index, and with it taken away. */
export type Observation = { signals: number[]; first: boolean; among: boolean; known: boolean };

const OUT_OF_REACH = -1e9;
const MINUTE = 1e-6;
const NEIGHBOURS = 12;
const NOTHING = new Int32Array(0);
const QUESTION = SETTINGS.bm25.fields[1];

/** Asks one held-out question twice: as written, and as if its entry did not exist. */
class Examiner {
  #reader: SignalReader;
  #scores: Float32Array;
  #tf: Float32Array;
  #gone: Int32Array;
  readonly index: LanguageIndex;

  constructor(index: LanguageIndex) {
    this.index = index;
    this.#reader = new SignalReader(index);
    this.#scores = new Float32Array(index.bm25.slots);
    this.#tf = new Float32Array(index.vocabulary.size);
    this.#gone = new Int32Array(index.vocabulary.size);
  }

  examine(text: Text, trained: Scores['trained']): Observation[] {
    const { index } = this;
    if (this.#scores.length < index.bm25.slots) this.#scores = new Float32Array(index.bm25.slots);
    const query = { ...text.bag, unknown: NOTHING, unknownLength: 0 };
    index.bm25.score(query, this.#scores);
    this.#load(text);
    this.#scores[text.slot] = index.bm25.scoreWithout(query, text.slot, this.#tf, text.bag, QUESTION);
    const asWritten = this.#reduced(
      text.bag,
      (id) => (this.#tf[id] as number) > MINUTE || index.bm25.entriesWith(id) > 1,
    );
    this.#unload(text);
    trained?.classifier.logits(asWritten, trained.logits);
    const ranking = index.fuse({ query: asWritten, lexical: this.#scores, trained }, NEIGHBOURS);
    const at = ranking.top.slots.subarray(0, Math.min(3, ranking.top.length)).indexOf(text.slot);
    const known = {
      signals: this.#reader.read(ranking, at === 0 ? text.bag : undefined),
      first: at === 0,
      among: at >= 0,
      known: true,
    };
    const neighbours = [...ranking.top.slots.subarray(0, ranking.top.length)].filter(
      (slot) => slot !== text.slot,
    );
    return [known, this.#unanswerable(text, trained, []), this.#unanswerable(text, trained, neighbours)];
  }

  /** The same question with its entry, and perhaps its whole neighbourhood, taken out of the knowledge. */
  #unanswerable(text: Text, trained: Scores['trained'], neighbours: number[]): Observation {
    const { index } = this;
    const out = [text.slot, ...neighbours];
    for (const slot of out) {
      index.alive[slot] = 0;
      const label = trained?.classOf[slot] ?? -1;
      if (trained && label >= 0) trained.logits[label] = OUT_OF_REACH;
      for (const id of index.bm25.document(slot)?.ids ?? []) this.#gone[id] = (this.#gone[id] as number) + 1;
    }
    const query = this.#reduced(text.bag, (id) => index.bm25.entriesWith(id) > (this.#gone[id] as number));
    const ranking = index.fuse({ query, lexical: this.#scores, trained }, 4);
    const signals = this.#reader.read(ranking);
    for (const slot of out) {
      index.alive[slot] = 1;
      for (const id of index.bm25.document(slot)?.ids ?? []) this.#gone[id] = 0;
    }
    return { signals, first: false, among: false, known: false };
  }

  /** The question as a query to an index that never saw it: words that are in no entry then are unknown. */
  #reduced(bag: Bag, kept: (id: number) => boolean): QueryBag {
    const size = bag.length;
    const [ids, counts, unknown] = [new Int32Array(size), new Float32Array(size), new Int32Array(size)];
    const query: QueryBag = { ids, counts, unknown, length: 0, unknownLength: 0 };
    for (let i = 0; i < size; i++) {
      const id = bag.ids[i] as number;
      if (kept(id)) {
        ids[query.length] = id;
        counts[query.length++] = bag.counts[i] as number;
      } else unknown[query.unknownLength++] = this.index.vocabulary.hashes[id] as number;
    }
    return query;
  }

  #load({ slot, bag }: Text): void {
    const document = this.index.bm25.document(slot);
    document?.ids.forEach((id, i) => {
      this.#tf[id] = document.tf[i] as number;
    });
    for (let i = 0; i < bag.length; i++) {
      const id = bag.ids[i] as number;
      this.#tf[id] = (this.#tf[id] as number) - QUESTION * (bag.counts[i] as number);
    }
  }

  #unload({ slot }: Text): void {
    for (const id of this.index.bm25.document(slot)?.ids ?? []) this.#tf[id] = 0;
  }
}

/**
 * Leave-one-out over the similar questions, in folds for the classifier and exactly for BM25; in steps.
 * `ground` is absent where no classifier is used.
 */
export function* observe(
  index: LanguageIndex,
  lessons: Lessons,
  ground?: Classifier,
): Generator<void, Observation[]> {
  const { folds, maxQuestions } = SETTINGS.calibration;
  const questions = lessons.texts.filter(({ question }) => question >= 0);
  const stride = Math.max(1, Math.ceil(questions.length / maxQuestions));
  const seen: Observation[] = [];
  const examiner = new Examiner(index);
  for (let fold = 0; fold < folds; fold++) {
    const inFold = ({ question }: Text) => question >= 0 && question % folds === fold;
    const trained = ground && (yield* learnQuestions(ground, lessons, inFold));
    const held = questions.filter(inFold);
    for (let i = 0; i < held.length; i += stride) {
      const text = held[i] as Text;
      // Between two steps an editor may have withdrawn the entry.
      if (index.alive[text.slot] === 1) seen.push(...examiner.examine(text, trained));
      if (i % 8 === 0) yield;
    }
  }
  return seen;
}

function examplesOf(seen: Observation[], positive: (o: Observation) => boolean): Example[] {
  const { unknownShare } = SETTINGS.calibration;
  return seen.map((o) => ({
    features: o.signals,
    positive: positive(o),
    weight: o.known ? 1 - unknownShare : unknownShare / 2,
  }));
}

/** Where the expected gain of a calibrated probability turns positive, if a wrong one costs `cost` right ones. */
const breakEven = (cost: number): number => cost / (1 + cost);

/** Fits both models, in steps. The thresholds follow from what mistakes cost, the models being calibrated. */
export function* calibrate(seen: Observation[]): Generator<void, Calibration> {
  const { prior, ridge, wrongAnswerCost, uselessChoiceCost } = SETTINGS.calibration;
  const first = yield* fitLogistic(
    examplesOf(seen, (o) => o.first),
    SIGNS,
    prior.first,
    ridge,
  );
  const among = yield* fitLogistic(
    examplesOf(seen, (o) => o.among),
    SIGNS,
    prior.among,
    ridge,
  );
  return { first, among, answerFrom: breakEven(wrongAnswerCost), choicesFrom: breakEven(uselessChoiceCost) };
}

/** Stands in until the first training: coverage alone decides, strictly. */
export const LEXICAL_ONLY: Calibration = (() => {
  const weights = SIGNS.map((_, i) => (i === 0 ? 10 : 0));
  const model = { mean: weights.map(() => 0), deviation: weights.map(() => 1), weights };
  return {
    first: { ...model, bias: -4.5 },
    among: { ...model, bias: -2.5 },
    answerFrom: 0.5,
    choicesFrom: 0.5,
  };
})();
