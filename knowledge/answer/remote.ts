import { setImmediate as giveWay } from 'node:timers/promises';
import type { Asked, At, Cited, Reply } from '../reply.ts';
import { checkingClaims, type Fault, type Verdict } from './check.ts';
import { askInContext } from './follow-up.ts';
import type { Model, Written } from './model.ts';

/** What was found for a question: what would be replied without a model, and the entries that may answer, best first. */
export interface Finding {
  reply: Reply;
  /** Published and valid today. */
  entries: Cited[];
}

export interface AnsweringParts {
  model: Model;
  /** The embedded decision: what stands whenever anything fails. */
  ask(question: string, at: At): Reply;
  /** The best entries for a question, from whichever index serves. */
  find(question: string, at: At, signal: AbortSignal): Promise<Finding>;
  /** Told of every sentence that the model wrote, and whether it may be sent. */
  onVerdict?(fault: Fault | 'none'): void;
  /** How long a customer may wait, in milliseconds. */
  budgetMs?: number;
}

const BUDGET_MS = 8_000;
/** A short message holds this many characters. */
const SHORT = 140;
const MOST_SENTENCES = 12;
/** What these entries lead to is told by the bot itself, from the centre's own state. */
const SPOKEN_BY_THE_BOT = /^(?:menu:|ticket-status|handoff)/;

/**
 * Answers with a model's help. It comes back with the embedded decision if the model fails, takes too long, or writes
 * nothing that its sources carry: no customer notices that there is a model, except by better answers.
 */
export class ModelAnswers {
  readonly #parts: AnsweringParts;

  constructor(parts: AnsweringParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  async ask(question: Asked, at: At, signal: AbortSignal): Promise<Reply> {
    const { ask, budgetMs = BUDGET_MS } = this.#parts;
    const approved = askInContext(question, (text) => ask(text, at));
    // An offer that ended is said to have ended: another one in its place would be an answer to another question.
    if (approved.outcome === 'expired') return approved;
    const late = AbortSignal.any([signal, AbortSignal.timeout(budgetMs)]);
    const written = this.#answer(question, approved, at, late).catch(() => approved);
    return Promise.race([written, aborted(late).then(() => approved)]);
  }

  async #answer(question: Asked, approved: Reply, at: At, signal: AbortSignal): Promise<Reply> {
    const asked = await this.#standalone(question, approved, signal);
    const found = await this.#parts.find(asked, at, signal);
    const reply = asked === question.text ? found.reply : { ...found.reply, asked };
    if (reply.outcome === 'expired' || found.entries.length === 0) return reply;
    if (reply.outcome === 'answer' && isSpokenByTheBot(reply.entry)) return reply;
    const written = await this.#parts.model.compose(asked, found.entries, signal);
    return this.#checked(written, reply, found.entries);
  }

  /** A question that leans on the ones before it is completed by the model, or by rule if that fails. */
  async #standalone({ text, history = [] }: Asked, approved: Reply, signal: AbortSignal): Promise<string> {
    const byRule = approved.asked ?? text;
    if (history.length === 0 || (approved.outcome === 'answer' && !approved.asked)) return byRule;
    return this.#parts.model.rewrite(text, history, signal).catch((error) => {
      if (signal.aborted) throw error;
      return byRule;
    });
  }

  async #checked(written: Written, reply: Reply, entries: readonly Cited[]): Promise<Reply> {
    if (!written.fits || written.sentences.length === 0) return doubted(reply, entries);
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    const verdicts = await gently(
      checkingClaims(written.sentences.slice(0, MOST_SENTENCES), (id) => byId.get(id)),
    );
    for (const { fault } of verdicts) this.#parts.onVerdict?.(fault ?? 'none');
    const kept = verdicts.filter(({ fault }) => fault === undefined);
    const entry = byId.get(kept[0]?.entryId ?? '');
    // What answers badly is left to the approved wording, of whatever would have been said without the model.
    if (!entry) return reply;
    const { score, asked } = reply;
    const base = { outcome: 'answer' as const, score, entry, ...(asked !== undefined && { asked }) };
    return isSpokenByTheBot(entry) ? base : { ...base, composed: composed(kept, entry.language) };
  }
}

/** Other conversations go on between two sentences. */
async function gently<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await giveWay();
  }
}

const isSpokenByTheBot = ({ action }: Cited) => action !== null && SPOKEN_BY_THE_BOT.test(action);

/** The index would answer and the model says that nothing fits: the customer is asked which. */
function doubted(reply: Reply, entries: readonly Cited[]): Reply {
  const few = entries.slice(0, 3);
  if (reply.outcome !== 'answer' || few.length < 2) return reply;
  const { score, asked } = reply;
  return { outcome: 'choices', score, entries: few, ...(asked !== undefined && { asked }) };
}

function composed(kept: readonly Verdict[], language: Cited['language']) {
  const sentences = kept.map(({ text }) =>
    ended(text.replace(/\s+/g, ' ').replace(/\*\*/g, '').trim(), language),
  );
  const text = sentences.join(language === 'zh' ? '' : ' ');
  const entryIds = [...new Set(kept.map(({ entryId }) => entryId))];
  return { text, ...(text.length <= SHORT && { short: text }), entryIds };
}

const ended = (sentence: string, language: Cited['language']) =>
  /[。！？!?.;；…]$/.test(sentence) ? sentence : `${sentence}${language === 'zh' ? '。' : '.'}`;

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
