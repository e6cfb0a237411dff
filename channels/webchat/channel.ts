import type { Account, Channel, ChannelKind } from '../channel.ts';
import { check } from './check.ts';
import { grant } from './directline/grants.ts';
import { MAX_TEXT } from './directline/inbound.ts';
import { DEFAULT_LIMITS, type Limits } from './directline/limits.ts';
import { answer, PREFIX, upgrade } from './directline/routes.ts';
import { createServer, type Server } from './directline/server.ts';
import { DEFAULT_STREAM, type StreamOptions } from './directline/stream.ts';
import { settings } from './settings.ts';

export interface WebchatOptions {
  /** Sites whose settings stand in the channels' file; those of all others stand in the database. */
  accounts?: Account[];
  /** Our address as browsers know it; without it each request's Host and X-Forwarded-Proto tell. */
  publicUrl?: () => string | undefined;
  /** Proxies of ours in front, whose X-Forwarded-For is believed. Default 0. */
  trustProxy?: number;
  limits?: Partial<Limits>;
  stream?: Partial<StreamOptions>;
  /** Told of everything that was answered with 5xx. */
  onError?: (error: unknown, where: string) => void;
}

/** The colleagues' own chat: they sign in, so there is nothing to configure. */
const COLLEAGUES: Account = {
  ...{ id: 'webchat:staff', channel: 'webchat', name: '应答·内部助手', audience: 'staff' },
  settings: {},
};

export const kind: ChannelKind = {
  name: 'webchat',
  settings,
  builtIn: [COLLEAGUES],
  create: webchat,
};

/** Seconds after which a colleague's chat asks for a new token by the session, whatever was refreshed meanwhile. */
const STAFF_UNTIL = 12 * 3600;

/**
 * Web chat 网页聊天: Direct Line 3.0 for the widget, for Microsoft's clients and for the colleagues' own chat.
 * Its accounts are the sites; the external id of a message is `channelData.clientActivityID`, if sent.
 */
export function webchat(options: WebchatOptions = {}): Channel {
  let server: Server | undefined;
  const opened = () => {
    if (!server) throw new Error('the web chat channel is not open');
    return server;
  };
  return {
    name: 'webchat',
    can: { push: false, buttons: true, cards: true, markdown: true, typing: true, maxText: MAX_TEXT },
    prefix: PREFIX,
    async open(host) {
      server = await createServer(host, {
        accounts: options.accounts ?? [],
        publicUrl: options.publicUrl ?? (() => undefined),
        trustProxy: options.trustProxy ?? 0,
        limits: { ...DEFAULT_LIMITS, ...options.limits },
        stream: { ...DEFAULT_STREAM, ...options.stream },
        onError: options.onError ?? (() => undefined),
      });
    },
    async close() {
      server?.streams.close();
    },
    http: (request, response) => void answer(opened(), request, response),
    upgrade: (request, socket, head) => upgrade(opened(), request, socket, head),
    check: async () => check(options.accounts ?? [], options.publicUrl?.()),
    invite: (conversationId, account, userId) => invite(opened(), conversationId, account, userId),
  };
}

async function invite(server: Server, conversation: string, account: Account, user: string) {
  const until = Math.floor(server.host.now() / 1000) + STAFF_UNTIL;
  const { audience } = account;
  return grant(server, {
    conversation,
    user,
    site: server.sites.nameOf(account),
    audience,
    ...(audience === 'staff' ? { until } : {}),
  });
}
