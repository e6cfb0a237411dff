import { Agent, request } from 'node:http';

/** Something that answers: `ask` sends one message of a conversation and resolves when its answer has arrived. */
export interface Answering {
  conversations: number;
  ask(conversation: number, text: string): Promise<void>;
}

export interface Load {
  turns: number;
  seconds: number;
  /** Milliseconds from sending to the answer, sorted. */
  latencies: number[];
}

/** Each conversation sends its next message when the last one is answered. */
export async function run(target: Answering, texts: string[], ms: number): Promise<Load> {
  const latencies: number[] = [];
  const began = performance.now();
  const until = began + ms;
  const converse = async (conversation: number) => {
    for (let n = 0; performance.now() < until; n++) {
      const at = performance.now();
      await target.ask(conversation, texts[(conversation * 31 + n) % texts.length] ?? '');
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: target.conversations }, (_, i) => converse(i)));
  return {
    turns: latencies.length,
    seconds: (performance.now() - began) / 1000,
    latencies: latencies.sort((a, b) => a - b),
  };
}

export const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** A POST of JSON on kept connections: the same cheap client for both sides of the comparison. */
export function post(
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const data = JSON.stringify(body);
    const sent = {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(data)),
    };
    const going = request(url, { method: 'POST', agent, headers: sent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
    });
    going.on('error', reject);
    going.end(data);
  });
}
