import type { Bag, QueryBag } from './vocabulary.ts';

/**
 * A text of class `label`. It is told from its `rivals` only (classes, its own among them): those whose words
 * it shares. The others could not win it anyway, and training costs a fraction.
 */
export type Sample = { label: number; bag: Bag; rivals: Int32Array };

export type TrainOptions = {
  epochs: number;
  /** step of the first epoch, falling linearly to a tenth */
  rate: number;
};

/** Weight of a term in a text, before the text is brought to unit length. */
export type TermWeight = (id: number) => number;

export type ClassifierParts = {
  classes: number;
  scale: number;
  rows: Int32Array;
  importance: Float32Array;
  weights: Float32Array;
};

type Vector = { rows: Int32Array; values: Float32Array; length: number };

/** Steps of at most this many weight updates: about a millisecond each, so that training can give way. */
const STEP = 1_000_000;

/**
 * Softmax regression on the words of titles and similar questions, one class per entry. Rows of weights
 * exist only for terms that the samples contain.
 */
export class Classifier {
  readonly classes: number;
  #rows: Int32Array;
  #weights: Float32Array;
  #importance: Float32Array;
  #scale: number;
  #gradient: Float32Array;

  private constructor(
    classes: number,
    rows: Int32Array,
    importance: Float32Array,
    weights: Float32Array,
    scale: number,
  ) {
    this.classes = classes;
    this.#rows = rows;
    this.#importance = importance;
    this.#weights = weights;
    this.#scale = scale;
    this.#gradient = new Float32Array(classes);
  }

  /** Knows nothing yet; `terms` is the size of the vocabulary. */
  static blank(
    samples: Sample[],
    classes: number,
    terms: number,
    weightOf: TermWeight,
    scale: number,
  ): Classifier {
    const rowOf = new Int32Array(terms).fill(-1);
    let rows = 0;
    for (const { bag } of samples) {
      for (const id of bag.ids) if (rowOf[id] === -1) rowOf[id] = rows++;
    }
    const importance = new Float32Array(rows);
    rowOf.forEach((row, id) => {
      if (row >= 0) importance[row] = weightOf(id);
    });
    return new Classifier(classes, rowOf, importance, new Float32Array(rows * classes), scale);
  }

  /** All that it knows, as views; `of` takes it back. */
  get parts(): ClassifierParts {
    const { classes } = this;
    return {
      ...{ classes, rows: this.#rows, importance: this.#importance },
      ...{ weights: this.#weights, scale: this.#scale },
    };
  }

  static of({ classes, rows, importance, weights, scale }: ClassifierParts): Classifier {
    return new Classifier(classes, rows, importance, weights, scale);
  }

  /** A copy that learns on without changing this one. */
  clone(): Classifier {
    return new Classifier(this.classes, this.#rows, this.#importance, this.#weights.slice(), this.#scale);
  }

  /** Rows and values of a text at unit length; terms without a row count for the length of nothing. */
  #vector(bag: Bag | QueryBag): Vector {
    const rows = new Int32Array(bag.length);
    const values = new Float32Array(bag.length);
    let [length, squares] = [0, 0];
    for (let i = 0; i < bag.length; i++) {
      const id = bag.ids[i] as number;
      const row = id < this.#rows.length ? (this.#rows[id] as number) : -1;
      if (row < 0) continue;
      const value = this.#importance[row] as number;
      rows[length] = row;
      values[length++] = value;
      squares += value * value;
    }
    const norm = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let i = 0; i < length; i++) values[i] = (values[i] as number) * norm;
    return { rows, values, length };
  }

  /** Writes each class's logit into `out`. */
  logits(bag: Bag | QueryBag, out: Float32Array): void {
    this.#logits(this.#vector(bag), out);
  }

  #logits(vector: Vector, out: Float32Array): void {
    const { classes } = this;
    const weights = this.#weights;
    out.fill(0, 0, classes);
    for (let i = 0; i < vector.length; i++) {
      const value = (vector.values[i] as number) * this.#scale;
      const base = (vector.rows[i] as number) * classes;
      for (let c = 0; c < classes; c++) out[c] = (out[c] as number) + value * (weights[base + c] as number);
    }
  }

  /** Trains by stochastic gradient steps; yields now and then so that the caller can let others run. */
  *train(samples: Sample[], options: TrainOptions): Generator<void> {
    const vectors = samples.map(({ bag }) => this.#vector(bag));
    const order = Int32Array.from(samples.keys());
    const random = generator(samples.length);
    let work = 0;
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      const rate = options.rate * (1 - (0.9 * epoch) / options.epochs);
      shuffle(order, random);
      for (const at of order) {
        const vector = vectors[at] as Vector;
        const sample = samples[at] as Sample;
        this.#step(vector, sample, rate);
        work += vector.length * sample.rivals.length;
        if (work > STEP) {
          work = 0;
          yield;
        }
      }
    }
  }

  #step(vector: Vector, { label, rivals }: Sample, rate: number): void {
    const { classes } = this;
    const [weights, gradient] = [this.#weights, this.#gradient];
    const count = rivals.length;
    gradient.fill(0, 0, count);
    for (let i = 0; i < vector.length; i++) {
      const value = (vector.values[i] as number) * this.#scale;
      const base = (vector.rows[i] as number) * classes;
      for (let k = 0; k < count; k++) {
        gradient[k] = (gradient[k] as number) + value * (weights[base + (rivals[k] as number)] as number);
      }
    }
    softmax(gradient, count);
    for (let k = 0; k < count; k++) if (rivals[k] === label) gradient[k] = (gradient[k] as number) - 1;
    for (let i = 0; i < vector.length; i++) {
      const step = rate * (vector.values[i] as number);
      const base = (vector.rows[i] as number) * classes;
      for (let k = 0; k < count; k++) {
        const at = base + (rivals[k] as number);
        weights[at] = (weights[at] as number) - step * (gradient[k] as number);
      }
    }
  }
}

export function softmax(values: Float32Array, length: number): void {
  let top = -Infinity;
  for (let i = 0; i < length; i++) top = Math.max(top, values[i] as number);
  let sum = 0;
  for (let i = 0; i < length; i++) {
    const e = Math.exp((values[i] as number) - top);
    values[i] = e;
    sum += e;
  }
  for (let i = 0; i < length; i++) values[i] = (values[i] as number) / sum;
}

/** A fixed pseudo-random sequence (mulberry32): the same knowledge always trains the same classifier. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
}
