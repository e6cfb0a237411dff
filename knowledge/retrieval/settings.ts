/**
 * Settings of retrieval, chosen on leave-one-out over similar questions and on files named as validation; the
 * exceptions and what each setting is worth stand in docs/RETRIEVAL.md.
 * `kinds` are weights by kind of term, in the order of analyse.ts KIND.
 */
export const SETTINGS = {
  bm25: { k1: 2, b: 0.6, fields: [2, 1, 0.5], kinds: [2, 1, 1.5, 0.5, 0.3] },
  classifier: {
    kinds: [1.5, 1, 1, 0.7, 0.4],
    /** rare terms matter more, but far less than in BM25: the weights learn the rest */
    idfPower: 0.25,
    scale: 4,
    rate: 1,
    epochs: 4,
    bodyEpochs: 1,
    /** how many other entries a text is told from */
    rivals: 64,
    /** z-score of the classifier against that of BM25 */
    weight: 1.25,
    /** above this many weights (terms × entries) the lexical part works alone */
    maxWeights: 60_000_000,
  },
  calibration: {
    folds: 3,
    /** share of questions that nothing answers, assumed when thresholds are chosen */
    unknownShare: 0.25,
    /** at most this many held-out questions are looked at */
    maxQuestions: 600,
    /** fitted on clinc150/queries_val: what a few held-out questions cannot teach, drawn on by `ridge` */
    prior: { first: [0, 0.2, 0.8, 1, 0.3, -0.4, 0.4], among: [0, 0.7, 0, 1.1, 0.3, -0.6, 0.5] },
    ridge: 0.1,
    /** what a wrong answer spoils and a useless choice, when a right one is worth 1 */
    wrongAnswerCost: 1,
    uselessChoiceCost: 0.25,
    /** a bare word (套餐, bill) names a field, not a question: nearly certain, or better asked back */
    bareWordFrom: 0.8,
  },
} as const;
