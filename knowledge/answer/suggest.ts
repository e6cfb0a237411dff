import type { Cited, Reply } from '../reply.ts';
import { normalise } from '../retrieval/analyse.ts';
import type { Model } from './model.ts';

/** What an editor has before them: the entry as it would be published. */
export interface SuggestFor {
  id: string;
  language: 'zh' | 'en';
  title: string;
  body: string;
  questions: readonly string[];
}

/** A similar question 相似问 that the model wrote. It becomes part of the entry only if an editor takes it. */
export interface Suggestion {
  text: string;
  /** It says what is there already. */
  known: boolean;
  /** Asked today, it is answered by this other entry: taken here, it would stand between the two. */
  other: Pick<Cited, 'id' | 'title'> | null;
}

const MOST = 10;
/** As long as a question may be in an entry. */
const LONGEST = 200;

/** @throws ModelError */
export async function suggestQuestions(
  model: Model,
  entry: SuggestFor,
  ask: (question: string) => Reply,
  signal: AbortSignal,
): Promise<Suggestion[]> {
  const written = await model.suggest(entry, signal);
  const known = new Set([entry.title, ...entry.questions].map(bare));
  const seen = new Set<string>();
  return written
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter(
      (text) =>
        bare(text) !== '' && [...text].length <= LONGEST && !seen.has(bare(text)) && seen.add(bare(text)),
    )
    .slice(0, MOST)
    .map((text) => ({ text, known: known.has(bare(text)), other: otherFor(ask(text), entry.id) }));
}

/** Two questions are one if only punctuation, case or script tell them apart. */
const bare = (text: string) => normalise(text).replace(/[^\p{L}\p{N}]+/gu, '');

function otherFor(reply: Reply, id: string): Suggestion['other'] {
  if (reply.outcome !== 'answer' || reply.entry.id === id) return null;
  return { id: reply.entry.id, title: reply.entry.title };
}
