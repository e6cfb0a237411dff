/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  readonly index: number;
  readonly length: number;
}

/** Words that greet, thank, ask or join, and say nothing about why. */
const CHINESE = [
  '你好|您好|早上好|下午好|晚上好|大家好|在吗',
  '领导|班长|主任|老师|机器人|同事',
  '麻烦(?:你|您)?一?下?|(?:谢谢|感谢|多谢|拜托|辛苦)(?:你|您)?了?|请问|请批准|望批准|批准一下|请审批|审批一下',
  '可以吗|行吗|好吗|行不行|能不能|可不可以|可否|能否|可以|能',
  '我们?|本人|咱|他|她|您|你',
  '想要?|需要|要|打算|得|准备|希望|计划|还是|再|也|就',
  '申请|请|休|报个?|告|办(?:理|个)?|帮|替|给',
  '个|一个|一下|次|一次|天|整天|全天|共|一共|总共|左右',
  '因为|由于|因|原因[是为:]?|理由[是为:]?|事由[是为:]?|所以|是',
  '开始|起|止|从|和|的|了|吧|吗|呢|啊|哦|呀|哈|嗯|假|班|上|当天|那天|这天',
].join('|');

const ENGLISH = [
  "hello|hi|hey|dear|please|thanks|thank you|sorry|i['’]d|i['’]m|i am|i|we|would|like|want|need|wish|may|can|could|will|have to",
  'to|take|taking|ask|asking|apply|applying|request|requesting|report|reporting|call|calling|get|book|put in|going',
  'a|an|the|some|one|on|from|for|in|at|of|as|and|off|out|leave|day off|days off|time off|day|whole|all',
  'because|since|due|reason|you|with|by|starting|you say',
].join('|');

const head = new RegExp(`^(?:[\\s:()'"“”-]+|(?:${CHINESE})|(?:${ENGLISH})\\b(?!['’]))`, 'iu');
const tail = new RegExp(`(?:[\\s:()'"“”-]+|(?:${CHINESE})|\\b(?:${ENGLISH}))$`, 'iu');
/** Endings that belong to what they end: 发烧了, 家长会的. */
const KEPT_TAIL = /[了上班天]$/u;

const SEPARATOR = /[|｜,，。.;；!！?？、\n…~～]+/u;

/**
 * The candidate for a reason: the clauses that remain when the stretches already understood and the polite
 * words at both ends of each clause are gone. Empty when nothing of substance remains.
 * @param taken stretches of the text that were read as kind, date or name
 */
export function reasonIn(text: string, taken: readonly Stretch[]): string {
  // By UTF-16 units, as the stretches are counted.
  const units = text.split('');
  for (const { index, length } of taken) units.fill('|', index, index + length);
  const clauses = units
    .join('')
    .split(SEPARATOR)
    .map(stripped)
    .filter((clause) => [...clause].length >= 2);
  const glue = /[\u4e00-\u9fff]/.test(text) ? '，' : ', ';
  return clauses.join(glue);
}

function stripped(clause: string): string {
  let rest = clause.trim();
  for (;;) {
    const shorter = withoutTail(rest.replace(head, '').trim());
    if (shorter === rest) return rest;
    rest = shorter;
  }
}

function withoutTail(text: string): string {
  if (KEPT_TAIL.test(text) && text.length > 2) return text;
  return text.replace(tail, '').trim();
}
