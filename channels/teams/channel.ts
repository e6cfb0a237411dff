import type { IncomingMessage, RequestListener } from 'node:http';
import type {
  Account,
  Capabilities,
  Channel,
  ChannelHost,
  ChannelKind,
  ChannelSetup,
  Delivery,
  Finding,
} from '../channel.ts';
import { Refused, type WebhookAnswer, webhook } from '../kit/webhook.ts';
import { type Activity, activity as activitySchema, keyOf, personOf } from './activity.ts';
import { Bot } from './bot.ts';
import { check } from './check.ts';
import { fetchFile, serveFile } from './files.ts';
import { invoke } from './invoke.ts';
import { Links } from './links.ts';
import { addressOf, read } from './parse.ts';
import { type Sender, send, showTyping } from './send.ts';
import { type Settings, settings } from './settings.ts';
import { bytesOf, TEXT_BYTES } from './text.ts';
import { verify } from './verify.ts';

const PREFIX = '/channels/teams';
/** Far more than a message may have; Teams names no limit for what it posts. */
const BODY_BYTES = 512 * 1024;

const can: Capabilities = {
  push: true,
  buttons: true,
  cards: true,
  markdown: true,
  typing: true,
  maxText: TEXT_BYTES,
  size: bytesOf,
  // https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: 50 a second for an app in a tenant;
  // in one conversation 7 in one second, 8 in two, 60 in thirty. The 1,800 in an hour are left to its 429.
  pace: { account: { perSecond: 50, burst: 50 }, address: { perSecond: 1.7, burst: 6 } },
};

/**
 * Microsoft Teams through the Bot Framework. The external id of a message that came in is its activity's `id`, unique
 * in its conversation and the same at every redelivery; an edit and a deletion carry the id of what they change.
 */
class Teams implements Channel {
  readonly name = 'teams';
  readonly prefix: string = PREFIX;
  readonly can: Capabilities = can;
  readonly http: RequestListener;
  readonly #setup: ChannelSetup;
  readonly #bots = new Map<string, { account: Account; bot: Bot }>();
  #open: { host: ChannelHost; links: Links } | undefined;

  constructor(setup: ChannelSetup) {
    this.#setup = setup;
    const { accounts, onError } = setup;
    const now = () => this.#open?.host.now() ?? setup.now?.() ?? 0;
    for (const account of accounts)
      this.#bots.set(account.id, { account, bot: new Bot(account.settings as Settings, now) });
    const hook = webhook({ limit: BODY_BYTES, onError }, (request, body) => this.#receive(request, body));
    this.http = (request, response) => {
      const signed = /\/files\/([\w.-]+)$/.exec(pathOf(request))?.[1];
      if (request.method !== 'GET' || !signed || !this.#open) return hook(request, response);
      const { host, links } = this.#open;
      serveFile(host, links, signed, response).catch((error) => {
        onError(error, 'GET a file');
        if (!response.headersSent) response.writeHead(503);
        response.end();
      });
    };
  }

  async open(host: ChannelHost): Promise<void> {
    this.#open = { host, links: new Links(host.key('teams-files'), () => host.now()) };
  }

  async close(): Promise<void> {
    this.#open = undefined;
  }

  send = (delivery: Delivery) => send(this.#sender(delivery.account), delivery);

  update = (delivery: Delivery, externalId: string) =>
    send(this.#sender(delivery.account), delivery, externalId);

  typing = (account: string, address: string) => showTyping(this.#sender(account).bot, address);

  fetchFile = (account: string, ref: string, limit: number) =>
    fetchFile(this.#sender(account).bot, ref, limit);

  async check(): Promise<Finding[]> {
    const all = [...this.#bots].map(([account, { bot }]) => check(account, bot, this.#endpoint(account)));
    return (await Promise.all(all)).flat();
  }

  #endpoint(account: string): string | undefined {
    const publicUrl = this.#setup.publicUrl();
    return publicUrl && `${publicUrl}${PREFIX}/${account.slice(account.indexOf(':') + 1)}`;
  }

  #sender(account: string): Sender {
    const found = this.#bots.get(account);
    if (!found || !this.#open) throw new Error(`${account} is not open`);
    return { bot: found.bot, ...this.#open, at: this.#endpoint(account) };
  }

  async #receive(request: IncomingMessage, body: Buffer): Promise<WebhookAnswer> {
    const found = this.#bots.get(`teams:${pathOf(request).slice(PREFIX.length + 1)}`);
    if (!found) throw new Refused(404, 'no such bot');
    if (!this.#open) throw new Error('not open');
    if (request.method !== 'POST') throw new Refused(405, 'POST only');
    const { account, bot } = found;
    const { host } = this.#open;
    const activity = activitySchema.safeParse(parsed(body)).data;
    if (!activity) throw new Refused(400, 'not an activity');
    await verify(bot, request.headers.authorization, activity);

    const to = addressOf(activity);
    const locale = activity.locale ?? 'zh-CN';
    const thread = () => host.thread(account, keyOf(activity), locale, JSON.stringify(to));
    if (activity.type === 'invoke')
      return invoke({ host, onError: this.#setup.onError }, activity, await thread());
    const said = read(activity);
    if (!said) return { status: 200 };
    const conversationId = await thread();
    if ('press' in said) await this.#press(conversationId, said.press, activity);
    else await host.receive(account, { conversationId, ...said.message });
    return { status: 200 };
  }

  /** On an old client: its card is redrawn by `update`, and a refusal has no place to be shown. */
  async #press(conversationId: string, token: string, activity: Activity): Promise<void> {
    const by = personOf(activity);
    await this.#open?.host.press(conversationId, token, { by }).catch((error: { status?: number }) => {
      if ((error.status ?? 500) >= 500) throw error;
    });
  }
}

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split('?')[0] ?? '';

/** PostgreSQL stores neither NUL nor half a surrogate pair, and what can't be stored would come again for ever. */
const storable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD') : value;

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'), storable);
  } catch {
    return undefined;
  }
}

export const kind: ChannelKind = {
  name: 'teams',
  settings,
  create: (setup) => new Teams(setup),
};
