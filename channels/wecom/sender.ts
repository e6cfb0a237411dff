import type { Delivery, SendResult } from '../channel.ts';
import { resultOf, WecomError } from './codes.ts';

/** One call that puts one message on the platform's side. @returns what the platform calls it */
export type Step = () => Promise<string>;

/** Deliveries of which some messages arrived and one is to be tried again. */
const KEPT = 1000;

/** Sends a delivery's messages one after the other, and on another attempt only those that haven't arrived. */
export class Sender {
  readonly #arrived = new Map<string, string[]>();

  async run({ id }: Delivery, steps: readonly Step[]): Promise<SendResult> {
    const arrived = this.#arrived.get(id) ?? [];
    this.#arrived.delete(id);
    try {
      for (const step of steps.slice(arrived.length)) arrived.push(await step());
      return { externalIds: arrived };
    } catch (error) {
      if (arrived.length > 0) this.#keep(id, arrived);
      if (error instanceof WecomError) return resultOf(error);
      throw error;
    }
  }

  #keep(id: string, arrived: string[]): void {
    this.#arrived.set(id, arrived);
    const [oldest] = this.#arrived.keys();
    if (this.#arrived.size > KEPT && oldest !== undefined) this.#arrived.delete(oldest);
  }
}
