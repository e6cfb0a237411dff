import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * An OpenAI-compatible embedding endpoint for tests. A text's vector is the sum of its words' directions; words of one
 * group of `synonyms` share a direction, which is all the meaning it knows.
 */
export class FakeEmbeddings {
  readonly #server: Server;
  readonly #groupOf = new Map<string, string>();
  /** How many texts were asked for. */
  texts = 0;
  requests = 0;
  fault: 'error' | 'garbage' | 'slow' | undefined;
  size = 64;

  private constructor(synonyms: string[][]) {
    for (const group of synonyms) for (const word of group) this.#groupOf.set(word, group[0] ?? word);
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        this.requests++;
        if (this.fault === 'slow') return;
        if (this.fault === 'error') return void response.writeHead(500).end('{}');
        if (this.fault === 'garbage')
          return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[{}]}');
        const { input, model } = JSON.parse(Buffer.concat(chunks).toString());
        const texts: string[] = [input].flat();
        this.texts += texts.length;
        const data = texts.map((text, index) => ({
          object: 'embedding',
          index,
          embedding: this.vector(text),
        }));
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ object: 'list', model, data, usage: { prompt_tokens: 1, total_tokens: 1 } }),
        );
      });
    });
  }

  static async start(synonyms: string[][] = []): Promise<FakeEmbeddings> {
    const fake = new FakeEmbeddings(synonyms);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  vector(text: string): number[] {
    const vector = new Array<number>(this.size).fill(0);
    const words = text.toLowerCase().match(/[a-z0-9]+|\p{sc=Han}/gu) ?? [];
    for (const word of words) {
      const direction = this.#direction(this.#groupOf.get(word) ?? word);
      direction.forEach((value, i) => {
        vector[i] = (vector[i] ?? 0) + value;
      });
    }
    return vector.map((value) => value + 1e-3);
  }

  /** Signs from a generator seeded by the word: nearly at right angles to every other word's. */
  #direction(word: string): number[] {
    let state = [...word].reduce(
      (hash, character) => Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619),
      7,
    );
    return Array.from({ length: this.size }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return state < 0 ? -1 : 1;
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
