import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, moodOf, ok, refuse, type Shown } from './answers.ts';
import type { WecomPlatform } from './platform.ts';

export const AGENT = 1000002;
const GONE = {
  unknown: refuse(81013, 'user & party & tag all invalid'),
  blocked: refuse(60011, 'no privilege to access/modify contact/party/agent'),
};
const HOURS_72 = 72 * 3600_000;

const utf8 = (most: number, least = 1) =>
  z.string().refine((text) => Buffer.byteLength(text) >= least && Buffer.byteLength(text) <= most);

const media = z.strictObject({ media_id: z.string() });
const button = z.strictObject({
  text: utf8(128),
  key: utf8(1024),
  style: z.number().int().min(1).max(4).optional(),
});
/** 按钮交互型. What is only recommended is held too, but for the words on buttons. */
const cardShape = {
  card_type: z.literal('button_interaction'),
  main_title: z.strictObject({ title: z.string().max(36), desc: z.string().max(44).optional() }).optional(),
  sub_title_text: z.string().max(160).optional(),
  horizontal_content_list: z
    .array(z.strictObject({ keyname: z.string().min(1).max(5), value: z.string().max(30) }))
    .max(6)
    .optional(),
  button_list: z.array(button).min(1).max(6),
};
const told = (card: { main_title?: { title: string } | undefined; sub_title_text?: string | undefined }) =>
  Boolean(card.main_title?.title || card.sub_title_text);
const newCard = z
  .strictObject({ ...cardShape, task_id: z.string().regex(/^[a-zA-Z0-9_\-@]{1,128}$/) })
  .refine(told);
const drawnCard = z.strictObject({ ...cardShape, replace_text: z.string().min(1).optional() }).refine(told);
type CardShape = z.infer<typeof drawnCard>;

const head = { touser: z.string().min(1), agentid: z.number().int() };
const message = z.discriminatedUnion('msgtype', [
  z.strictObject({ ...head, msgtype: z.literal('text'), text: z.strictObject({ content: utf8(2048) }) }),
  z.strictObject({ ...head, msgtype: z.literal('image'), image: media }),
  z.strictObject({ ...head, msgtype: z.literal('file'), file: media }),
  z.strictObject({ ...head, msgtype: z.literal('template_card'), template_card: newCard }),
]);
const redraw = z.strictObject({
  userids: z.array(z.string()).min(1).max(1000),
  agentid: z.number().int(),
  response_code: z.string().min(1),
  template_card: drawnCard,
});

/** A right to draw a card anew: once, for 72 hours. */
interface ResponseCode {
  card: string;
  until: number;
}

/**
 * 发送应用消息 and 更新模版卡片消息: https://developer.work.weixin.qq.com/document/path/90236 and …/94888. Where no
 * document names the code of a refusal it is 40058, 不合法的参数.
 */
export class AppSide {
  readonly members = new Set<string>();
  readonly codes = new Map<string, ResponseCode>();
  /** Why something was refused, for whoever reads a failed test. */
  readonly faults: string[] = [];
  readonly #tasks = new Set<string>();
  readonly #platform: WecomPlatform;

  constructor(platform: WecomPlatform) {
    this.#platform = platform;
  }

  answer(path: string, given: Record<string, unknown>): Answer | undefined {
    if (path === 'message/send') return this.#send(given);
    if (path === 'message/update_template_card') return this.#redraw(given);
    if (path !== 'agent/get') return undefined;
    return given.agentid === String(AGENT)
      ? ok({ agentid: AGENT, name: '内部助手', close: 0 })
      : refuse(40056, 'invalid agentid');
  }

  /** A code as the platform hands it out with a card and with each press. */
  code(card: string): string {
    const code = randomUUID();
    this.codes.set(code, { card, until: this.#platform.now() + HOURS_72 });
    return code;
  }

  #send(given: unknown): Answer {
    const parsed = message.safeParse(given);
    if (!parsed.success) return this.#fault(parsed.error);
    const { data } = parsed;
    if (data.agentid !== AGENT)
      return refuse(301002, 'not allow operate another agent with this accesstoken');
    const known = [...this.members].some((member) => member.toLowerCase() === data.touser.toLowerCase());
    if (!known) return GONE.unknown;
    const moody = moodOf(this.#platform.mood, GONE);
    if (moody) return moody;
    if (data.msgtype === 'template_card') return this.#card(data.touser, data.template_card);
    const id = randomUUID();
    if (data.msgtype === 'text') this.#show(data.touser, id, data.text.content, [], data);
    else {
      const { media_id } = data.msgtype === 'image' ? data.image : data.file;
      const file = this.#platform.media.get(media_id);
      if (!file || file.type !== data.msgtype) return refuse(40007, 'invalid media_id');
      this.#show(data.touser, id, `[${data.msgtype}] ${file.name}`, [], data);
    }
    return ok({ msgid: id });
  }

  #card(to: string, card: z.infer<typeof newCard>): Answer {
    if (this.#tasks.has(card.task_id)) return this.#fault(`task_id ${card.task_id} came twice`);
    this.#tasks.add(card.task_id);
    this.#show(to, card.task_id, wordsOf(card), keysOf(card), { template_card: card });
    return ok({ msgid: randomUUID(), response_code: this.code(card.task_id) });
  }

  #redraw(given: unknown): Answer {
    const parsed = redraw.safeParse(given);
    if (!parsed.success) return this.#fault(parsed.error);
    const { response_code, template_card, userids } = parsed.data;
    const code = this.codes.get(response_code);
    if (!code || code.until <= this.#platform.now()) return this.#fault('response_code is used or over');
    const moody = moodOf(this.#platform.mood, GONE);
    if (moody) return moody;
    this.codes.delete(response_code);
    const to = userids[0] ?? '';
    const keys = template_card.replace_text ? [] : keysOf(template_card);
    this.#platform.show({
      to,
      id: code.card,
      kind: 'update',
      text: wordsOf(template_card),
      keys,
      body: { template_card },
    });
    return ok();
  }

  #show(to: string, id: string, text: string, keys: Shown['keys'], body: Record<string, unknown>): void {
    this.#platform.show({ to, id, kind: 'message', text, keys, body });
  }

  #fault(reason: unknown): Answer {
    this.faults.push(String(reason));
    return refuse(40058, 'invalid parameter');
  }
}

const keysOf = ({ button_list }: CardShape) => button_list.map(({ text: title, key }) => ({ title, key }));

function wordsOf({ main_title, sub_title_text, horizontal_content_list = [] }: CardShape): string {
  const facts = horizontal_content_list.map(({ keyname, value }) => `${keyname}：${value}`);
  return [main_title?.title, sub_title_text, ...facts].filter(Boolean).join('\n');
}
