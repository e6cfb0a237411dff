import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, moodOf, ok, refuse, type Shown } from './answers.ts';
import type { WecomPlatform } from './platform.ts';

export const KF = 'wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q';
const GONE = {
  unknown: refuse(40096, 'invalid external userid'),
  blocked: refuse(95002, 'send msg time limit'),
};
const HOURS_48 = 48 * 3600_000;
const DAYS_3 = 3 * 24 * 3600_000;

const utf8 = (most: number, least = 1) =>
  z.string().refine((text) => Buffer.byteLength(text) >= least && Buffer.byteLength(text) <= most);
const media = z.strictObject({ media_id: z.string() });
const click = z.strictObject({
  type: z.literal('click'),
  click: z.strictObject({
    id: z
      .string()
      .regex(/^[a-zA-Z0-9_]{1,128}$/)
      .optional(),
    content: utf8(128),
  }),
});
const text = z.strictObject({ content: utf8(2048) });
const msgmenu = z.strictObject({
  head_content: utf8(1024, 0).optional(),
  list: z.array(click).min(1).max(10),
  tail_content: utf8(1024, 0).optional(),
});
const head = { touser: z.string().min(1), open_kfid: z.string() };
const message = z.discriminatedUnion('msgtype', [
  z.strictObject({ ...head, msgtype: z.literal('text'), text }),
  z.strictObject({ ...head, msgtype: z.literal('msgmenu'), msgmenu }),
  z.strictObject({ ...head, msgtype: z.literal('image'), image: media }),
  z.strictObject({ ...head, msgtype: z.literal('file'), file: media }),
]);
const onEvent = z.discriminatedUnion('msgtype', [
  z.strictObject({ code: z.string(), msgtype: z.literal('text'), text }),
  z.strictObject({ code: z.string(), msgtype: z.literal('msgmenu'), msgmenu }),
]);
const sync = z.strictObject({
  cursor: utf8(64).optional(),
  token: utf8(128).optional(),
  limit: z.number().int().min(1).max(1000).optional(),
  voice_format: z.number().optional(),
  open_kfid: z.string().optional(),
});

export type Entry = { msgid: string; send_time: number; msgtype: string } & Record<string, unknown>;

interface Customer {
  wrote: number | undefined;
  sent: number;
}

/**
 * 微信客服: sync_msg, send_msg, send_msg_on_event and account/list of
 * https://developer.work.weixin.qq.com/document/path/94670, …/94677, …/95122 and …/94661.
 */
export class KfSide {
  /** All that happened, as sync_msg tells it. A cursor is a place in it. */
  readonly log: Entry[] = [];
  readonly customers = new Map<string, Customer>();
  readonly faults: string[] = [];
  /** What one page holds, however many are wanted. */
  pageSize = 1000;
  /** Says that there may be more after the last page, which is then empty: the platform may. */
  moreAfterAll = false;
  /** The cursors that were asked for, and whether with a callback's Token. */
  readonly pulls: { cursor: string | undefined; token: boolean }[] = [];
  readonly #waiting: { place: number; served: boolean; end(taken: boolean): void }[] = [];
  readonly #tokens = new Map<string, number>();
  readonly #welcomes = new Map<string, { to: string; until: number }>();
  readonly #platform: WecomPlatform;

  constructor(platform: WecomPlatform) {
    this.#platform = platform;
  }

  /** A callback's Token, good for ten minutes. */
  token(): string {
    const token = `ENC${randomUUID()}`;
    this.#tokens.set(token, this.#platform.now() + 600_000);
    return token;
  }

  /** The customer does something: opens their five messages in 48 hours if it is one of theirs. */
  happens(from: string, entry: Record<string, unknown> & { msgtype: string; msgid?: string }): Entry {
    const now = this.#platform.now();
    const event = entry.msgtype === 'event';
    const made: Entry = {
      msgid: randomUUID(),
      open_kfid: KF,
      send_time: Math.floor(now / 1000),
      origin: event ? 4 : 3,
      ...(event ? {} : { external_userid: from }),
      ...entry,
    };
    this.log.push(made);
    if (!this.customers.has(from)) this.customers.set(from, { wrote: undefined, sent: 0 });
    if (!event) this.customers.set(from, { wrote: now, sent: 0 });
    return made;
  }

  /** The customer opens the chat; the first time with a code for a welcome. */
  enters(from: string): Entry {
    const welcome_code = randomUUID();
    this.#welcomes.set(welcome_code, { to: from, until: this.#platform.now() + 20_000 });
    const event = {
      event_type: 'enter_session',
      open_kfid: KF,
      external_userid: from,
      scene: 'oa',
      welcome_code,
    };
    return this.happens(from, { msgtype: 'event', event });
  }

  /** Whether the channel goes on behind the entry at this place once it has had it, or asks for it again. */
  taken(place: number): Promise<boolean> {
    return new Promise((end) => this.#waiting.push({ place, served: false, end }));
  }

  /** A pull from `start` to `end` tells of entries before it that they were taken, of others that they were not. */
  #settle(start: number, end: number): void {
    for (const each of [...this.#waiting]) {
      const over = start > each.place || each.served;
      each.served ||= end > each.place;
      if (!over) continue;
      this.#waiting.splice(this.#waiting.indexOf(each), 1);
      each.end(start > each.place);
    }
  }

  answer(path: string, given: Record<string, unknown>): Answer | undefined {
    switch (path) {
      case 'kf/sync_msg':
        return this.#sync(given);
      case 'kf/send_msg':
        return this.#send(given);
      case 'kf/send_msg_on_event':
        return this.#welcome(given);
      case 'kf/account/list':
        return ok({
          account_list: [{ open_kfid: KF, name: '晨星电信', avatar: '', manage_privilege: true }],
        });
      default:
        return undefined;
    }
  }

  #sync(given: unknown): Answer {
    const parsed = sync.safeParse(given);
    if (!parsed.success) return this.#fault(parsed.error);
    const { cursor, token, limit = 1000, open_kfid } = parsed.data;
    this.pulls.push({ cursor, token: token !== undefined });
    if (token !== undefined && (this.#tokens.get(token) ?? 0) <= this.#platform.now())
      return refuse(95007, 'invalid msgtoken');
    if (open_kfid !== undefined && open_kfid !== KF) return refuse(95004, 'open_kfid not exist');
    const oldest = (this.#platform.now() - DAYS_3) / 1000;
    const start =
      cursor === undefined
        ? this.log.findIndex(({ send_time }) => send_time >= oldest)
        : Number(cursor.slice(7));
    if (cursor !== undefined && !/^cursor-\d+$/.test(cursor)) return refuse(40058, 'invalid cursor');
    const from = start < 0 ? this.log.length : start;
    const end = Math.min(from + Math.min(limit, this.pageSize), this.log.length);
    this.#settle(from, end);
    const has_more = end < this.log.length || (this.moreAfterAll && end > from) ? 1 : 0;
    return ok({ next_cursor: `cursor-${end}`, has_more, msg_list: this.log.slice(from, end) });
  }

  #send(given: unknown): Answer {
    const parsed = message.safeParse(given);
    if (!parsed.success) return this.#fault(parsed.error);
    const { data } = parsed;
    if (data.open_kfid !== KF) return refuse(95004, 'open_kfid not exist');
    const customer = this.customers.get(data.touser);
    if (!customer) return GONE.unknown;
    const moody = moodOf(this.#platform.mood, GONE);
    if (moody) return moody;
    if (customer.wrote === undefined) return refuse(95024, 'user has not sent a message');
    if (customer.wrote + HOURS_48 <= this.#platform.now()) return GONE.blocked;
    if (customer.sent >= 5) return refuse(95001, 'send msg count limit');
    if (data.msgtype === 'image' || data.msgtype === 'file') {
      const { media_id } = data.msgtype === 'image' ? data.image : data.file;
      const file = this.#platform.media.get(media_id);
      if (file?.type !== data.msgtype) return refuse(40007, 'invalid media_id');
      customer.sent++;
      return this.#show(data.touser, `[${data.msgtype}] ${file.name}`, [], data);
    }
    customer.sent++;
    return this.#words(data.touser, data);
  }

  #welcome(given: unknown): Answer {
    const parsed = onEvent.safeParse(given);
    if (!parsed.success) return this.#fault(parsed.error);
    const welcome = this.#welcomes.get(parsed.data.code);
    if (!welcome || welcome.until <= this.#platform.now()) return this.#fault('code is used or over');
    this.#welcomes.delete(parsed.data.code);
    return this.#words(welcome.to, parsed.data);
  }

  #words(
    to: string,
    data:
      | { msgtype: 'text'; text: z.infer<typeof text> }
      | { msgtype: 'msgmenu'; msgmenu: z.infer<typeof msgmenu> },
  ): Answer {
    if (data.msgtype === 'text') return this.#show(to, data.text.content, [], data);
    const keys = data.msgmenu.list.map(({ click: { id = '', content } }) => ({ title: content, key: id }));
    return this.#show(to, data.msgmenu.head_content ?? '', keys, data);
  }

  #show(to: string, words: string, keys: Shown['keys'], body: Record<string, unknown>): Answer {
    const msgid = randomUUID();
    this.#platform.show({ to, id: msgid, kind: 'message', text: words, keys, body });
    return ok({ msgid });
  }

  #fault(reason: unknown): Answer {
    this.faults.push(String(reason));
    return refuse(40058, 'invalid parameter');
  }
}
