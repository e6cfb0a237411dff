/**
 * Words that change what is promised: one of a row in a sentence needs one of the same row in its source. Rows are
 * words that mean the same; everything else about a claim is left to the count of shared words.
 */
const ROWS_ZH: readonly string[] = [
  '免费|不收费|不另收费|不收|免收|免(?=首月)|0元',
  '赠送|赠|送(?!货|到|达|修)',
  '优惠|折扣|打折|特价|减免|立减',
  '立即|即时|马上|立刻|实时|秒到|即刻|当场|随即',
  '次月|下个?月',
  '当月|本月|这个月',
  '次日|第二天|明天',
  '当天|当日|今天',
  '上月|上个月',
  '月底|月末',
  '自动|到期自|自行恢复',
  '手动|人工',
  '永久|终身|永远|一辈子|长期',
  '随时|任何时候|任何时间',
  '任何|任意|任一|无论|不论',
  '所有|全部|一切|全都|均|都',
  '全额|全数|原价',
  '保证|承诺|确保|一定|肯定|必定|绝对|必然|务必|必须|须|需|应|要',
  '不限(?!于)|无限|无上限|畅用',
  '补偿|赔偿|赔付|赔',
  '退还|退款|退费|退回|退至|退到|退',
  '抽奖|中奖|红包|礼品|奖品',
  '优先|加急|插队',
  '双倍|翻倍|加倍',
  '仅|只|仅限|只有|限',
  '本人|机主|户主|自己',
  '他人|代办|家人|亲属',
  '上门',
  '线上|在线|网上|掌厅|app',
  '线下|营业厅|门店|厅店|旗舰厅|到厅|现场',
  '国内|境内|全国',
  '国际|境外|国外|海外|出国|港澳台|漫游',
  '新用户|新客户|新开户|新办|新入网|新装',
  '老用户|老客户|在网|在用',
  '押金|预存|预付|保证金',
  '违约金|滞纳金|手续费|工本费',
  '累计|叠加|重复',
  '先(?!生)|首先|(?<=[后才])再(?!次)|之前',
  '至少|最少|不少于|不低于',
  '最多|至多|不超过|上限|最高|最长|限|以?内',
  '恢复|复机',
  '取消|退订|注销|销户|关闭|解除|停止',
  '增加|提高|提升|上涨|加收|涨',
  '减少|降低|下降|下调|降',
];
const ROWS_EN: readonly string[] = [
  'free|no charge|no fee',
  'gifts?|bonus|reward',
  'discounts?|off\\b|reduced|cheaper|sale',
  'immediately|instantly|at once|right away|straight away',
  'next month|following month',
  'this month|current month',
  'next day|tomorrow',
  'today|same day',
  'automatically|automatic|by itself',
  'forever|permanent(?:ly)?|lifetime',
  'any ?time|whenever',
  'any|every|all|always',
  'guarantee[sd]?|promise[sd]?|ensure|certainly|definitely',
  'unlimited|no limit|without limit',
  'refund(?:s|ed|able)?|pa(?:y|id) back|return(?:s|ed)?|give back',
  'compensat\\w+|reimburs\\w+',
  'only|just',
  'must|need|required?|have to',
  'abroad|roaming|international(?:ly)?|overseas',
  'in stores?|at (?:a|any) store|stores?|shops?',
  'online|app|website',
  'cancel(?:s|led)?|terminat\\w+|close[sd]?',
  'increase[sd]?|raise[sd]?',
  'priority|urgent|urged?',
];
const rows = (list: readonly string[], wrap: (row: string) => string) =>
  list.map((row) => new RegExp(wrap(row)));
const WEIGHTY = [...rows(ROWS_ZH, (row) => row), ...rows(ROWS_EN, (row) => `\\b(?:${row})`)];
/** Where and by whom: an entry says it once for all its sentences. */
const ANYWHERE =
  /掌厅|营业厅|门店|上门|国内|国际|境|在网|新开户|仅|只|限|store|app|online|abroad|roaming|only/;
/** 「都」, 「要」 and the like are filler unless something is weighty about them; a source may leave them out. */
const FILLER =
  /^(?:都|均|要|需|须|应|只|限|all|need|any|just|线上|在线|网上|自己|机主|本人|退|到厅|现场|原价)$/;

/** The first weighty word of a clause that the passages `near` it, or its whole source, have no word for. */
export function unfounded(clause: string, near: string, source: string): string | undefined {
  for (const row of WEIGHTY) {
    const said = row.exec(clause)?.[0];
    if (said === undefined || FILLER.test(said)) continue;
    if (!row.test(ANYWHERE.test(said) ? source : near)) return said;
  }
  return undefined;
}

/** `每月`, `/月`, "a month", "per month": by what a price or an amount is counted. */
const PER =
  /每(?:个)?(月|年|天|日|周|次|张|个|台|条|户|单|小时|分钟|gb|g|mb)|\/(月|年|天|日|周|次|张|个|台|条|户|单|小时|分钟|gb|g|mb|month|year|day|week|minute)|\b(?:a|an|per|each|every) (month|year|day|week|time|minute|hour|gb|mb)\b/g;
const SAME: Readonly<Record<string, string>> = {
  日: '天',
  g: 'gb',
  month: '月',
  year: '年',
  day: '天',
  week: '周',
  time: '次',
  minute: '分钟',
  hour: '小时',
};

/** By what things are counted in a text, each once. */
export function periodsOf(text: string): Set<string> {
  const named = /月费|月租|包月|monthly/.test(text) ? ['月'] : [];
  return new Set([
    ...named,
    ...[...text.matchAll(PER)]
      .map(([, a, b, c]) => a ?? b ?? c ?? '')
      .map((period) => SAME[period] ?? period),
  ]);
}

/** Words that begin what a rule depends on. */
const CONDITION =
  /(?<!不)需(?!求|审核)|仅限?|只有|只可|只能|才可|才能|方可|前提|条件|除.{1,12}外|除外|不含|若|(?<!网)满\d|限(?!速|制|额|流)|\b(?:if|unless|only|except|provided|must|until|as long as)\b/;
/** What a clause makes something depend on; undefined if it isn't a condition. */
export function conditionIn(clause: string): string | undefined {
  const found = CONDITION.exec(clause);
  return found ? clause.slice(found.index) : undefined;
}

/** A sentence that leans on the one before it. */
const LEANS =
  /^(?:但|不过|然而|否则|除此|此时|届时|这种|这样|其中|该|若|如(?!何)|否|并且|而且|同时|前提|but|however|otherwise|then|in that case|unless|except|if)/i;
export const leansOnPrevious = (sentence: string): boolean => LEANS.test(sentence.trim());
