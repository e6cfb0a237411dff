import { BagStore } from './bags.ts';
import type { Calibration } from './calibrate.ts';
import { Classifier } from './classifier.ts';
import { arrayOf, ContainerError, type Packable, type Packed } from './container.ts';
import { Held } from './held.ts';
import { LanguageIndex } from './language-index.ts';
import type { Trained } from './ranker.ts';
import type { Rewrite } from './rewrite.ts';
import { atOnce } from './slices.ts';
import { Vocabulary } from './vocabulary.ts';

/** What a language has learned: absent parts were never learned. */
export type Learned = { index: LanguageIndex; calibration: Calibration | undefined };

type EntryRow = [
  id: string,
  digest: string,
  asked: string,
  title: number,
  questions: number,
  body: number,
  first: number,
];
type Meta = {
  totalLength: number;
  calibration: Calibration | null;
  classifier: { classes: number; scale: number } | null;
};

/** An index and what it has learned, as plain data. Withdrawn entries are left out; their terms stay. */
export function freeze({ index, calibration }: Learned): Packable {
  const slots = index.held.flatMap((held, slot) => (held ? [slot] : []));
  const rows = slots.map((slot) => {
    const { entryId, digest, asked, sizes, first } = index.held[slot] as Held;
    const row: EntryRow = [entryId, digest, asked, sizes.title, sizes.questions, sizes.body, first];
    return JSON.stringify(row);
  });
  const entries = new Uint8Array(Buffer.from(rows.join('\n')));
  const { bytes, starts } = index.bags.arrays;
  const hashes = index.vocabulary.hashes.subarray(0, index.vocabulary.size);
  const { trained } = index;
  const known = trained?.classifier.parts;
  const { start, postings, totalLength } = (index.bm25.isSettled ? index : settled(index)).bm25.totals;
  const meta: Meta = {
    totalLength,
    calibration: calibration ?? null,
    classifier: known ? { classes: known.classes, scale: known.scale } : null,
  };
  const classOf = Int32Array.from(slots, (slot) => trained?.classOf[slot] ?? -1);
  return {
    meta,
    arrays: {
      ...{ entries, hashes, bags: bytes, bagStarts: starts, start, postings, classOf },
      ...(known && { rows: known.rows, importance: known.importance, weights: known.weights }),
    },
  };
}

/** The same entries one after the other, without gaps and all in the base. */
function settled({ vocabulary, bags, held }: LanguageIndex): LanguageIndex {
  const living = held.filter((one) => one !== undefined);
  return atOnce(LanguageIndex.restore({ vocabulary, bags, held: living, totals: undefined }));
}

/** The reverse, in steps. @throws ContainerError */
export function* thaw(packed: Packed, rewrite: Rewrite): Generator<void, Learned> {
  const { totalLength, calibration, classifier } = packed.meta as Meta;
  const hashes = arrayOf(packed, 'hashes', Int32Array);
  const bags = new BagStore({
    bytes: arrayOf(packed, 'bags', Uint8Array),
    starts: arrayOf(packed, 'bagStarts', Int32Array),
  });
  yield;
  const vocabulary = yield* Vocabulary.of(hashes);
  yield;
  const held: Held[] = [];
  for (const line of linesOf(arrayOf(packed, 'entries', Uint8Array))) {
    const [entryId, digest, asked, title, questions, body, first] = JSON.parse(line) as EntryRow;
    held.push(new Held(bags, { entryId, digest, asked, sizes: { title, questions, body }, first }));
    if (held.length % 64 === 0) yield;
  }
  const [start, postings] = [arrayOf(packed, 'start', Int32Array), arrayOf(packed, 'postings', Uint32Array)];
  const totals = { start, postings, totalLength };
  const index = yield* LanguageIndex.restore({ vocabulary, bags, held, totals }, rewrite);
  if (classifier) index.trained = thawClassifier(packed, classifier, held.length);
  return { index, calibration: calibration ?? undefined };
}

/** Line by line: all of them at once would hold others up. */
function* linesOf(bytes: Uint8Array): Generator<string> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf(0x0a, from);
    const to = found < 0 ? text.length : found;
    yield text.toString('utf8', from, to);
    from = to + 1;
  }
}

function thawClassifier(
  packed: Packed,
  { classes, scale }: NonNullable<Meta['classifier']>,
  entries: number,
): Trained {
  const classOf = arrayOf(packed, 'classOf', Int32Array);
  if (classOf.length !== entries) throw new ContainerError('classes and entries differ');
  const classifier = Classifier.of({
    ...{ classes, scale },
    rows: arrayOf(packed, 'rows', Int32Array),
    importance: arrayOf(packed, 'importance', Float32Array),
    weights: arrayOf(packed, 'weights', Float32Array),
  });
  return { classifier, classOf, logits: new Float32Array(classes) };
}
