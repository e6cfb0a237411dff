import type { Card, Channel, ChannelSetup, Delivery, OutboundMessage, SendResult } from '../../channel.ts';
import type { WebhookAnswer } from '../../kit/webhook.ts';
import { Accounts } from '../accounts.ts';
import { bytes, cut } from '../bytes.ts';
import { sealedReply } from '../callback.ts';
import { isAboutMessage, UNLICENSED, WecomError } from '../codes.ts';
import { t } from '../i18n/index.ts';
import { fileSteps, type Piece } from '../pieces.ts';
import { Sender } from '../sender.ts';
import type { AppSettings, Configured } from '../settings.ts';
import { readXml } from '../xml.ts';
import { MAX_TEXT, piecesOf, redrawn, type TemplateCard } from './card.ts';
import { checkApp } from './check.ts';
import { type Intent, read } from './read.ts';

type App = Configured<AppSettings>;

/** Marks what an update may be asked of: the rest is the response_code of the card. */
const CARD = 'card:';

/** Messages of a self-built application 自建应用消息: see ../channel.ts. */
export function appChannel(setup: ChannelSetup): Channel {
  const accounts = new Accounts<AppSettings>('wecom', setup, handle);
  const sender = new Sender();
  /** What follows a press, a card redrawn or a word of why not: the platform doesn't wait for it. */
  const following = new Set<Promise<unknown>>();

  async function handle(app: App, message: string): Promise<WebhookAnswer> {
    const { settings } = app;
    const intent = read(readXml(message), settings.agentId, settings.locale);
    if (intent.do === 'excuse') return excuse(app, intent.from, accounts.host.now());
    // UserIDs are the same whatever their case.
    const key = intent.from.toLowerCase();
    if (intent.do === 'nothing') return { status: 200 };
    const conversationId = await accounts.host.thread(app, key, settings.locale, intent.from);
    if (intent.do === 'receive') await accounts.host.receive(app, { conversationId, ...intent.message });
    else await press(app, conversationId, intent);
    return { status: 200 };
  }

  async function press(
    app: App,
    conversationId: string,
    { from, token, responseCode }: Intent & { do: 'press' },
  ) {
    const { locale } = app.settings;
    let card: Card;
    try {
      card = await accounts.host.press(conversationId, token);
    } catch (error) {
      const { status = 500 } = (error ?? {}) as { status?: number };
      if (status >= 500) throw error;
      // An answer of 4xx would be shown to nobody.
      const why = t(locale, status === 404 || status === 410 ? 'gone' : 'refused');
      return follow(app, put(app, from, { msgtype: 'text', text: { content: why } }), 'message/send');
    }
    if (!responseCode) return;
    follow(app, redraw(app, from, responseCode, redrawn(card, locale)), 'update_template_card');
  }

  function follow(app: App, work: Promise<unknown>, what: string): void {
    const done = work.catch((error) => setup.onError(error, `${app.id} ${what}`));
    following.add(done);
    void done.finally(() => following.delete(done));
  }

  async function redraw(
    app: App,
    to: string,
    response_code: string,
    template_card: TemplateCard,
  ): Promise<void> {
    const { agentId: agentid } = app.settings;
    const body = { userids: [to], agentid, response_code, template_card };
    await accounts.api(app).post('message/update_template_card', body);
  }

  async function send(delivery: Delivery): Promise<SendResult> {
    const { message, account, id, attempt } = delivery;
    const app = accounts.get(account);
    const puts = (piece: Piece) => put(app, delivery.address, piece);
    const files = fileSteps(accounts.api(app), accounts.host, message, puts);
    const pieces = piecesOf(message, `${id}-${attempt}`, app.settings.locale);
    return sender.run(delivery, [...files, ...pieces.map((piece) => () => puts(piece))]);
  }

  async function put(app: App, touser: string, piece: Piece): Promise<string> {
    const body = { touser, agentid: app.settings.agentId, ...piece };
    return idOf(await accounts.api(app).post('message/send', body));
  }

  /** Each response_code works once and for 72 hours; after that the outcome is said in a message of its own. */
  async function update(delivery: Delivery, externalId: string): Promise<SendResult> {
    const { message, account, address } = delivery;
    const { card } = message;
    const app = accounts.get(account);
    const says = () => put(app, address, { msgtype: 'text', text: { content: outcomeOf(message) } });
    if (!card || !externalId.startsWith(CARD)) return sender.run(delivery, [says]);
    const code = externalId.slice(CARD.length);
    const draws = async () => {
      try {
        await redraw(app, address, code, redrawn(card, app.settings.locale));
        return externalId;
      } catch (error) {
        if (!(error instanceof WecomError) || !isAboutMessage(error)) throw error;
        return says();
      }
    };
    return sender.run(delivery, [draws]);
  }

  return {
    name: 'wecom',
    can: {
      push: true,
      buttons: true,
      cards: true,
      // Markdown messages are not shown in the WeChat plugin 微信插件, texts are.
      markdown: false,
      typing: false,
      maxText: MAX_TEXT,
      size: bytes,
      // 30 a minute and 1000 an hour for one member, the rest is dropped unsaid; a delivery may be two messages.
      pace: { address: { perSecond: 0.2, burst: 10 } },
    },
    prefix: accounts.prefix,
    http: accounts.http,
    async open(host) {
      accounts.open(host);
    },
    async close() {
      await Promise.all(following);
    },
    send,
    update,
    fetchFile: (account, ref, limit) => accounts.api(accounts.get(account)).download(ref, limit),
    check: () => accounts.check(checkApp),
  };
}

function excuse(app: App, from: string, now: number): WebhookAnswer {
  const reply = {
    ToUserName: from,
    FromUserName: app.settings.corpId,
    CreateTime: Math.floor(now / 1000),
    MsgType: 'text',
    Content: t(app.settings.locale, 'writePlease'),
  };
  return { status: 200, type: 'application/xml; charset=utf-8', body: sealedReply(reply, app.settings, now) };
}

const outcomeOf = ({ card, text }: OutboundMessage) =>
  cut(card?.outcome ? `${card.title}：${card.outcome}` : text, MAX_TEXT);

/** With one receiver, one that is named as invalid is the one. @throws WecomError */
function idOf(answer: Record<string, unknown>): string {
  const { invaliduser, unlicenseduser, msgid, response_code } = answer;
  if (invaliduser) throw new WecomError(81013, 'invaliduser', 'message/send');
  if (unlicenseduser) throw new WecomError(UNLICENSED, 'unlicenseduser', 'message/send');
  return response_code ? `${CARD}${response_code}` : String(msgid ?? '');
}
