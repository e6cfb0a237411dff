import { readKnowledge, readQuestions } from '../../../knowledge/eval/files.ts';
import { generator } from '../../../knowledge/retrieval/classifier.ts';
import type { Entry } from '../../../knowledge/retrieval/index.ts';
import type { Collection } from './sets.ts';

const SEED = 'prisma/seed/entries.zh.jsonl';
const ASKED = 'test/payloads/telecom_zh/queries.jsonl';

/** What brands are called: 64 × 64 names of two characters, and as many again of three. */
const FIRST =
  '云海星晨光明远航飞鹰翔龙虎凤天宇华夏金银玉兰松竹梅菊春夏秋冬东南西北山川江河湖泉石岩林森花草木叶风雷雨雪霜露日月火水土青白红紫';
const SECOND =
  '通达联合顺利安康宁泰和平祥瑞丰盛荣昌兴旺发展腾跃驰骋奔流聚汇融创新智慧灵动捷易快速优品尚雅悦享乐游行卡卫盾宝贝家园城邦港湾桥塔灯塔';
const KINDS = ['卡', '宽带', '套餐', '专线', '会员', '副卡', '国际版', '校园版', '企业版'];

function nameOf(product: number): string {
  const [first, second] = [[...FIRST], [...SECOND]];
  const at = (product * 7919) % (first.length * second.length);
  const kind = KINDS[product % KINDS.length] ?? '';
  const name = `${first[at % first.length]}${second[Math.floor(at / first.length)]}`;
  return product < first.length * second.length ? name + kind : `${name}${first[product % 61]}${kind}`;
}

/** Figures differ from product to product, as they do in a real price list. */
function withFigures(text: string, next: () => number): string {
  return text.replace(/\d+/g, (digits) =>
    next() < 0.5 ? digits : String(Math.max(1, Math.round(Number(digits) * (0.5 + next())))),
  );
}

/**
 * A large centre: `size` entries, each one of the demo centre's 160 subjects for one product of many (its name in the
 * title and in the similar questions, figures of its own, a sentence of another entry in its body), and the scored
 * questions of that subject with the product's name in them. So the vocabulary grows with the size, each entry is as
 * long as a real one, and a question has one right answer among hundreds that differ by a name only.
 */
export function synthetic(size: number, questions = 1000): Collection {
  const subjects = readKnowledge(SEED);
  const asked = readQuestions(ASKED).filter(({ gold }) => gold.length === 1);
  const next = generator(size);
  const pick = <T>(some: readonly T[]): T => some[Math.floor(next() * some.length)] as T;
  const products = Math.ceil(size / subjects.length);
  const entries: Entry[] = [];
  for (let product = 0; product < products; product++) {
    const name = nameOf(product);
    for (const subject of subjects.slice(0, size - entries.length)) {
      const named = (text: string) => withFigures(next() < 0.5 ? `${name}${text}` : `${name}的${text}`, next);
      entries.push({
        id: `${subject.id}-${product}`,
        language: 'zh',
        title: named(subject.title),
        questions: subject.questions.map((text) => (next() < 0.6 ? named(text) : withFigures(text, next))),
        body: withFigures(`${subject.body}\n${pick(pick(subjects).body.split('\n'))}`, next),
      });
    }
  }
  const ids = new Set(entries.map(({ id }) => id));
  const queries = Array.from({ length: questions }, () => {
    const { text, gold, kind } = pick(asked);
    const product = Math.floor(next() * products);
    const id = `${gold[0]}-${product}`;
    const name = nameOf(product);
    return {
      text: next() < 0.5 ? `${name}${text}` : `${text}，${name}`,
      gold: ids.has(id) ? [id] : [],
      kind,
    };
  });
  return { name: `synthetic ${size}`, entries, queries: queries.filter(({ gold }) => gold.length > 0) };
}
