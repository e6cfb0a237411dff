import type { LanguageIndex, Scores } from './language-index.ts';
import { type Example, fitLogistic, type Logistic } from './logistic.ts';
import { SETTINGS } from './settings.ts';
import { SIGNS, SignalReader } from './signals.ts';
import { type Lessons, type Text, teachable, trainOn } from './training.ts';
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
const QUESTION = SETTINGS.bm25.fields[1];

/** Asks one held-out question twice: as written, and as if its entry did not exist. */
class Examiner {
  #reader: SignalReader;
  #scores: Float32Array;
  #tf: Float32Array;
  readonly index: LanguageIndex;

  constructor(index: LanguageIndex) {
    this.index = index;
    this.#reader = new SignalReader(index);
    this.#scores = new Float32Array(index.bm25.slots);
    this.#tf = new Float32Array(index.vocabulary.size);
  }

  examine(text: Text, trained: Scores['trained']): Observation[] {
    const { index } = this;
    this.#load(text);
    const asWritten = this.#query(text.bag, (id) => (this.#tf[id] as number) > MINUTE);
    const withoutEntry = this.#query(text.bag, () => false);
    index.bm25.score(asWritten, this.#scores);
    this.#scores[text.slot] = index.bm25.scoreWithout(asWritten, text.slot, this.#tf, text.bag, QUESTION);
    this.#unload(text);
    trained?.classifier.logits(asWritten, trained.logits);
    const known = this.#observe({ query: asWritten, lexical: this.#scores, trained }, text, true);
    if (trained) trained.logits[trained.classOf[text.slot] as number] = OUT_OF_REACH;
    index.alive[text.slot] = 0;
    const unknown = this.#observe({ query: withoutEntry, lexical: this.#scores, trained }, text, false);
    index.alive[text.slot] = 1;
    return [known, unknown];
  }

  #observe(scores: Scores, text: Text, known: boolean): Observation {
    const ranking = this.index.fuse(scores, 4);
    const at = ranking.top.slots.subarray(0, Math.min(3, ranking.top.length)).indexOf(text.slot);
    const signals = this.#reader.read(ranking, text.bag);
    return { signals, first: known && at === 0, among: known && at >= 0, known };
  }

  /** The question as a query to an index that never saw it: its own words are unknown unless others have them. */
  #query(bag: Bag, kept: (id: number) => boolean): QueryBag {
    const query: QueryBag = {
      ids: new Int32Array(bag.length),
      counts: new Float32Array(bag.length),
      length: 0,
      unknown: new Int32Array(bag.length),
      unknownLength: 0,
    };
    for (let i = 0; i < bag.length; i++) {
      const id = bag.ids[i] as number;
      if (kept(id) || this.index.bm25.entriesWith(id) > 1) {
        query.ids[query.length] = id;
        query.counts[query.length++] = bag.counts[i] as number;
      } else query.unknown[query.unknownLength++] = this.index.vocabulary.hashes[id] as number;
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

/** Leave-one-out over the similar questions, in folds for the classifier and exactly for BM25; in steps. */
export function* observe(index: LanguageIndex, lessons: Lessons): Generator<void, Observation[]> {
  const { folds, maxQuestions } = SETTINGS.calibration;
  const questions = lessons.texts.filter(({ question }) => question >= 0).length;
  const stride = Math.max(1, Math.ceil(questions / maxQuestions));
  const seen: Observation[] = [];
  const examiner = new Examiner(index);
  for (let fold = 0; fold < folds; fold++) {
    const kept = lessons.texts.filter(({ question }) => question < 0 || question % folds !== fold);
    const trained = teachable(index, lessons) ? yield* trainOn(index, lessons, kept) : undefined;
    const held = lessons.texts.filter(({ question }) => question >= 0 && question % folds === fold);
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
    weight: o.known ? 1 - unknownShare : unknownShare,
  }));
}

/** Fits both models and chooses the thresholds, in steps. */
export function* calibrate(seen: Observation[]): Generator<void, Calibration> {
  const first = yield* fitLogistic(
    examplesOf(seen, (o) => o.first),
    SIGNS,
  );
  const among = yield* fitLogistic(
    examplesOf(seen, (o) => o.among),
    SIGNS,
  );
  return { first, among, answerFrom: 0.4, choicesFrom: 0.25 };
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
