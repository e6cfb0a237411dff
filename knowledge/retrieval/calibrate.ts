import type { Observation } from './held-out.ts';
import { type Example, fitLogistic, type Logistic, probability } from './logistic.ts';
import { SETTINGS } from './settings.ts';
import { SIGNS } from './signals.ts';

/** How sure: that some entry answers, that the first hit does, that one of the first three does (0–1 each). */
export type Confidence = { known: number; first: number; among: number };

/** A model of "some entry answers", and two of what is then found: "the first hit is right", "one of three is". */
export type Calibration = { known: Logistic; first: Logistic; among: Logistic };

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

/** Fits the three models, in steps. */
export function* calibrate(seen: Observation[]): Generator<void, Calibration> {
  const { prior, ridge } = SETTINGS.calibration;
  const answerable = seen.filter((o) => o.asked === 'known');
  const model = (some: Observation[], positive: (o: Observation) => boolean, weights: readonly number[]) =>
    fitLogistic(examplesOf(some, positive), SIGNS, weights, ridge);
  return {
    known: yield* model(seen, (o) => o.asked === 'known', prior.known),
    first: yield* model(answerable, (o) => o.first, prior.first),
    among: yield* model(answerable, (o) => o.among, prior.among),
  };
}

export function confidence({ known, first, among }: Calibration, signals: readonly number[]): Confidence {
  const answerable = probability(known, signals);
  return {
    known: answerable,
    first: answerable * probability(first, signals),
    among: answerable * probability(among, signals),
  };
}

/** Stands in until the first training: coverage alone decides, strictly. */
export const LEXICAL_ONLY: Calibration = (() => {
  const weights = SIGNS.map((_, i) => (i === 0 ? 10 : 0));
  const model = { mean: weights.map(() => 0), deviation: weights.map(() => 1), weights };
  const certain = { ...model, weights: weights.map(() => 0), bias: 20 };
  return { known: { ...model, bias: -1.5 }, first: { ...model, bias: -4 }, among: certain };
})();
