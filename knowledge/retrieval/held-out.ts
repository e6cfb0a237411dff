import type { Classifier } from './classifier.ts';
import type { LanguageIndex, Scores } from './language-index.ts';
import { SETTINGS } from './settings.ts';
import { SignalReader } from './signals.ts';
import { type Lessons, learnQuestions, type Text } from './training.ts';
import type { Bag, QueryBag } from './vocabulary.ts';

/** What became of one held-out question, with its entry in the index (`known`) or without. */
export type Observation = { signals: number[]; first: boolean; among: boolean; known: boolean };

const OUT_OF_REACH = -1e9;
const MINUTE = 1e-6;
/** How many entries make up a neighbourhood: of a small centre's at most a quarter. */
const NEIGHBOURS = 12;
const NOTHING = new Int32Array(0);
const QUESTION = SETTINGS.bm25.fields[1];

/**
 * Asks one held-out question three times: as if only it had not been written; as if its entry did not exist (a
 * question near to what is known); and as if nothing like it existed (one far from it).
 */
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
    const near = Math.min(NEIGHBOURS, index.size >> 2);
    const ranking = index.fuse({ query: asWritten, lexical: this.#scores, trained }, near);
    const at = ranking.top.slots.subarray(0, Math.min(3, ranking.top.length)).indexOf(text.slot);
    const known = {
      signals: this.#reader.read(ranking, at === 0 ? text.bag : undefined),
      first: at === 0,
      among: at >= 0,
      known: true,
    };
    const neighbours = ranking.top.slots.subarray(0, Math.min(near, ranking.top.length));
    const far = [...neighbours].filter((slot) => slot !== text.slot);
    return [known, ...this.#unanswerable(text, trained, []), ...this.#unanswerable(text, trained, far)];
  }

  /** The same question with its entry, and perhaps its whole neighbourhood, taken out of the knowledge. */
  #unanswerable(text: Text, trained: Scores['trained'], neighbours: number[]): Observation[] {
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
    const signals = ranking.top.length > 0 ? this.#reader.read(ranking) : undefined;
    for (const slot of out) {
      index.alive[slot] = 1;
      for (const id of index.bm25.document(slot)?.ids ?? []) this.#gone[id] = 0;
    }
    return signals ? [{ signals, first: false, among: false, known: false }] : [];
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
