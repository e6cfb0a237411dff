import type { Decision, Hit } from '../retrieval/index.ts';
import type { Question } from './files.ts';

/** What the index said to one question, and how long it took (milliseconds). */
export type Asked = { question: Question; hits: Hit[]; decision: Decision; ms: number };

/** Rates are percentages with one decimal; null where the questions have nothing to measure it on. */
export type Report = {
  r1: number | null;
  r5: number | null;
  mrr10: number | null;
  /** of the score that decides to answer, answerable against unanswerable */
  auroc: number | null;
  aurocNear: number | null;
  aurocFar: number | null;
  /** answers over all questions */
  answered: number;
  /** answers that are wrong or should not exist, over all answers */
  wrong: number | null;
  /** answerable questions met with "I don't know", over the answerable */
  refused: number | null;
  /** unanswerable questions met with "I don't know", over the unanswerable: the honest ones */
  declined: number | null;
  /** choices over all questions, and how often the right entry was among them where one exists */
  choices: number;
  choicesRight: number | null;
  /** answerable questions answered rightly or with the right entry among the choices */
  rightOrOffered: number | null;
};

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((1000 * part) / whole) / 10;
}

const isGold = (question: Question, hit: Hit | undefined): boolean =>
  hit !== undefined && question.gold.includes(hit.entryId);

function rankOf({ question, hits }: Asked): number {
  const at = hits.findIndex((hit) => isGold(question, hit));
  return at < 0 ? Number.POSITIVE_INFINITY : at + 1;
}

/** Area under the ROC curve by ranks (Mann–Whitney), ties counted half. */
export function auroc(positive: number[], negative: number[]): number | null {
  if (positive.length === 0 || negative.length === 0) return null;
  const all = [
    ...positive.map((score) => ({ score, good: true })),
    ...negative.map((score) => ({ score, good: false })),
  ];
  all.sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.score === all[from]?.score) to++;
    const meanRank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) if (all[i]?.good) rankSum += meanRank;
    from = to;
  }
  const wins = rankSum - (positive.length * (positive.length + 1)) / 2;
  return percent(wins, positive.length * negative.length);
}

export function measure(asked: Asked[]): Report {
  const inside = asked.filter(({ question }) => question.gold.length > 0);
  const outside = asked.filter(({ question }) => question.gold.length === 0);
  const scores = (some: Asked[]) => some.map(({ decision }) => decision.score);
  const away = (kind: string) => scores(outside.filter(({ question }) => question.kind === kind));
  const of = (some: Asked[], outcome: Decision['outcome']) =>
    some.filter(({ decision }) => decision.outcome === outcome);
  const right = of(inside, 'answer').filter(({ question, decision }) => isGold(question, decision.hits[0]));
  const offered = of(inside, 'choices').filter(({ question, decision }) =>
    decision.hits.some((hit) => isGold(question, hit)),
  );
  const answers = of(asked, 'answer').length;
  const within = (rank: number) => inside.filter((one) => rankOf(one) <= rank).length;
  const reciprocal = inside.reduce((sum, one) => sum + (rankOf(one) <= 10 ? 1 / rankOf(one) : 0), 0);
  return {
    r1: percent(within(1), inside.length),
    r5: percent(within(5), inside.length),
    mrr10: percent(reciprocal, inside.length),
    auroc: auroc(scores(inside), scores(outside)),
    aurocNear: auroc(scores(inside), away('near')),
    aurocFar: auroc(scores(inside), away('far')),
    answered: percent(answers, asked.length) ?? 0,
    wrong: percent(answers - right.length, answers),
    refused: percent(of(inside, 'unknown').length, inside.length),
    declined: percent(of(outside, 'unknown').length, outside.length),
    choices: percent(of(asked, 'choices').length, asked.length) ?? 0,
    choicesRight: percent(offered.length, of(inside, 'choices').length),
    rightOrOffered: percent(right.length + offered.length, inside.length),
  };
}

/** The value below which `share` of the values lie (nearest rank). */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
