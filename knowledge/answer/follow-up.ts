import type { Asked, Reply } from '../reply.ts';

/** Things that one can ask the same of: naming one after another means that one in the other's place. */
const CONTRASTS: readonly (readonly string[])[] = [
  ['国内', '国际', '境外', '国外', '港澳台', '省内'],
  ['5g', '4g'],
  ['主卡', '副卡'],
  ['流量', '语音', '短信', '通话'],
  ['宽带', '固话', 'iptv', '手机'],
  ['开通', '取消', '关闭', '恢复', '退订'],
  ['个人', '企业', '单位'],
  ['补卡', '换卡', '销户', '过户'],
  ['携入', '携出'],
  ['光猫', '路由器', '机顶盒'],
  ['domestic', 'international', 'abroad'],
  ['prepaid', 'postpaid'],
  ['broadband', 'landline', 'mobile'],
  ['data', 'voice', 'sms'],
];

/** Where the question of a sentence begins; before it stands what it is about. */
const ASKING_ZH =
  /怎么|怎样|如何|多少|什么|哪|几[个天号点元]|能不能|可不可以|可以|能|是否|有没有|要不要|需不需要|需要|多久|多长|在哪|为什么|收费|要钱|吗/;
const ASKING_EN =
  /^(?:how much (?:is|are|does|do)?|how (?:do|can|to|long|many)|what(?:'s| is| are)?|where|when|which|can|could|do|does|is|are)\b(?: (?:i|we|you|it|does|do|can|the|a|an|to)\b)*/i;

const TOPIC_ZH =
  /^(?:那么?|那如果是?|如果是?|要是|换成|改成|还有)(?:说)?(?:的话)?[,，]?(.{1,14}?)(?:的)?(?:的话)?(呢|怎么样|行吗|可以吗|也一样吗|也是吗)?[?？。!！]*$/u;
const BARE_TOPIC_ZH = /^(.{1,10}?)(?:的)?呢[?？。]*$/u;
const TOPIC_EN =
  /^(?:and |but )?(?:what about|how about|what if it(?:'s| is)|and for|and|same for|for) (?:the |an? )?(.{2,40}?)[?.!]*$/i;
const DONE_EN = /^\w+(?: (?:on|off|up|out))?(?= )/i;
const POINTS_ZH = /^(?:那么?)?(?:这个|那个|这种|那种|它)的?(?=.{2,})/u;
const POINTS_EN = /\b(?:it|that|this one|that one|them|those)\b/i;
const POLITE = /^(?:请问|我想问(?:一下)?|想问(?:一下)?|你好|您好)[,，]?/u;
const VERB_FIRST =
  /^(?:怎么样?|怎样|如何|可以|能不能|在哪里?|哪里)(?:才能|可以|能)?(?:开通|取消|办理|申请|查询|查|订|退订|关闭|设置|修改|改|换|补|领|用)?/u;
/** Nothing but a question word and what is done: to what, was said before. */
const BARE_ASK_ZH =
  /^(?:那么?)?(?:(?:要?怎么|如何|怎样|在哪里?|去哪里?|什么时候|需要什么|要?多久|要?多少|能|可以)(?:能|可以|才能)?(?:开通|取消|办理?|申请|查询?|订|退订|关闭|设置|改|换|补|领|用|交|收费|生效|到账|恢复|材料|条件|证件|手续|钱)?吗?|要钱吗|收费吗|有效期是?(?:多久|多长)?)$/u;
/** Asks how much, how long or with what, and names nothing of its own: 「最多几张」, 「需要带身份证吗」. */
const LEANS_ZH =
  /^(?:还|也|都|一般|大概|一共)*(?:(?:要不要|需不需要|用不用|必须|需要|可不可以|能不能|可以|要|得|用|能)(?:带|交|付|花|等|本人|预约|提前|准备|提供|押金|多少|多久|多长|几|身份证|证件|材料|别人|家人|代办)|最[多少低高快晚]|多少|几[张个天点元块次种]|本人|押金|代办).{0,10}$/u;
const LEANS_EN =
  /^(?:and |so )?(?:how (?:much|long|many|often)(?: is it| does it (?:cost|take))?(?: at most)?(?: (?:per|a|for a|for one) (?:day|week|month|year))?|is it free|do i need (?:my |an? )?(?:id|passport)(?: card)?|what documents(?: do i need)?)[?.!]*$/i;
/** Things that make it a question of its own. */
const NAMED_ZH =
  /套餐|话费|流量|语音|短信|账单|发票|积分|合约|违约金|靓号|漫游|长途|宽带|固话|光猫|路由器|iptv|彩铃|专线|补卡|换卡|主卡|副卡|销户|过户|携[号入出转]|投诉|工单|充值/iu;

/**
 * Complete questions that a follow-up may stand for, the likeliest first: 「那国际的呢」 after 「国内漫游怎么收费」 is
 * 「国际漫游怎么收费」. Empty where the text leans on nothing.
 * @param previous the question before it, if there is one
 * @param title of the entry that was answered last, if the last reply was an answer
 */
export function completions(text: string, previous = '', title = ''): string[] {
  const said = text.trim();
  const before = previous.trim().replace(/[?？。!！]+$/u, '');
  if (said === '' || [...said].length > 40) return [];
  const isChinese = /\p{sc=Han}/u.test(said);
  const found = before === '' ? [] : isChinese ? chinese(said, before) : english(said, before);
  if (title) found.push(...(isChinese ? chineseOf(said, title) : englishOf(said, title)));
  return [...new Set(found)].filter((question) => question !== said && question !== before);
}

function chinese(said: string, before: string): string[] {
  const { subject, asking } = partsOf(before);
  const asked = said.replace(/[?？。!！]+$/u, '');
  if (POINTS_ZH.test(asked) && ASKING_ZH.test(asked)) return [`${subject}${asked.replace(POINTS_ZH, '')}`];
  if (BARE_ASK_ZH.test(asked) && [...asked].length <= 12)
    return [`${subject}${asked.replace(/^那么?/u, '')}`];
  const topic = (TOPIC_ZH.exec(asked)?.[1] ?? BARE_TOPIC_ZH.exec(asked)?.[1])?.trim();
  if (!topic) return [];
  // 「那怎么取消呢」: the question is new, and what it is about is not.
  if (ASKING_ZH.test(topic)) return [...swapped(topic, before), `${subject}${topic}`];
  const other = swapped(topic, before);
  return other.length > 0 ? other : [`${topic}${asking}`, `${topic}${subject}${asking}`];
}

function english(said: string, before: string): string[] {
  const topic = TOPIC_EN.exec(said)?.[1];
  const asking = ASKING_EN.exec(before)?.[0] ?? '';
  const subject = before.slice(asking.length).trim();
  if (topic) {
    const other = swapped(topic, before);
    if (other.length > 0) return other;
    // "How do I prepaid" is no question: what is done stays, and it may be done for the new thing.
    if (!/\b(?:i|we|you|to) *$/i.test(asking)) return [`${asking} ${topic}`.trim(), `${topic} ${before}`];
    return [`${before} for ${topic}`, `${asking.trim()} ${DONE_EN.exec(subject)?.[0] ?? ''} ${topic}`];
  }
  if (POINTS_EN.test(said) && said.split(' ').length <= 9)
    return [said.replace(POINTS_EN, subject).replace(/[?.!]+$/, '')];
  return [];
}

/** What leans on the last answer, asked of what that was about. */
function chineseOf(said: string, title: string): string[] {
  const asked = said.replace(/[?？。!！]+$/u, '').replace(/^那么?/u, '');
  const leans = [...asked].length <= 12 && (BARE_ASK_ZH.test(asked) || LEANS_ZH.test(asked));
  return leans && !NAMED_ZH.test(asked) ? [`${topicOf(title)}${asked}`] : [];
}

function englishOf(said: string, title: string): string[] {
  return LEANS_EN.test(said) ? [`${said.replace(/[?.!]+$/, '')} ${title}`] : [];
}

/** 「宽带如何移机」 is about 宽带移机, 「副卡怎么收费，能办几张」 about 副卡; of two regions the first is meant. */
function topicOf(title: string): string {
  const first = title.split(/[，,（(]/u)[0] ?? title;
  const thing = first.replace(VERB_FIRST, '').replace(/怎么样?|怎样|如何/u, '');
  const one = thing.replace(/[及和][^及和]{2,3}(?=漫游|长途)/u, '');
  return one.replace(/(?:有哪些|是(?:什么|哪个|多少|多久)|收费|多久|能否|吗).*$/u, '');
}

/** The question before with the new thing in the place of the one that it is compared with. */
function swapped(topic: string, before: string): string[] {
  const row = CONTRASTS.find((words) => words.some((word) => topic.toLowerCase().includes(word)));
  const old = row?.find((word) => before.toLowerCase().includes(word) && !topic.toLowerCase().includes(word));
  if (!row || !old) return [];
  const fresh = row.find((word) => topic.toLowerCase().includes(word)) as string;
  return [before.replace(new RegExp(old, 'i'), fresh)];
}

function partsOf(question: string): { subject: string; asking: string } {
  const plain = question.replace(POLITE, '');
  const at = ASKING_ZH.exec(plain)?.index ?? plain.length;
  // 「怎么开通国际漫游」: what it is about stands behind.
  if (at === 0) return { subject: plain.replace(VERB_FIRST, ''), asking: plain };
  return { subject: plain.slice(0, at), asking: plain.slice(at) };
}

const RANK = { answer: 3, expired: 2, choices: 1, unknown: 0 } as const;

/**
 * Asks a question, and where it leans on the one before it also what it may stand for. The completed one is taken if it
 * comes to more, or to the same more surely; the reply then says how it was `asked`.
 */
export function askInContext({ text, history = [], topic }: Asked, ask: (question: string) => Reply): Reply {
  let best = ask(text);
  const last = history.findLast(({ author }) => author === 'customer')?.text;
  for (const asked of completions(text, last, topic)) {
    const reply = ask(asked);
    const more = RANK[reply.outcome] - RANK[best.outcome];
    if (more > 0 || (more === 0 && reply.score > best.score)) best = Object.assign(reply, { asked });
  }
  return best;
}
