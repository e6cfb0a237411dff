import type { Cited } from '../reply.ts';
import { strangeFigure } from './figures.ts';
import { flips } from './polarity.ts';
import { type Quantity, quantitiesOf, sameQuantity } from './quantities.ts';
import { nearest, type Passage, type Source, sourceOf, twins } from './source.ts';
import { conditionIn, leansOnPrevious, unfounded } from './weighty.ts';
import {
  clausesOf,
  contentWords,
  plain,
  sentencesOf,
  support,
  type Vocabulary,
  vocabularyOf,
} from './words.ts';

/** A sentence as the model wrote it, with the id of the entry that it cites. */
export interface Claim {
  text: string;
  entryId: string;
}

/** Why a sentence may not be sent. */
export type Fault =
  | 'empty'
  | 'uncited'
  | 'link'
  | 'language'
  | 'figure'
  | 'name'
  | 'promise'
  | 'negation'
  | 'condition'
  | 'claim'
  | 'leaning';

export interface Verdict extends Claim {
  /** undefined: it may be sent. */
  fault?: Fault;
  /** What was not found in the source, for the log: a number, a word. */
  about?: string;
}

/**
 * Compares every sentence with the approved wording that it cites. No model, no memory: the same sentences and entries
 * give the same verdicts.
 * @param cite the entries that were retrieved and are valid today; undefined for all others
 */
export function checkClaims(claims: readonly Claim[], cite: (id: string) => Cited | undefined): Verdict[] {
  const checking = checkingClaims(claims, cite);
  for (;;) {
    const step = checking.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of a sentence each, a few milliseconds, for whoever has others waiting. */
export function* checkingClaims(
  claims: readonly Claim[],
  cite: (id: string) => Cited | undefined,
): Generator<void, Verdict[]> {
  const sources = new Map<string, Source>();
  const verdicts: Verdict[] = [];
  for (const claim of claims) {
    const entry = cite(claim.entryId);
    const source = entry && (sources.get(entry.id) ?? sourceOf(entry));
    if (source) sources.set(claim.entryId, source);
    const found: Finding = source ? faultOf(claim.text, source) : { fault: 'uncited', about: claim.entryId };
    verdicts.push({ ...claim, ...found });
    yield;
  }
  // A sentence that falls may take along another whose condition it said.
  for (let kept = Number.POSITIVE_INFINITY; sendable(verdicts) < kept; ) {
    kept = sendable(verdicts);
    for (const verdict of verdicts) {
      dropWithoutCondition(verdict, verdicts, sources);
      yield;
    }
    dropDanglers(verdicts);
  }
  return verdicts;
}

const sendable = (verdicts: readonly Verdict[]) => verdicts.filter(({ fault }) => fault === undefined).length;

type Finding = Pick<Verdict, 'fault' | 'about'>;

/** The first fault of a text against one source. What may look like markup is no sentence of ours. */
export function faultOf(text: string, source: Source): Finding {
  if (!/[\p{L}\p{N}]/u.test(text)) return { fault: 'empty' };
  const link =
    /\]\(|[<>]|[a-z]+:\/\/[\w.\-/?=&%#:@]+|www\.[\w.\-/?=&%#:]+|[\w.-]+@[\w-]+\.\w+|\b[a-z0-9-]+\.(?:com|cn|net|org|top|xyz|io|app|shop)\b[\w\-/?=&%#:]*/i.exec(
      text,
    )?.[0];
  if (link && !(/^[\w:/.@?=&%#-]+$/.test(link) && source.text.includes(link.toLowerCase())))
    return { fault: 'link', about: link };
  if (isHan(text) !== (source.language === 'zh')) return { fault: 'language' };
  for (const sentence of sentencesOf(plain(text))) {
    const found = faultOfSentence(sentence, source);
    if (found.fault) return found;
  }
  return {};
}

const isHan = (text: string) => /\p{sc=Han}/u.test(text);

function faultOfSentence(sentence: string, source: Source): Finding {
  const closest = nearest(vocabularyOf(sentence), source.passages, 0.8);
  const figure = strangeFigure(sentence, source, closest);
  if (figure) return { fault: 'figure', about: figure };
  const name = strangeName(sentence, source);
  if (name) return { fault: 'name', about: name };
  const near = nearest(vocabularyOf(sentence), source.passages);
  const whole = support(sentence, source.words);
  if (whole.share < 0.72) return { fault: 'claim', about: sentence };
  if (near.length === 0) return { fault: 'claim', about: sentence };
  const alike = twins(
    sentence,
    source.passages.map(({ text }) => text),
  );
  if (alike.length > 0 && flips(sentence, alike)) return { fault: 'negation', about: sentence };
  const weighty = unfounded(sentence, closest.map(({ text }) => text).join('\n'), source.text);
  if (weighty) return { fault: 'promise', about: weighty };
  for (const clause of clausesOf(sentence)) {
    const found = faultOfClause(clause, near, source);
    if (found.fault) return found;
  }
  return {};
}

function faultOfClause(clause: string, near: readonly Passage[], source: Source): Finding {
  const own = nearest(vocabularyOf(clause), source.passages);
  const around = [...new Set([...own, ...near])];
  const all = support(clause, source.words);
  const local = Math.max(...around.map(({ words }) => support(clause, words).share));
  if (all.longest > 4 || (all.size > 4 && (all.share < 0.6 || local < 0.4)))
    return { fault: 'claim', about: clause };
  const clauses = around.flatMap((p) => p.clauses);
  const same = twins(clause, clauses);
  if (flips(clause, clauses) || (same.length > 0 && flips(clause, same, 1)))
    return { fault: 'negation', about: clause };
  const turned = same.length > 0 ? unfounded(clause, same.join('\n'), same.join('\n')) : undefined;
  // Who may do it is said clause by clause: 「本人」 and 「代办」 stand side by side in an entry.
  return turned && PERSON.test(turned) ? { fault: 'promise', about: turned } : {};
}

const PERSON = /他人|代办|家人|亲属|本人|机主|户主/;

/** Latin words in a Chinese sentence and quoted names stand in the source letter by letter. */
function strangeName(sentence: string, source: Source): string | undefined {
  const quoted = [...sentence.matchAll(/[“"「『《‘]([^”"」』》’]{1,40})[”"」』》’]/g)]
    .flatMap(([, name = '']) => name.split(/[\s\-—–－/]+/))
    .map(squeeze);
  const known = squeeze(source.text);
  const strange = quoted.find((name) => !known.includes(name));
  if (strange || source.language === 'en') return strange;
  return contentWords(sentence).find(
    (word) => !/^(?:gb|mb|kb|g|m|app)$/.test(word) && !source.words.stems.has(word) && !known.includes(word),
  );
}

const squeeze = (text: string) => text.replace(/[\s\-—–“”"「」『』《》‘’'*]/g, '');

/**
 * A rule without its condition is another rule: where the clause beside what was said depends on something, the answer
 * must say that too. What the short wording says without it, the editors have said so themselves.
 */
function dropWithoutCondition(
  verdict: Verdict,
  verdicts: readonly Verdict[],
  sources: ReadonlyMap<string, Source>,
): void {
  const source = sources.get(verdict.entryId);
  if (verdict.fault || !source) return;
  const said = verdicts.filter((v) => !v.fault && v.entryId === verdict.entryId).map((v) => plain(v.text));
  const missing = missingCondition(plain(verdict.text), said.join('\n'), source);
  if (missing) Object.assign(verdict, { fault: 'condition', about: missing } satisfies Finding);
}

function missingCondition(text: string, said: string, source: Source): string | undefined {
  const words = vocabularyOf(said);
  const figures = quantitiesOf(said);
  for (const clause of sentencesOf(text).flatMap(clausesOf)) {
    const [best] = nearest(
      vocabularyOf(clause),
      source.passages.filter(({ from }) => from !== 'title'),
    );
    if (!best || best.from === 'short') continue;
    const scores = best.clauses.map((c) => support(c, vocabularyOf(clause)).share);
    const at = scores.indexOf(Math.max(...scores));
    const beside = [best.clauses[at - 1], best.clauses[at], best.clauses[at + 1]];
    const missing = beside.find((c) => c !== undefined && isMissing(conditionIn(c), words, figures));
    if (missing) return missing;
  }
  return undefined;
}

/** Whether a condition is said too little of; one that is all figures (「满12个月」) by its figures. */
function isMissing(condition: string | undefined, words: Vocabulary, figures: readonly Quantity[]): boolean {
  if (condition === undefined) return false;
  const { share, size } = support(condition, words);
  if (size > 1) return share < 0.7;
  return quantitiesOf(condition).some((q) => !figures.some((said) => sameQuantity(said, q)));
}

/** "But …" after a sentence that was dropped, and the sentence whose "but …" was dropped, say something else alone. */
function dropDanglers(verdicts: Verdict[]): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const [i, verdict] of verdicts.entries()) {
      const next = verdicts[i + 1];
      if (!next || !leansOnPrevious(next.text)) continue;
      if ((verdict.fault === undefined) === (next.fault === undefined)) continue;
      const left = verdict.fault ? next : verdict;
      left.fault = 'leaning';
      changed = true;
    }
  }
}
