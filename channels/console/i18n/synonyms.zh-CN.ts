/** 同义词 */
export const synonymsZh = {
  'synonyms.title': '同义词',
  'synonyms.add': '添加一组同义词',
  'synonyms.group': '同义词组',
  'synonyms.none': '还没有同义词',
  'synonyms.why': '客户的说法和知识库里的词不一样时，在这里写成一组，例如“流量包 = 冲浪包”。',
  'synonyms.comma': '、',
  'synonyms.words': '词语，每行一个',
  'synonyms.example': '流量包\n冲浪包',
  'synonyms.hint': '第一行写知识库里用的词，下面写客户的其他说法。保存后立即生效。',
  'synonyms.save': '保存',
  'synonyms.saved': '已保存，立即生效',
  'synonyms.remove': '删除这一组',
  'synonyms.removed': '已删除',
  'synonyms.undo': '撤销',
  'synonyms.found': '现在找到的条目',
  'synonyms.foundNothing': '没有找到条目',
} as const;
