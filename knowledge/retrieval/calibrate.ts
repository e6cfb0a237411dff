import type { Observation } from './held-out.ts';
import { type Example, fitLogistic, type Logistic } from './logistic.ts';
import { SETTINGS } from './settings.ts';
import { SIGNS } from './signals.ts';

/** Models of "the first hit is right" and "the right one is among three", with the thresholds chosen for them. */
export type Calibration = {
  first: Logistic;
  among: Logistic;
  answerFrom: number;
  choicesFrom: number;
};

function examplesOf(seen: Observation[], positive: (o: Observation) => boolean): Example[] {
  const { unknownShare } = SETTINGS.calibration;
  return seen.map((o) => ({
    features: o.signals,
    positive: positive(o),
    weight: o.known ? 1 - unknownShare : unknownShare,
  }));
}

/** Where the expected gain of a calibrated probability turns positive, if a wrong one costs `cost` right ones. */
const breakEven = (cost: number): number => cost / (1 + cost);

/** Fits both models, in steps. The thresholds follow from what mistakes cost, the models being calibrated. */
export function* calibrate(seen: Observation[]): Generator<void, Calibration> {
  const { prior, ridge, wrongAnswerCost, uselessChoiceCost } = SETTINGS.calibration;
  const first = yield* fitLogistic(
    examplesOf(seen, (o) => o.first),
    SIGNS,
    prior.first,
    ridge,
  );
  const among = yield* fitLogistic(
    examplesOf(seen, (o) => o.among),
    SIGNS,
    prior.among,
    ridge,
  );
  return { first, among, answerFrom: breakEven(wrongAnswerCost), choicesFrom: breakEven(uselessChoiceCost) };
}

/** Stands in until the first training: coverage alone decides, strictly. */
export const LEXICAL_ONLY: Calibration = (() => {
  const weights = SIGNS.map((_, i) => (i === 0 ? 10 : 0));
  const model = { mean: weights.map(() => 0), deviation: weights.map(() => 1), weights };
  return {
    first: { ...model, bias: -4 },
    among: { ...model, bias: -1.5 },
    answerFrom: 0.5,
    choicesFrom: 0.5,
  };
})();
