/** 条目 What retrieval knows of a knowledge entry; wording variables are rendered before it comes here. */
export type Entry = {
  id: string;
  language: Language;
  title: string;
  /** 相似问 other ways in which customers ask for this entry */
  questions: string[];
  /** markdown */
  body: string;
};

export type Language = 'zh' | 'en';

/** One entry found. `score` only orders hits of one search; it is not comparable between searches. */
export type Hit = { entryId: string; score: number };

/**
 * 三种结果 The three honest outcomes. `score` is the estimated probability (0–1) that one of the first
 * three hits answers the question; hits are the one to answer with, the 2–3 to choose from, or the best guesses when unknown.
 */
export type Decision = { outcome: 'answer' | 'choices' | 'unknown'; hits: Hit[]; score: number };

export type SearchOptions = {
  /** how many hits at most (default 5) */
  limit?: number;
  /** leaves entries out, e.g. of another region */
  filter?: (entryId: string) => boolean;
  /** the conversation's language, if known; a text with Chinese characters is asked in Chinese whatever this says */
  language?: Language;
};
