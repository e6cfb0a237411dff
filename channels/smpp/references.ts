import { createHash } from 'node:crypto';

/** Long messages of one number whose references differ from each other's, and numbers remembered. */
const APART = 16;
const NUMBERS = 10_000;

/**
 * The 8-bit references under which phones put the parts of long messages together. It comes from the delivery's id:
 * after a restart a repeated part goes where the first one is. But one of 256 consecutive messages would have that of
 * the one before, and a phone could mix the two: it steps past those that the number got last.
 */
export class References {
  readonly #last = new Map<string, { id: string; ref: number }[]>();

  /** The same at every attempt of a delivery. */
  of(address: string, id: string): number {
    const last = this.#last.get(address) ?? [];
    const known = last.find((each) => each.id === id);
    if (known) return known.ref;
    let ref = createHash('sha256').update(id).digest().readUInt8(0);
    while (last.some((each) => each.ref === ref)) ref = (ref + 1) & 0xff;
    this.#last.delete(address);
    this.#last.set(address, [...last.slice(1 - APART), { id, ref }]);
    const [oldest] = this.#last.keys();
    if (this.#last.size > NUMBERS && oldest !== undefined) this.#last.delete(oldest);
    return ref;
  }
}
