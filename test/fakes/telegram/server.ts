import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Fields, METHODS, SENDS } from './methods.ts';
import { type FakeBot, Refusal, type Update } from './state.ts';

const RETRY_AFTER_S = 1;

/**
 * A stand-in of the Bot API written from its published limits (core.telegram.org/bots/api): strict where Telegram is,
 * and it remembers what each chat was shown. `people.ts` is the other side of it.
 */
export class FakeTelegram {
  readonly bots = new Map<string, FakeBot>();
  /** Names of the calls that came, in order. */
  readonly calls: string[] = [];
  /** How the next sends are answered. */
  mood: 'fine' | 'busy' | 'down' | 'blocked' | 'unknown' | 'unparsable' = 'fine';
  root = '';
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => {
        const { code = 500, message, parameters } = error as Partial<Refusal>;
        const prefix = { 400: 'Bad Request: ', 403: 'Forbidden: ' }[code as 400 | 403] ?? '';
        reply(response, code, {
          ok: false,
          error_code: code,
          description: `${prefix}${message}`,
          ...(parameters && { parameters }),
        });
      });
    });
  }

  static async start(): Promise<FakeTelegram> {
    const fake = new FakeTelegram();
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    fake.root = `http://127.0.0.1:${(fake.#server.address() as AddressInfo).port}`;
    return fake;
  }

  async stop(): Promise<void> {
    for (const bot of this.bots.values()) bot.waiting?.();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  bot(token: string, username: string): FakeBot {
    const bot: FakeBot = {
      id: Number(token.split(':')[0]),
      token,
      username,
      webhook: undefined,
      queue: [],
      commands: new Map(),
      nextUpdate: 1,
      chats: new Map(),
      files: new Map(),
      asked: new Set(),
      notes: [],
      answers: new Map(),
    };
    this.bots.set(token, bot);
    return bot;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, file, token = '', method = ''] = /^\/(file\/)?bot([^/]+)\/(.+)$/.exec(request.url ?? '') ?? [];
    const bot = this.bots.get(token);
    if (!bot) throw new Refusal(401, 'Unauthorized');
    if (file) {
      const found = bot.files.get(method.replace('documents/', ''));
      if (!found) throw new Refusal(404, 'Not Found');
      response.end(found.bytes);
      return;
    }
    const fields = await fieldsOf(request);
    this.calls.push(method);
    if (SENDS.includes(method)) this.#moody(response, bot);
    if (response.headersSent) return;
    const result = method === 'getUpdates' ? await updates(bot, fields) : METHODS[method]?.(bot, fields);
    if (result === undefined) throw new Refusal(404, 'Not Found');
    reply(response, 200, { ok: true, result });
  }

  #moody(response: ServerResponse, bot: FakeBot): void {
    switch (this.mood) {
      case 'busy':
        throw new Refusal(429, `Too Many Requests: retry after ${RETRY_AFTER_S}`, {
          retry_after: RETRY_AFTER_S,
        });
      case 'blocked':
        throw new Refusal(403, 'bot was blocked by the user');
      case 'unknown':
        throw new Refusal(400, 'chat not found');
      case 'unparsable':
        this.mood = 'fine';
        throw new Refusal(400, `can't parse entities: Unsupported start tag "x" at byte offset 0`);
      case 'down':
        // A gateway's page, with the address in it.
        response.writeHead(502, { 'content-type': 'text/html' }).end(`<h1>Bad Gateway</h1>bot${bot.token}`);
        break;
      default:
    }
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (!response.headersSent)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function fieldsOf(request: IncomingMessage): Promise<Fields> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return body.length > 0 ? JSON.parse(body.toString()) : {};
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields: Fields = {};
  for (const [name, value] of form)
    fields[name] =
      typeof value === 'string' ? value : { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
  return fields;
}

/** Confirms what is before `offset`, then gives what is left; waits for it (core.telegram.org/bots/api#getupdates). */
async function updates(bot: FakeBot, { offset = 0, limit = 100, timeout = 0 }: Fields): Promise<Update[]> {
  if (bot.webhook)
    throw new Refusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  bot.waiting?.(true);
  bot.queue = bot.queue.filter(({ update_id }) => update_id >= Number(offset));
  if (bot.queue.length === 0 && Number(timeout) > 0) {
    let own: FakeBot['waiting'];
    const conflict = await new Promise<boolean | undefined>((resolve) => {
      own = resolve;
      bot.waiting = resolve;
      delay(Number(timeout) * 1000, undefined, { ref: false }).then(() => resolve(false));
    });
    // Another may wait by now, whose coming ended this one.
    if (bot.waiting === own) bot.waiting = undefined;
    if (conflict)
      throw new Refusal(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      );
  }
  return bot.queue.slice(0, Number(limit));
}
