import { randomUUID } from 'node:crypto';
import type { Connector } from './connector.ts';
import { signed } from './tokens.ts';

export const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';

export interface Chat {
  id: string;
  conversationType: 'personal' | 'groupChat' | 'channel';
}

type Body = Record<string, unknown>;

/** Somebody in Teams, and Teams itself between them and the bot. */
export class Person {
  readonly id: string = `29:${randomUUID()}`;
  readonly aadObjectId: string = randomUUID();
  readonly chat: Chat = { id: `a:${randomUUID()}`, conversationType: 'personal' };
  /** Where the bot listens. */
  endpoint = '';
  readonly connector: Connector;
  readonly appId: string;
  readonly name: string;

  constructor(connector: Connector, appId: string, name = 'Megan Bowen') {
    this.connector = connector;
    this.appId = appId;
    this.name = name;
  }

  get bot(): string {
    return `28:${this.appId}`;
  }

  claims(change: Body = {}): Body {
    const now = Math.floor(Date.now() / 1000);
    const serviceurl = this.connector.serviceUrl;
    return {
      serviceurl,
      nbf: now,
      exp: now + 3600,
      iss: 'https://api.botframework.com',
      aud: this.appId,
      ...change,
    };
  }

  activity(change: Body = {}, chat: Chat = this.chat): Body {
    return {
      type: 'message',
      id: String(Date.now()) + Math.random().toString().slice(2, 8),
      timestamp: new Date().toISOString(),
      serviceUrl: this.connector.serviceUrl,
      channelId: 'msteams',
      from: { id: this.id, name: this.name, aadObjectId: this.aadObjectId },
      conversation: { ...chat, tenantId: TENANT, isGroup: chat.conversationType !== 'personal' },
      recipient: { id: this.bot, name: 'Yingda' },
      textFormat: 'plain',
      entities: [{ locale: 'zh-CN', country: 'CN', platform: 'Windows', type: 'clientInfo' }],
      channelData: { tenant: { id: TENANT } },
      locale: 'zh-CN',
      ...change,
    };
  }

  /** What a message in company looks like in which the bot is called. */
  mention(text: string): Body {
    const at = '<at>Yingda</at>';
    const entities = [{ type: 'mention', text: at, mentioned: { id: this.bot, name: 'Yingda' } }];
    return { text: `${at} ${text}`, entities };
  }

  async post(body: unknown, token: string = signed(this.connector.signer, this.claims())): Promise<Response> {
    return this.send(JSON.stringify(body), `Bearer ${token}`);
  }

  send(body: string, authorization?: string): Promise<Response> {
    // A connection of its own: on a busy machine a kept one is closed by the server just as it is used again.
    const headers = {
      'content-type': 'application/json',
      connection: 'close',
      ...(authorization && { authorization }),
    };
    return fetch(this.endpoint, { method: 'POST', headers, body });
  }

  says(text: string, change: Body = {}): Promise<Response> {
    return this.post(this.activity({ text, ...change }));
  }

  /** Executes an action of a card, as the client does. */
  async executes(action: Body, chat: Chat = this.chat, trigger = 'manual'): Promise<Executed> {
    const invoke = { type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger } };
    const response = await this.post(this.activity(invoke, chat));
    return { http: response.status, ...((await response.json().catch(() => ({}))) as object) };
  }
}

export interface Executed {
  http: number;
  statusCode?: number;
  type?: string;
  value?: Record<string, unknown>;
}
