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

/** The three honest outcomes, and the fourth that isn't one of them: an offer that has ended, whose wording is not shown. */
export type Reply =
  | { outcome: 'answer'; score: number; entry: Cited }
  | { outcome: 'choices'; score: number; entries: Cited[] }
  | { outcome: 'expired'; score: number; entry: Pick<Cited, 'id' | 'title' | 'language'>; endedOn: string }
  | { outcome: 'unknown'; score: number; nearestId: string | null };

/** A question as it is asked of something outside of the process. */
export interface RemoteQuestion {
  text: string;
  /** What was said before, oldest first. */
  history?: { author: 'customer' | 'bot'; text: string }[];
}

/** What the rest of the product asks of the knowledge. In memory, but for `remote`: no query, no remote call. */
export interface Knowledge {
  /** `today` (YYYY-MM-DD) in the centre's time zone decides what is valid. */
  ask(question: string, at: { today: string }): Reply;
  /** An entry that is published and valid today; undefined otherwise. */
  cite(id: string, at: { today: string }): Cited | undefined;
  /** There only if something outside helps to answer. When that fails, the answer is the one of `ask`: never throws. */
  remote?:
    | { ask(question: RemoteQuestion, at: { today: string }, signal: AbortSignal): Promise<Reply> }
    | undefined;
}
