import type { Channel, ChannelSetup, Delivery, SendResult } from '../../channel.ts';
import type { WebhookAnswer } from '../../kit/webhook.ts';
import { Accounts } from '../accounts.ts';
import { bytes } from '../bytes.ts';
import { fileSteps, type Piece } from '../pieces.ts';
import { Sender, type Step } from '../sender.ts';
import type { Configured, KfSettings } from '../settings.ts';
import { readXml } from '../xml.ts';
import { readAddress, writeAddress } from './address.ts';
import { checkKf } from './check.ts';
import { MAX_TEXT, piecesOf } from './menu.ts';
import { customerOf, type Entry, type Intent, read } from './read.ts';
import { KfSync } from './sync.ts';

type Kf = Configured<KfSettings>;

/** Customer-service messages 微信客服: see ../channel.ts. */
export function kfChannel(setup: ChannelSetup): Channel {
  const accounts = new Accounts<KfSettings>('wecom-kf', setup, handle);
  const sender = new Sender();
  const syncs = new Map<string, KfSync>();

  /** The callback only says that there is something: the cursor keeps our place, so nothing is lost by answering now. */
  async function handle(kf: Kf, message: string): Promise<WebhookAnswer> {
    const { Event, Token, OpenKfId = kf.settings.openKfId } = readXml(message);
    if (Event !== 'kf_msg_or_event') return { status: 200 };
    // One address takes the callbacks of all accounts of a corporation.
    const whose = accounts.all.find(
      ({ settings }) => settings.corpId === kf.settings.corpId && settings.openKfId === OpenKfId,
    );
    if (whose) syncs.get(whose.id)?.nudge(Token);
    return { status: 200 };
  }

  async function take(kf: Kf, entry: Entry): Promise<void> {
    const { host } = accounts;
    const { openKfId, locale } = kf.settings;
    const intent = read(entry, locale);
    if (intent.do === 'nothing' || (entry.open_kfid ?? openKfId) !== openKfId) return;
    if (intent.do === 'failed')
      return host.receipt(kf.id, intent.externalId, 'failed', { reason: intent.reason });
    const customer = customerOf(entry);
    if (!customer) return;
    const welcome = intent.do === 'receive' ? intent.welcome : undefined;
    const address = writeAddress(customer, welcome, entry.send_time * 1000);
    const conversationId = await host.thread(kf, customer, locale, address);
    if (intent.do === 'press') await press(kf, conversationId, intent);
    else await host.receive(kf, { conversationId, ...intent.message });
  }

  /** Nothing that was sent can be drawn anew: the core says what came of it. */
  async function press(
    kf: Kf,
    conversationId: string,
    { token, text, externalId }: Intent & { do: 'press' },
  ) {
    try {
      await accounts.host.press(conversationId, token);
    } catch (error) {
      if ((error as { status?: unknown }).status !== 404) throw error;
      // A menu that is no longer known: the words on it still say something.
      await accounts.host.receive(kf, { conversationId, kind: 'message', text, externalId });
    }
  }

  async function put(kf: Kf, touser: string, piece: Piece): Promise<string> {
    const body = { touser, open_kfid: kf.settings.openKfId, ...piece };
    return String((await accounts.api(kf).post('kf/send_msg', body)).msgid ?? '');
  }

  async function send(delivery: Delivery): Promise<SendResult> {
    const { message, account } = delivery;
    const kf = accounts.get(account);
    const api = accounts.api(kf);
    const { to, welcome } = readAddress(delivery.address);
    const files = fileSteps(api, accounts.host, message, (piece) => put(kf, to, piece));
    const texts = piecesOf(message, kf.settings.locale).map(
      (piece, index): Step =>
        async () => {
          const welcomes =
            welcome && welcome.until > accounts.host.now() && index === 0 && files.length === 0;
          if (!welcomes) return put(kf, to, piece);
          return String(
            (await api.post('kf/send_msg_on_event', { code: welcome.code, ...piece })).msgid ?? '',
          );
        },
    );
    return sender.run(delivery, [...files, ...texts]);
  }

  return {
    name: 'wecom-kf',
    can: {
      push: true,
      buttons: true,
      cards: false,
      markdown: false,
      typing: false,
      receipts: true,
      maxText: MAX_TEXT,
      size: bytes,
      // 每企业调用单个接口 150,000 times an hour. https://developer.work.weixin.qq.com/document/path/90312
      pace: { account: { perSecond: 40, burst: 200 } },
    },
    prefix: accounts.prefix,
    http: accounts.http,
    async open(host) {
      accounts.open(host);
      for (const kf of accounts.all) {
        const { id: account, settings } = kf;
        const parts = {
          host,
          account,
          openKfId: settings.openKfId,
          api: accounts.api(kf),
          onError: setup.onError,
        };
        const sync = new KfSync({ ...parts, take: (entry) => take(kf, entry) });
        syncs.set(account, sync);
        sync.nudge();
      }
    },
    async close() {
      await Promise.all([...syncs.values()].map((sync) => sync.close()));
    },
    send,
    fetchFile: (account, ref, limit) => accounts.api(accounts.get(account)).download(ref, limit),
    check: () => accounts.check(checkKf),
  };
}
