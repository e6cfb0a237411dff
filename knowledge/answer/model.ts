import type { Cited } from '../reply.ts';

/** How the model is reached; see MODEL_URL, MODEL_NAME and MODEL_KEY. */
export interface ModelSettings {
  url: string;
  name: string;
  /** Many servers in one's own house want none. */
  key?: string | undefined;
}

/** What was said before a question, oldest first. */
export type Said = { author: 'customer' | 'bot'; text: string };

/** An answer as the model wrote it: nothing of it has been checked. */
export interface Written {
  /** False: none of the entries answers the question. */
  fits: boolean;
  sentences: { text: string; entryId: string }[];
}

/** What we ask of a language model. All three throw ModelError, and nothing else. */
export interface Model {
  /** A follow-up as a question that can be understood without what was said before it. */
  rewrite(question: string, history: readonly Said[], signal: AbortSignal): Promise<string>;
  /** An answer from these entries only. */
  compose(question: string, entries: readonly Cited[], signal: AbortSignal): Promise<Written>;
  /** Ways in which customers might ask for an entry. */
  suggest(
    entry: Pick<Cited, 'title' | 'body' | 'language'> & { questions: readonly string[] },
    signal: AbortSignal,
  ): Promise<string[]>;
}

/** How a call of the model ended: the label of `model_calls_total`. */
export type CallOutcome =
  | 'ok'
  | 'rate_limited'
  | 'refused'
  | 'failing'
  | 'timeout'
  | 'unreachable'
  | 'nonsense';

export class ModelError extends Error {
  readonly code: Exclude<CallOutcome, 'ok'>;

  constructor(code: ModelError['code'], options?: ErrorOptions) {
    super(`the model's call ended as ${code}`, options);
    this.code = code;
  }
}
