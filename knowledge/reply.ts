/** An entry 知识条目 as it may be cited: its approved wording, variables filled in. */
export interface Cited {
  id: string;
  title: string;
  language: 'zh' | 'en';
  /** Approved wording in the small Markdown that channels know; `short` is the wording for SMS. */
  body: string;
  short: string;
  /** Starts something besides answering: `form:complaint`, `handoff`, `menu:main`, `ticket-status` … */
  action: string | null;
  /** Last valid day (YYYY-MM-DD), if it ends. */
  validTo: string | null;
}

/**
 * An answer written from several entries' wording, every sentence checked against the entry that it cites.
 * `short` is there if it is short enough for SMS.
 */
export interface Composed {
  text: string;
  short?: string;
  /** All that are cited, in the order of the sentences; the first is the reply's `entry`. */
  entryIds: string[];
}

/**
 * The three honest outcomes, and the fourth that isn't one of them: an offer that has ended, whose wording is not shown.
 * `asked` is there if the question was completed from the conversation: what was looked for instead.
 */
export type Reply = { score: number; asked?: string } & (
  | { outcome: 'answer'; entry: Cited; composed?: Composed }
  | { outcome: 'choices'; entries: Cited[] }
  | { outcome: 'expired'; entry: Pick<Cited, 'id' | 'title' | 'language'>; endedOn: string }
  | { outcome: 'unknown'; nearestId: string | null }
);

/** A question with what was said before it, oldest first. */
export interface Asked {
  text: string;
  history?: { author: 'customer' | 'bot'; text: string }[];
  /** The title of the entry that was answered last, unless something else was replied since. */
  topic?: string | undefined;
}

/** When, and in which conversation, something is asked. */
export interface At {
  /** YYYY-MM-DD in the centre's time zone: decides what is valid. */
  today: string;
  /** The conversation's: a text in Latin letters alone, such as "PUK", is asked in it first. English if not known. */
  language?: Cited['language'] | undefined;
}

/** What the rest of the product asks of the knowledge. In memory, but for `remote`: no query, no remote call. */
export interface Knowledge {
  ask(question: string, at: At): Reply;
  /** An entry that is published and valid today; undefined otherwise. */
  cite(id: string, at: Pick<At, 'today'>): Cited | undefined;
  /**
   * Asks other machines too (a language model, a search server); there only if one is configured. Comes back with what
   * `ask` would have said if they fail or take longer than 8 s; never rejects.
   */
  remote?: { ask(question: Asked, at: At, signal: AbortSignal): Promise<Reply> } | undefined;
}
