import type { Account, ChannelKind } from '../../../channels/channel.ts';
import { kfKind, kind } from '../../../channels/wecom/channel.ts';
import type { Peer } from '../../contracts/channel-peer.ts';
import { AGENT } from './app.ts';
import { type Entry, KF } from './kf.ts';
import { CORP, WecomPlatform } from './platform.ts';
import { type Callback, callback, envelope, type Odd, xmlOf } from './sealing.ts';

/** An account of one of the two kinds at the stand-in, its settings written as in the channels' file. */
export function accountAt(api: string, of: ChannelKind, more: Record<string, unknown> = {}): Account {
  const own = of === kind ? { agentId: String(AGENT) } : { openKfId: KF };
  const settings = of.settings.parse({ ...CORP, ...own, api, ...more });
  const audience = of === kind ? 'staff' : 'customer';
  return { id: `${of.name}:help`, channel: of.name, name: '企业微信', audience, settings };
}

/** Posts callbacks to the channel as the platform does. */
export class Caller {
  readonly #now: () => number;
  readonly #path: string;
  origin = '';

  constructor(of: ChannelKind, now: () => number) {
    this.#now = now;
    this.#path = `/channels/${of.name}/help`;
  }

  post(fields: Readonly<Record<string, string | number>>, odd: Odd = {}): Promise<Response> {
    const message = xmlOf({ ToUserName: CORP.corpId, CreateTime: Math.floor(this.#now() / 1000), ...fields });
    return this.send(callback(message, CORP, this.#now(), odd));
  }

  send({ query, sealed }: Callback, body = envelope(sealed, CORP.corpId)): Promise<Response> {
    return fetch(`${this.origin}${this.#path}?${query}`, { method: 'POST', body });
  }

  get(query: string): Promise<Response> {
    return fetch(`${this.origin}${this.#path}?${query}`);
  }

  /** Every way in which a callback can be somebody else's. @returns the names of those that were taken */
  async forges(fields: Readonly<Record<string, string | number>>): Promise<string[]> {
    const message = xmlOf(fields);
    const right = callback(message, CORP, this.#now());
    const at = (ms: number) => ({ timestamp: String(Math.floor((this.#now() + ms) / 1000)) });
    const flipped = (sealed: string) => (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1);
    const odd = (how: Odd) => this.send(callback(message, CORP, this.#now(), how));
    const tries: Record<string, Promise<Response>> = {
      'another Token': odd({ token: 'NotOurs' }),
      'another EncodingAESKey': odd({ encodingAESKey: 'a'.repeat(43) }),
      'another receiveid': odd({ receiveId: 'wx0000000000000000' }),
      'no receiveid': odd({ receiveId: '' }),
      'tampered with': odd({ tamper: flipped }),
      'signed with nothing': odd({ signature: '0'.repeat(40) }),
      'six minutes old': odd(at(-6 * 60_000)),
      'six minutes ahead': odd(at(6 * 60_000)),
      'time as words': odd({ timestamp: 'now' }),
      'no signature': this.send({ ...right, query: right.query.replace(/msg_signature=\w+&/, '') }),
      'two signatures': this.send({ ...right, query: `${right.query}&${right.query}` }),
      'not sealed': this.send(right, message),
      'sealed in nothing': this.send(right, envelope('', CORP.corpId)),
      'a document type': this.send(
        right,
        `<!DOCTYPE xml [<!ENTITY e "${right.sealed}">]><xml><Encrypt>&e;</Encrypt></xml>`,
      ),
      'not XML': this.send(right, right.sealed),
    };
    const taken = await Promise.all(
      Object.entries(tries).map(async ([name, sent]) => ((await sent).ok ? [name] : [])),
    );
    return taken.flat();
  }

  async tooLarge(fields: Readonly<Record<string, string | number>>): Promise<boolean> {
    const response = await this.post({ ...fields, Content: '大'.repeat(100_000) }).catch(() => undefined);
    return response?.ok ?? false;
  }
}

/** A name of the suite's as an id of the platform's. */
const idOf = (from: string) => from.replaceAll(/\W/g, '_');

interface Stage {
  platform: WecomPlatform;
  peer: Omit<Peer, 'says' | 'presses' | 'forges' | 'oversize'>;
  caller: Caller;
}

async function stage(of: ChannelKind): Promise<Stage> {
  const platform = new WecomPlatform();
  const account = accountAt(await platform.listen(), of);
  const caller = new Caller(of, Date.now);
  const peer: Stage['peer'] = {
    channel: of.create({ accounts: [account], publicUrl: () => undefined, onError() {} }),
    account,
    listening(origin) {
      caller.origin = origin;
    },
    seen: (from = 'somebody') => platform.shown.filter(({ to }) => to === idOf(from)),
    mood(mood) {
      platform.mood = mood;
    },
    close: () => platform.close(),
  };
  return { platform, peer, caller };
}

/** The colleagues' side: a self-built application. */
export async function appPeer(): Promise<Peer> {
  const { platform, peer, caller } = await stage(kind);
  let next = 0;
  const text = (from: string, id: string, Content: string) =>
    ({ FromUserName: from, MsgType: 'text', Content, MsgId: id, AgentID: AGENT }) as const;
  return {
    ...peer,
    async says(words, { id = String(++next), from = 'somebody' } = {}) {
      platform.app.members.add(idOf(from));
      return (await caller.post(text(idOf(from), id, words))).ok;
    },
    async presses(title) {
      const card = platform.shown.findLast(({ buttons }) => buttons.includes(title));
      if (!card) throw new Error(`no button ${title}`);
      const event = {
        MsgType: 'event',
        Event: 'template_card_event',
        CardType: 'button_interaction',
        AgentID: AGENT,
      };
      const EventKey = card.keys.find((each) => each.title === title)?.key ?? '';
      const of = {
        FromUserName: card.to,
        EventKey,
        TaskId: card.id,
        ResponseCode: platform.app.code(card.id),
      };
      const response = await caller.post({ ...event, ...of });
      if (!response.ok) throw new Error(`press: ${response.status}`);
    },
    forges: () => caller.forges(text('mallory', 'forged', '开门')),
    oversize: () => caller.tooLarge(text('mallory', 'large', '')),
  };
}

/** The customers' side: customer service. What was pulled is taken once the next pull goes on behind it. */
export async function kfPeer(): Promise<Peer> {
  const { platform, peer, caller } = await stage(kfKind);
  const { kf } = platform;
  // Allowed at any time, and shows the cursor with which the channel goes on.
  kf.moreAfterAll = true;
  const event = { MsgType: 'event', Event: 'kf_msg_or_event', OpenKfId: KF };
  const tell = async (entry: Entry): Promise<boolean> => {
    const place = kf.log.indexOf(entry);
    const taken = kf.taken(place);
    const response = await caller.post({ ...event, Token: kf.token() });
    return response.ok && taken;
  };
  return {
    ...peer,
    says(content, { id, from = 'somebody' } = {}) {
      const entry = { msgtype: 'text', text: { content }, ...(id && { msgid: id }) };
      return tell(kf.happens(idOf(from), entry));
    },
    async presses(title) {
      const menu = platform.shown.findLast(({ buttons }) => buttons.includes(title));
      if (!menu) throw new Error(`no button ${title}`);
      const menu_id = menu.keys.find((each) => each.title === title)?.key;
      await tell(
        kf.happens(menu.to, { msgtype: 'text', text: { content: title, ...(menu_id && { menu_id }) } }),
      );
    },
    async receipts(id) {
      const to = platform.shown.find((each) => each.id === id)?.to ?? '';
      const failed = {
        event_type: 'msg_send_fail',
        open_kfid: KF,
        external_userid: to,
        fail_msgid: id,
        fail_type: 10,
      };
      await tell(kf.happens(to, { msgtype: 'event', event: failed }));
    },
    forges: () => caller.forges({ ...event, Token: kf.token() }),
    oversize: () => caller.tooLarge({ ...event, Token: kf.token() }),
  };
}
