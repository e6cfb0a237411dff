/** A logistic model over a few features; features are standardised first. */
export type Logistic = { mean: number[]; deviation: number[]; weights: number[]; bias: number };

export type Example = { features: number[]; positive: boolean; weight: number };

/** In standard deviations. */
const REACH = 2;

/** Beyond what was seen while fitting, more says no more: a single odd match must not outvote all the rest. */
const clamped = (x: number): number => Math.max(-REACH, Math.min(REACH, x));
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Probability that an example with these features is positive. */
export function probability(model: Logistic, features: readonly number[]): number {
  let sum = model.bias;
  for (let i = 0; i < model.weights.length; i++) {
    const x = ((features[i] as number) - (model.mean[i] as number)) / (model.deviation[i] as number);
    sum += (model.weights[i] as number) * clamped(x);
  }
  return sigmoid(sum);
}

function column(examples: Example[], i: number): { mean: number; deviation: number } {
  let [mass, sum, squares] = [0, 0, 0];
  for (const { features, weight } of examples) {
    const x = features[i] as number;
    mass += weight;
    sum += weight * x;
    squares += weight * x * x;
  }
  const mean = mass > 0 ? sum / mass : 0;
  const variance = mass > 0 ? squares / mass - mean * mean : 0;
  return { mean, deviation: variance > 1e-9 ? Math.sqrt(variance) : 1 };
}

/** +1: the feature may only speak for a positive, -1: only against it, 0: either. */
export type Sign = 1 | -1 | 0;

/**
 * Fits by projected gradient descent with momentum, drawn towards `prior` by `ridge`, in steps. Signs are held: what is
 * known beforehand (more coverage is never worse) keeps few examples from teaching the opposite by chance.
 */
export function* fitLogistic(
  examples: Example[],
  signs: readonly Sign[],
  prior: readonly number[],
  ridge: number,
  rounds = 200,
): Generator<void, Logistic> {
  const width = signs.length;
  const columns = signs.map((_, i) => column(examples, i));
  const [mean, deviation] = [columns.map((c) => c.mean), columns.map((c) => c.deviation)];
  const model: Logistic = { mean, deviation, weights: [...prior], bias: 0 };
  const rows = new Float64Array(examples.length * width);
  examples.forEach(({ features }, r) => {
    for (let i = 0; i < width; i++) {
      rows[r * width + i] = clamped(
        ((features[i] as number) - (mean[i] as number)) / (deviation[i] as number),
      );
    }
  });
  const speed = new Float64Array(width + 1);
  for (let round = 0; round < rounds; round++) {
    const gradient = gradientOf(model, rows, examples);
    for (let i = 0; i <= width; i++) {
      const pull = i < width ? ridge * ((model.weights[i] as number) - (prior[i] as number)) : 0;
      speed[i] = 0.9 * (speed[i] as number) - 0.5 * ((gradient[i] as number) + pull);
      if (i === width) model.bias += speed[i] as number;
      else {
        const sign = signs[i] as Sign;
        const free = (model.weights[i] as number) + (speed[i] as number);
        model.weights[i] = sign === 0 ? free : sign * Math.max(0, sign * free);
      }
    }
    if (round % 8 === 0) yield;
  }
  return model;
}

function gradientOf(model: Logistic, rows: Float64Array, examples: Example[]): Float64Array {
  const width = model.weights.length;
  const gradient = new Float64Array(width + 1);
  let mass = 0;
  for (let r = 0; r < examples.length; r++) {
    const { positive, weight } = examples[r] as Example;
    let sum = model.bias;
    for (let i = 0; i < width; i++) sum += (model.weights[i] as number) * (rows[r * width + i] as number);
    const error = weight * (sigmoid(sum) - (positive ? 1 : 0));
    for (let i = 0; i < width; i++)
      gradient[i] = (gradient[i] as number) + error * (rows[r * width + i] as number);
    gradient[width] = (gradient[width] as number) + error;
    mass += weight;
  }
  return gradient.map((sum) => sum / (mass || 1));
}
