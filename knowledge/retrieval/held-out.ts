import type { LanguageIndex } from './language-index.ts';
import type { Scores } from './ranker.ts';
import { SETTINGS } from './settings.ts';
import { SignalReader } from './signals.ts';
import type { Learn, Lessons, Text } from './training.ts';
import type { Bag, QueryBag } from './vocabulary.ts';

/** What became of one question that the index had not been told. */
export type Observation = {
  signals: number[];
  first: boolean;
  among: boolean;
  /** asked with its entry in the index, with it taken out, or of another field altogether */
  asked: 'known' | 'near' | 'far';
};

const OUT_OF_REACH = -1e9;
const MINUTE = 1e-6;
const NOTHING = new Int32Array(0);
const QUESTION = SETTINGS.bm25.fields[1];

/**
 * Asks one held-out question twice: as if only it had not been written, and as if its entry did not exist, which
 * makes it a question of the same field that nothing answers.
 */
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
    const ranking = index.fuse({ query: asWritten, lexical: this.#scores, trained }, 3);
    const at = ranking.top.slots.subarray(0, Math.min(3, ranking.top.length)).indexOf(text.slot);
    const known = {
      signals: this.#reader.read(ranking, at === 0 ? text.bag : undefined),
      first: at === 0,
      among: at >= 0,
      asked: 'known' as const,
    };
    return [known, ...this.#unanswerable(text, trained)];
  }

  /** A question of another field; nothing if no entry shares a word with it. */
  examineElsewhere(text: string, trained: Scores['trained']): Observation[] {
    const ranking = this.index.rank(text, 3, { trained });
    if ((ranking.lexical[ranking.top.slots[0] as number] as number) === 0) return [];
    return [{ signals: this.#reader.read(ranking), first: false, among: false, asked: 'far' }];
  }

  /** The same question with its entry taken out of the knowledge; nothing if that leaves nothing. */
  #unanswerable({ bag, slot }: Text, trained: Scores['trained']): Observation[] {
    const { index } = this;
    const label = trained?.classOf[slot] ?? -1;
    if (trained && label >= 0) trained.logits[label] = OUT_OF_REACH;
    const own = new Set(index.bm25.document(slot)?.ids);
    index.alive[slot] = 0;
    const query = this.#reduced(bag, (id) => index.bm25.entriesWith(id) > (own.has(id) ? 1 : 0));
    const ranking = index.fuse({ query, lexical: this.#scores, trained }, 3);
    const signals = ranking.top.length > 0 ? this.#reader.read(ranking) : undefined;
    index.alive[slot] = 1;
    return signals ? [{ signals, first: false, among: false, asked: 'near' }] : [];
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
 * `learn` is absent where no classifier is used.
 */
export function* observe(
  index: LanguageIndex,
  lessons: Lessons,
  learn: Learn | undefined,
  elsewhere: readonly string[],
): Generator<void, Observation[]> {
  const { folds, maxQuestions } = SETTINGS.calibration;
  const questions = lessons.texts.filter(({ question }) => question >= 0);
  const stride = Math.max(1, Math.ceil(questions.length / maxQuestions));
  const seen: Observation[] = [];
  const examiner = new Examiner(index);
  for (let fold = 0; fold < folds; fold++) {
    const inFold = ({ question }: { question: number }) => question >= 0 && question % folds === fold;
    const trained = learn && (yield* learn(inFold));
    const held = questions.filter(inFold);
    for (let i = 0; i < held.length; i += stride) {
      const text = held[i] as Text;
      // Between two steps an editor may have withdrawn the entry.
      if (index.alive[text.slot] === 1) seen.push(...examiner.examine(text, trained));
      if (i % 8 === 0) yield;
    }
    for (let i = fold; i < elsewhere.length; i += folds)
      seen.push(...examiner.examineElsewhere(elsewhere[i] as string, trained));
    yield;
  }
  return seen;
}
