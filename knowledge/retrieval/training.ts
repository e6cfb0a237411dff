import { kindOf } from './analyse.ts';
import { Classifier, type Sample } from './classifier.ts';
import { Top } from './fusion.ts';
import type { Held } from './held.ts';
import type { LanguageIndex } from './language-index.ts';
import type { Trained } from './ranker.ts';
import { SETTINGS } from './settings.ts';
import type { Bag } from './vocabulary.ts';

const NONE = new Int32Array(0);

const TITLE = -1;
const BODY = -2;

/** One text of an entry that teaches the classifier. `question` numbers the similar questions; below 0: another field. */
export type Text = Sample & { slot: number; question: number };

/**
 * The living entries as classes, with their titles, similar questions and sentences of the body; where these are too
 * many for the classifier, with as many questions as calibration looks at.
 */
export type Lessons = {
  texts: Text[];
  classOf: Int32Array;
  classes: number;
  isTaught: boolean;
};

/** Collects the lessons, in steps. Sorted by id, so that the same knowledge always learns the same, whatever its history. */
export function* lessonsOf(index: LanguageIndex): Generator<void, Lessons> {
  const classOf = new Int32Array(index.held.length).fill(-1);
  const texts: Text[] = [];
  // An entry of body alone teaches nothing about how customers ask; its lexical score stands in.
  const asked = [...index.held.entries()]
    .filter((one): one is [number, Held] => one[1] !== undefined && !one[1].isBodyOnly)
    .sort(([, a], [, b]) => (a.entryId < b.entryId ? -1 : 1));
  asked.forEach(([slot], label) => {
    classOf[slot] = label;
  });
  const scores = new Float32Array(classOf.length);
  const isTaught = asked.length > 1 && fits(index, asked.length);
  const total = asked.reduce((sum, [, { sizes }]) => sum + sizes.questions, 0);
  const stride = isTaught ? 1 : Math.max(1, Math.ceil(total / SETTINGS.calibration.maxQuestions));
  let number = 0;
  for (const [label, [slot, held]] of asked.entries()) {
    const add = (bag: Bag, question: number) => {
      const rivals = isTaught ? rivalsOf(index, bag, slot, classOf, scores) : NONE;
      texts.push({ label, bag, slot, question, rivals });
    };
    if (isTaught) for (const bag of held.body) add(bag, BODY);
    if (isTaught) for (const bag of held.title) add(bag, TITLE);
    for (let i = 0; i < held.sizes.questions; i++) if (number++ % stride === 0) add(held.question(i), i);
    yield;
  }
  return { texts, classOf, classes: asked.length, isTaught };
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

const fits = (index: LanguageIndex, classes: number): boolean =>
  classes * index.vocabulary.size <= SETTINGS.classifier.maxWeights;

/** A classifier that has read the bodies only: the ground that every fold learns its questions on. */
function* readBodies(index: LanguageIndex, { texts, classes }: Lessons): Generator<void, Classifier> {
  const { scale, rate, bodyEpochs } = SETTINGS.classifier;
  const blank = Classifier.blank(texts, classes, index.vocabulary.size, termWeights(index, texts), scale);
  yield;
  const bodies = texts.filter(({ question }) => question === BODY);
  yield* blank.train(bodies, { epochs: bodyEpochs, rate });
  return blank;
}

/** Teaches titles and similar questions, all or a fold's, to a copy of a classifier that has read the bodies. */
function* learnQuestions(
  ground: Classifier,
  lessons: Lessons,
  leftOut?: (text: Text) => boolean,
): Generator<void, Trained> {
  const { rate, epochs } = SETTINGS.classifier;
  const classifier = ground.clone();
  yield;
  const texts = lessons.texts.filter((text) => text.question !== BODY && !leftOut?.(text));
  yield* classifier.train(texts, { epochs, rate });
  return { classifier, classOf: lessons.classOf.slice(), logits: new Float32Array(lessons.classes) };
}

/** What has read all titles and similar questions, or all but a fold's. */
export type Learn = (leftOut?: (text: Text) => boolean) => Generator<void, Trained>;

/** How this knowledge is to be learned; undefined if its words alone must do. In steps. */
export function* teacherOf(index: LanguageIndex, lessons: Lessons): Generator<void, Learn | undefined> {
  if (!lessons.isTaught) return undefined;
  const ground = yield* readBodies(index, lessons);
  return (leftOut) => learnQuestions(ground, lessons, leftOut);
}
