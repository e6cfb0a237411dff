import { plain } from '../dialog/form/index.ts';
import { LOCALES, type TextKey, t } from '../i18n/index.ts';

/**
 * What customers say besides questions. Patterns match a whole message, so that a question about a thing is not taken
 * for the wish to have it: 「怎么转人工」 is a question.
 */

const ASKS =
  /[?？]|吗|怎么|怎样|如何|多久|多少|什么|为什么|为何|几点|哪|能不能|可不可以|是不是|有没有|能否|可否/;
const ASKS_EN = /\?|^(how|what|when|where|why|who|which|can|could|do|does|did|is|are|will|would|should)\b/i;

/** True for words that ask something. */
export function asks(text: string): boolean {
  return ASKS.test(text) || ASKS_EN.test(text.trim());
}

const HUMAN = new RegExp(
  '^(我|您|请|问|麻烦|帮我|给我|要|想|直接|快|赶紧|能不能|可不可以|可以|能否|能|有没有|现在|还是|那)*' +
    '((转|找|换|叫|联系|呼叫)?(接|一下|个|到|给)*' +
    '(在线)?(人工|真人|客服人员|坐席|座席)(客服|服务|坐席|座席|接待|处理|咨询|台)?|(转|找|叫|联系|呼叫)接?客服)' +
    '(吧|啊|呀|了|吗|么|呢|谢谢|!|！|\\?|？)*$',
);
const HUMAN_EN =
  /^(i (want|need|would like)( to)? |please |let me |can i |could i |may i )?((speak|talk|chat)( to| with) |connect me (to|with) |get me |give me )?(a |an |the |some)?(human|person|real person|live person|live agent|agent|representative|operator|human agent|someone|somebody|customer service)( please|\?|!)*$/;

// Longer messages are no commands, and nobody shall make the patterns work on four thousand characters.
const MOST = 60;

/** 转人工, at any moment. */
export function wantsHuman(text: string): boolean {
  if (text.length > MOST) return false;
  const said = plain(text);
  return isTitle(text, 'customer.human') || HUMAN.test(said) || HUMAN_EN.test(said);
}

// Between clauses. Blanks part Chinese ones only: English needs them within.
const CLAUSES = /[,，。.;；!！?？\n]+|(?<=\p{Script=Han})\s+/u;
const CALLS = /转|找|换|叫|要|联系|want|need|talk|speak|connect|get me|give me/i;

/**
 * 转人工 beside other words: 「你们没听懂，转人工」「转人工，我电话是…」. Not for what fills a form, where it may be told
 * of. A bare 「人工」 next to a question is what the question is about.
 */
export function wantsHumanBesides(text: string): boolean {
  const clauses = text.split(CLAUSES).filter((clause) => clause.trim());
  if (clauses.length < 2) return false;
  return [clauses[0], clauses.at(-1)].some(
    (clause = '') => wantsHuman(clause) && (CALLS.test(clause) || !asks(text)),
  );
}

const MENU = /^(主?菜单|功能|目录|服务列表|返回主?菜单|回到?主?菜单|主页|menu|main menu|help|帮助|0)$/;
export const wantsMenu = (text: string) => MENU.test(plain(text));

const WISH = '(?:我们?|就|现在|要|想|必须|得|来|请|帮我|有个|有一个)+(?:提交|提|登记|发起)?(?:一个|个)?';
// 「投诉进度」「投诉了三天」 speak of one that exists already.
const EXISTING =
  '(?!单|渠道|电话|热线|进度|进展|结果|记录|与|和|处理|时限|流程|中心|过|了|完|后|的|升级|退费|工号)';
const wished = (thing: string) =>
  new RegExp(`^(?:${WISH}${thing}${EXISTING}|(?:提交|登记)?${thing}(?:$|[\\s,，。.:：、!！]|你们))`);

const STARTS: [string, RegExp][] = [
  ['complaint', wished('投诉')],
  ['fault', wished('(?:报修|报障|报故障)')],
  ['change', /^(我|我们|就|现在|要|想|来|提交)*(登记办理|登记业务变更|业务变更|变更业务|登记业务)$/],
  ['message', /^(我|我们|就|要|想|给你们|来)*(留言|留个言|建单|留下信息|留信息)(\/建单)?$/],
];
const STARTS_EN: [string, RegExp][] = [
  [
    'complaint',
    /^(i (want|would like|wish|need) to |i'd like to )?((make|file|submit|lodge) a )?(complain|complaint)\b/,
  ],
  [
    'fault',
    /^(i (want|would like|wish|need) to |i'd like to )?(report|submit) a (fault|problem|breakdown)\b/,
  ],
  ['change', /^(ask for this service|service request|request a change)$/],
  ['message', /^(i (want|would like) to )?leave a message\b/],
];
const TITLES: [string, TextKey][] = [
  ['complaint', 'customer.start_complaint'],
  ['fault', 'customer.start_fault'],
  ['change', 'customer.start_change'],
  ['message', 'customer.leave_message'],
];

/** The form that a message asks for; a question about complaints is none. */
export function startsForm(text: string): string | undefined {
  const titled = TITLES.find(([, key]) => isTitle(text, key));
  if (titled) return titled[0];
  if (asks(text)) return undefined;
  const said = plain(text);
  return [...STARTS, ...STARTS_EN].find(([, words]) => words.test(said))?.[0];
}

/** What is left of a first sentence when the wish to start the form is taken away. */
export function withoutStart(text: string): string {
  const said = text.normalize('NFKC').trim();
  for (const [, words] of [...STARTS, ...STARTS_EN]) {
    const match = new RegExp(words.source, 'i').exec(said);
    if (match) return said.slice(match[0].length).replace(/^[\s,，。.:：、!！]+/, '');
  }
  return said;
}

const STATUS =
  /^(?=.*(?:查|看|问|进度|状态|进展|情况|怎么样|到哪|结果))(我要|我想|想|帮我|请)*(查|查询|查一下|查下|看看|看一下|问一下)?(一下)?(我的|我)?(工单|投诉|报修|业务单|投诉单|报修单)(单)?的?(进度|状态|进展|处理情况|处理进度|处理得?怎么样了?|怎么样了|到哪(一步)?了?|结果)?[?？]?$/;
const STATUS_EN =
  /^(what is |what's |check |show )?(the |my )?(status of )?(the |my )?(ticket|complaint|repair|fault report)( status| progress)?\??$/;

/** Asks how the ticket stands. */
export function wantsStatus(text: string): boolean {
  if (text.length > MOST) return false;
  const said = plain(text);
  if (/^(ticket|complaint|repair)$/.test(said)) return false;
  return isTitle(text, 'customer.ticket_status') || STATUS.test(said) || STATUS_EN.test(said);
}

const LEAVE_QUEUE =
  /^(取消(排队|转人工|等待)?|不(排|等|转)(队|人工)?了|算了|不用(转)?(人工)?了|cancel( waiting)?|stop waiting|never ?mind)$/;
export const leavesQueue = (text: string) => LEAVE_QUEUE.test(plain(text));

const POSITION =
  /(排|等)(到|了)?(多久|第几|几位)|前面(还)?有?(几|多少)|还(要|得)(等)?多久|轮到我|排队(情况|进度|位置)|第几(位|个)|^(我)?排队[?？]?$|how (long|many)|my position|(position|place) in (the )?(queue|line)/i;
export const asksPosition = (text: string) => text.length <= 40 && POSITION.test(text);

const SMALL_TALK: [TextKey, RegExp][] = [
  [
    'customer.greeting',
    /^(您好|你好|你们好|嗨|哈喽|哈罗|在吗|在么|在不在|有人吗|早|早上好|上午好|中午好|下午好|晚上好|喂|hi|hello|hey|good (morning|afternoon|evening))( there)?(啊|呀|哦|!|！|\?|？|~)*$/,
  ],
  [
    'customer.thanks',
    /^(好的?|嗯|ok)?[,，]?(谢谢|多谢|感谢|非常感谢|谢了|谢谢你|谢谢您|辛苦了|麻烦(你|您)了|thanks?|thank you|thx|thank you very much|many thanks)(你|您|啦|了|哦|啊|!|！)*$/,
  ],
  [
    'customer.bye',
    /^(再见|拜拜|拜|88|没事了|没有了|没了|没有其他问题了?|不用了|没问题了|就这样|bye|goodbye|good bye|see you|no thanks|that'?s all)(啦|了|哦|啊|!|！)*$/,
  ],
  [
    'customer.acknowledge',
    /^(好的?|好吧|嗯+|哦+|噢|行|ok|okay|可以|知道了|明白了?|了解了?|收到|请问(一下)?|我想(问|咨询)(一下|个问题)?|想问(一下|个问题)?|i see|got it|alright|i have a question)(啦|了|哦|!|！|~)*$/,
  ],
  [
    'customer.who',
    /^(你是谁|你是机器人吗|你是人工吗|你是真人吗|你会什么|你能做什么|你能干什么|who are you|are you (a )?(bot|robot|human)|what can you do)[?？]?$/,
  ],
];

/** The approved phrase that answers a greeting, thanks or a farewell. */
export function smallTalk(text: string): TextKey | undefined {
  if (text.length > MOST) return undefined;
  const said = text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s.。,，]+$/u, '');
  return SMALL_TALK.find(([, words]) => words.test(said))?.[0];
}

/** True when there is not one letter or digit of any script in it: emoji, stickers, punctuation. */
export function wordless(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text);
}

/** The titles of a button in both languages, as `plain` leaves them. Made once: every message is held against them. */
const titles = new Map<TextKey, Set<string>>();

/** True when `text` is the title of a button, in either language. */
export function isTitle(text: string, key: TextKey): boolean {
  let known = titles.get(key);
  if (!known) {
    known = new Set(LOCALES.map((locale) => plain(t(locale, key as 'customer.human'))));
    titles.set(key, known);
  }
  return known.has(plain(text));
}
