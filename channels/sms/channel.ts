import type { IncomingMessage } from 'node:http';
import type { Account, Channel, ChannelHost, ChannelKind, ChannelSetup } from '../channel.ts';
import { mobile } from '../kit/sms/numbers.ts';
import { smsCan } from '../kit/sms/settings.ts';
import { Refused, type WebhookAnswer, webhook } from '../kit/webhook.ts';
import { check } from './check.ts';
import { fetchMedia } from './media.ts';
import { parseMessage, parseStatus } from './parse.ts';
import { send } from './send.ts';
import { type Settings, settings } from './settings.ts';
import { verified } from './verify.ts';

const PREFIX = '/channels/sms';
/** A message has at most 1,600 characters and ten files; its form stays far below. */
const LIMIT = 64 * 1024;

/**
 * SMS over HTTP 短信, with Twilio or a provider that speaks its API. The external id of a message is its `MessageSid`.
 * An account's webhook is `/channels/sms/NAME`, its status callback `/channels/sms/NAME/status`.
 */
export const kind: ChannelKind = { name: 'sms', settings, create };

function create({ accounts, publicUrl, onError }: ChannelSetup): Channel {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const settingsOf = (id: string) => byId.get(id)?.settings as Settings;
  const webhookOf = (id: string) => {
    const origin = publicUrl();
    return origin && `${origin}${PREFIX}/${encodeURIComponent(id.slice('sms:'.length))}`;
  };
  let host: ChannelHost | undefined;
  const handle = async (request: IncomingMessage, body: Buffer): Promise<WebhookAnswer> => {
    const [rest = '', status] = pathOf(request);
    const account = byId.get(`sms:${rest}`);
    if (!host || !account || (status !== undefined && status !== 'status'))
      throw new Refused(404, 'no such account');
    const { authToken } = settingsOf(account.id);
    const form = verified(request, body, { authToken, publicUrl: publicUrl() });
    return status ? report(host, account, form) : message(host, account, form);
  };
  return {
    name: 'sms',
    can: smsCan([...byId.keys()].map(settingsOf)),
    prefix: PREFIX,
    http: webhook({ limit: LIMIT, onError }, handle),
    async open(opened) {
      host = opened;
      // Not fatal: what we send still goes out, and every request from outside is refused.
      if (!publicUrl()) onError(new Error('no public address: webhooks are refused'), 'sms');
    },
    async close() {
      host = undefined;
    },
    send: (delivery) => {
      const own = settingsOf(delivery.account);
      const callback = own.statusCallbacks ? webhookOf(delivery.account) : undefined;
      return send(delivery, own, callback && `${callback}/status`);
    },
    addressOf(account, written) {
      const { country, locale } = settingsOf(account);
      const key = mobile(written, country);
      return key === undefined ? undefined : { key, locale };
    },
    fetchFile: (account, ref, limit) => fetchMedia(ref, limit, settingsOf(account)),
    check: async () => {
      const all = [...byId.keys()].map((account) =>
        check({ account, settings: settingsOf(account), webhook: webhookOf(account) }),
      );
      return (await Promise.all(all)).flat();
    },
  };
}

function pathOf({ url = '' }: IncomingMessage): string[] {
  const path = url.split('?')[0]?.slice(PREFIX.length + 1) ?? '';
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return [];
  }
}

type Form = ReturnType<typeof verified>;
/** No answer of our own: replies are sent by themselves. */
const TAKEN: WebhookAnswer = { status: 200, type: 'text/xml', body: '<Response/>' };

async function message(host: ChannelHost, account: Account, form: Form): Promise<WebhookAnswer> {
  const own = account.settings as Settings;
  const parsed = parseMessage(form, own);
  if (!parsed) throw new Refused(400, 'not a message to this account');
  const { from, ...said } = parsed;
  const conversationId = await host.thread(account, from, own.locale);
  await host.receive(account, { conversationId, kind: 'message', ...said });
  return TAKEN;
}

async function report(host: ChannelHost, account: Account, form: Form): Promise<WebhookAnswer> {
  const parsed = parseStatus(form, account.settings as Settings);
  if (!parsed) throw new Refused(400, 'not a status of this account');
  if (parsed !== 'passing') await host.receipt(account.id, parsed.externalId, parsed.state, parsed.about);
  return TAKEN;
}
