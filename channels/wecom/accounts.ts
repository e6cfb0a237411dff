import type { RequestListener } from 'node:http';
import type { Account, ChannelHost, ChannelSetup, Finding } from '../channel.ts';
import { Refused, type WebhookAnswer, webhook } from '../kit/webhook.ts';
import { Api } from './api.ts';
import { MAX_CALLBACK, open, sealedIn } from './callback.ts';
import { WecomError } from './codes.ts';
import type { CommonSettings, Configured } from './settings.ts';

type Handler<Settings> = (account: Configured<Settings>, message: string) => Promise<WebhookAnswer>;

/** The accounts of one kind: whose callback comes in, and the platform's interfaces in each one's name. */
export class Accounts<Settings extends CommonSettings> {
  readonly prefix: string;
  readonly http: RequestListener;
  readonly all: Configured<Settings>[];
  readonly #setup: ChannelSetup;
  readonly #handle: Handler<Settings>;
  readonly #apis = new Map<string, Api>();
  #host: ChannelHost | undefined;

  constructor(name: string, setup: ChannelSetup, handle: Handler<Settings>) {
    this.prefix = `/channels/${name}`;
    this.all = setup.accounts.map((account: Account) => ({
      ...account,
      settings: account.settings as Settings,
    }));
    this.#setup = setup;
    this.#handle = handle;
    const options = { limit: MAX_CALLBACK, onError: setup.onError };
    this.http = webhook(options, (request, body) => this.#answer(request.method, request.url ?? '', body));
  }

  open(host: ChannelHost): void {
    this.#host = host;
  }

  get host(): ChannelHost {
    if (!this.#host) throw new Error('the channel is not open');
    return this.#host;
  }

  get(id: string): Configured<Settings> {
    const account = this.all.find((each) => each.id === id);
    if (!account) throw new Error(`no account ${id}`);
    return account;
  }

  api({ id, settings }: Configured<Settings>): Api {
    let api = this.#apis.get(id);
    if (!api) {
      const { api: base, corpId, secret } = settings;
      api = new Api({ api: base, corpId, secret, now: () => this.#host?.now() ?? 0 });
      this.#apis.set(id, api);
    }
    return api;
  }

  /** The address to write into 接收消息服务器配置 URL. */
  urlOf({ id }: Account): string {
    return `${this.#setup.publicUrl() ?? 'https://…'}${this.prefix}/${encodeURIComponent(restOf(id))}`;
  }

  /** @param ask what one account's own interfaces say */
  async check(
    ask: (account: Configured<Settings>, api: Api) => Promise<Omit<Finding, 'account'>[]>,
  ): Promise<Finding[]> {
    const found = await Promise.all(
      this.all.map(async (account) => {
        const url = this.#setup.publicUrl() ? [] : [{ ok: false, text: NO_URL }];
        const hint = { ok: true, text: `接收消息服务器配置: the URL is ${this.urlOf(account)}` };
        const own = await ask(account, this.api(account)).catch((error: unknown) => [explained(error)]);
        return [...own, ...url, hint].map((finding) => ({ account: account.id, ...finding }));
      }),
    );
    return found.flat();
  }

  async #answer(method: string | undefined, url: string, body: Buffer): Promise<WebhookAnswer> {
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark));
    const account = this.all.find((each) => path === `${this.prefix}/${encodeURIComponent(restOf(each.id))}`);
    if (!account) throw new Refused(404, 'no such account');
    const now = this.host.now();
    if (method === 'GET')
      return { status: 200, body: open(query, query.get('echostr') ?? '', account.settings, now) };
    if (method !== 'POST') throw new Refused(405, 'GET or POST');
    return this.#handle(account, open(query, sealedIn(body), account.settings, now));
  }
}

/** The setting that is behind an error. https://developer.work.weixin.qq.com/document/path/90313 */
const HINTS: Readonly<Record<number, string>> = {
  40001: 'Secret is wrong, or of another application.',
  40013: 'CorpID is wrong.',
  40056: 'AgentId is wrong.',
  48002: 'The application has no right to this interface.',
  50003: 'The application is switched off 已停用.',
  60020: 'The address of this machine is not among the 企业可信IP.',
  301002: 'Secret and AgentId belong to different applications.',
  95012: '微信客服 is not switched on.',
  95017: '微信客服: the API is not switched on (可调用接口的应用).',
};

function explained(error: unknown): Omit<Finding, 'account'> {
  const hint = error instanceof WecomError ? HINTS[error.code] : undefined;
  return { ok: false, text: [hint, String(error)].filter(Boolean).join(' ') };
}

const NO_URL = 'The platform reaches us by callback, and our public address is not set: set PUBLIC_URL.';

const restOf = (id: string) => id.slice(id.indexOf(':') + 1);
