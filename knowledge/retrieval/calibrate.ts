import type { Observation } from './held-out.ts';
import { type Example, fitLogistic, type Logistic, probability } from './logistic.ts';
import { SETTINGS } from './settings.ts';
import { SIGNS } from './signals.ts';

/** How sure (0–1): that one of the first three hits answers, and that the first one does. */
export type Confidence = { found: number; first: number };

/** Models of "one of the first three answers" and, where an answer exists, "it is the first". */
export type Calibration = { found: Logistic; first: Logistic };

function examplesOf(seen: Observation[], positive: (o: Observation) => boolean): Example[] {
  const { shares } = SETTINGS.calibration;
  const count = { known: 0, near: 0, far: 0 };
  for (const { asked } of seen) count[asked]++;
  return seen.map((o) => ({
    features: o.signals,
    positive: positive(o),
    weight: (shares[o.asked] * seen.length) / count[o.asked],
  }));
}

/** Fits both models, in steps. */
export function* calibrate(seen: Observation[]): Generator<void, Calibration> {
  const { prior, ridge } = SETTINGS.calibration;
  // An answerable question whose entry was not found looks unanswerable; it would teach that words say little.
  const found = examplesOf(
    seen.filter((o) => o.asked !== 'known' || o.among),
    (o) => o.among,
  );
  const first = examplesOf(
    seen.filter((o) => o.asked === 'known'),
    (o) => o.first,
  );
  return {
    found: yield* fitLogistic(found, SIGNS, prior.found, ridge),
    first: yield* fitLogistic(first, SIGNS, prior.first, ridge),
  };
}

export function confidence(calibration: Calibration, signals: readonly number[]): Confidence {
  const found = probability(calibration.found, signals);
  return { found, first: found * probability(calibration.first, signals) };
}

/** Stands in until the first training: coverage alone decides, strictly. */
export const LEXICAL_ONLY: Calibration = (() => {
  const weights = SIGNS.map((_, i) => (i === 0 ? 10 : 0));
  const model = { mean: weights.map(() => 0), deviation: weights.map(() => 1), weights };
  return { found: { ...model, bias: -1.5 }, first: { ...model, bias: -4 } };
})();
