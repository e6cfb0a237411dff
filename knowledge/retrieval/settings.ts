/**
 * Settings of retrieval, chosen on leave-one-out over similar questions and on files named as validation; the
 * exceptions and what each setting is worth stand in docs/RETRIEVAL.md.
 * `kinds` are weights by kind of term, in the order of analyse.ts KIND.
 */
export const SETTINGS = {
  /** for entries that carry titles and similar questions, chosen on leave-one-out */
  bm25: { k1: 2, b: 0.6, fields: [2, 1, 0.5], kinds: [2, 1, 1.5, 0.5, 0.3, 2, 0.3, 0.7] },
  /** for knowledge that is mostly bodies alone, chosen by asking passages for clauses taken from them */
  passages: { k1: 0.8, b: 0.7, fields: [2, 1, 0.5], kinds: [0.7, 1, 1.5, 0.5, 0.3, 0, 0.9, 0] },
  classifier: {
    kinds: [1.5, 1, 1, 0.5, 0.4, 1.5, 0, 0.7],
    /** rare terms matter more, but far less than in BM25: the weights learn the rest */
    idfPower: 0.25,
    scale: 4,
    rate: 1,
    epochs: 4,
    bodyEpochs: 3,
    /** how many other entries a text is told from */
    rivals: 64,
    /** z-score of the classifier against that of BM25 */
    weight: 1.25,
    /** above this many weights (terms × entries) the lexical part works alone */
    maxWeights: 16_000_000,
  },
  calibration: {
    folds: 3,
    /** shares of questions that something answers and that nothing does, assumed when thresholds are chosen */
    shares: { known: 0.7, near: 0.2, far: 0.1 },
    /** at most this many held-out questions are looked at */
    maxQuestions: 600,
    /** means of what leave-one-out teaches on many knowledges: few held-out questions are drawn to them by `ridge` */
    prior: {
      found: [0.5, 0.35, 0, 0.25, 0.45, 0.35, -0.45, 0.1],
      first: [0, 0.3, 0.8, 0.8, 0.1, 0.3, 0, 0.1],
    },
    ridge: 0.02,
    /** a wrong answer spoils a little more than a right one gains; three useless titles to read, half of it */
    answerFrom: 0.55,
    choicesFrom: 0.4,
    /** a bare word (套餐, bill) names a field, not a question: nearly certain, or better asked back */
    bareWordFrom: 0.8,
  },
} as const;
