import { normalise } from '../retrieval/analyse.ts';
import { stem } from '../retrieval/stem.ts';
import { withDigits } from './numerals.ts';
import { remembered } from './remembered.ts';

const HAN = /\p{sc=Han}+/gu;
const LATIN = /[a-z][a-z0-9'’]*(?:-[a-z0-9]+)*/g;

/** Words that carry no claim by themselves; what they change (a negation, a bound, a promise) is checked apart. */
const NEUTRAL_ZH =
  /您好|发|拨|带|查|看|先|仍|可订|点|选|填|见|去|到|再|按|凭|持|您的|您|你的|你|请|可以|可|能够|能|需要|需|的话|如果|若|如|则|将会|将|已经|已|还可以|还有|还|也|都|就是|就|是|为|在|到|从|把|被|由|和|与|及|或者|或|并且|并|且|同时|另外|此外|其中|包括|包含|包|有|共|总共|一共|分别|以及|目前|现在|通过|进行|使用|办理|申请|操作|方式|方法|途径|渠道|根据|按照|按|即可|便可|后|前|的|地|得|了|着|过|吗|呢|吧|这个|这些|这|那|该|此|它们|它|我们|上|下|里|中|内|外|之|等|给|对|会|要|说明|具体|情况|时候|时|其|一般|通常|如下|以下|就能|来|去|即|另|各|每|再|想|让|用|收取|收费|费用|套餐|业务|服务|号码|用户|客户/gu;
const STOP = new Set(
  "a an the of to in on at by for with from into onto as is are was were be been being it its this that these those there here and or but so then than also too can could may might will would shall should do does did done have has had you your yours we our us i my me they their them he she if when while which who whom what how where once please just very s t re ll ve d m o'clock per each one ones such both about get gets getting make makes".split(
    ' ',
  ),
);

/** Everything that a sentence may be made of, besides numbers. */
export interface Vocabulary {
  pairs: ReadonlySet<string>;
  stems: ReadonlySet<string>;
}

/** Ways to say the same, written as one on both sides before they are compared. */
const ALIKE: readonly [RegExp, string][] = [
  [/不另?收费|不另?收取(?:任何)?费用|不收钱/g, '免费'],
  [/free of charge|no charge/g, 'free'],
  [/方可|才能/g, '才可'],
  [/可以|能够|(?<![功智性节技只才职])能(?!量|源|耗|力|否)/g, '可'],
  [/无需|无须|毋需|毋须|不需要|不用(?!户)|不必/g, '不需'],
  [/必须|需要|须/g, '需'],
  [/如果|倘若|如(?!何|下|期|实)/g, '若'],
  [/拨打|致电/g, '拨'],
  [/发送/g, '发'],
  [/携带|持有|持(?!续)|凭(?!证)/g, '带'],
  [/办理/g, '办'],
  [/缴清|结清|交清/g, '缴清'],
  [/立刻|马上|即时|即刻/g, '立即'],
  [/下个?月(?!底)/g, '次月'],
  [/第二天/g, '次日'],
  [/晨星掌厅/g, '掌厅'],
  [/不得(?!超|少|低|高)/g, '不可'],
];
const alike = (text: string) => ALIKE.reduce((changed, [from, to]) => changed.replace(from, to), text);

/** Plain text of the small Markdown that wording is written in, normalised, line by line. */
export function plain(text: string): string {
  return text
    .split('\n')
    .map((line) => normalise(line.replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 $2').replace(/[*`|_#]+/g, ' ')))
    .map((line) =>
      line
        .replace(/^\s*(?:[-•]|\d+\.)\s+/, '')
        .replace(/\s+/g, ' ')
        .replace(/(?<=[\p{sc=Han}\d])\s+(?=[\p{sc=Han}\d])/gu, '')
        .trim(),
    )
    .filter((line) => line !== '')
    .map((line) => withDigits(alike(line)))
    .join('\n');
}

/** Sentences of a plain text: list items and sentences are told apart, clauses are not. */
export const sentencesOf = (text: string): string[] => split(text, /\n|[。！？!?;；]|\.(?=\s|$)/);

/** Clauses of a sentence. 「、」 lists things of one clause. */
export const clausesOf = (sentence: string): string[] =>
  split(sentence, /[,，:：()（）]|(?<!\d)—{1,2}|—{1,2}(?!\d)|\s[-–]\s/);

function split(text: string, at: RegExp): string[] {
  return text
    .split(at)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
}

/** What a text is made of. */
export const vocabularyOf = remembered((text): Vocabulary => {
  const pairs = new Set<string>();
  for (const [run] of text.matchAll(HAN)) {
    if (run.length === 1) pairs.add(run);
    for (let i = 0; i + 1 < run.length; i++) pairs.add(run.slice(i, i + 2));
  }
  return { pairs, stems: new Set(latinOf(text).map(stem)) };
});

/** Latin words and names of a normalised text. */
export const latinOf = (text: string): string[] => [...text.matchAll(LATIN)].map(([word]) => word);
/** Those that may carry a claim or be a name. */
export const contentWords = (text: string): string[] =>
  latinOf(text)
    .map((word) => word.replace(/['’]s?$/, ''))
    .filter((word) => word.length > 1 && !STOP.has(word));

/** A text taken apart for `support`: runs of Chinese characters, true where one belongs to a neutral word, and stems. */
const partsOf = remembered((text: string) => ({
  runs: [...text.matchAll(HAN)].map(([run]) => ({ run, neutral: neutralIn(run) })),
  stems: contentWords(text).map(stem),
}));

/** How much of a text stands in a vocabulary: `share` of it (0–1, 1 if it says nothing), and its `longest` run that doesn't. */
export function support(
  text: string,
  { pairs, stems }: Vocabulary,
): { share: number; longest: number; size: number } {
  const parts = partsOf(text);
  let [size, missing, longest] = [0, 0, 0];
  for (const { run, neutral } of parts.runs) {
    let open = 0;
    for (let i = 0; i < run.length; i++) {
      const covered = isCovered(run, i, pairs);
      if (!covered && neutral[i]) continue;
      size++;
      open = covered ? 0 : open + 1;
      missing += covered ? 0 : 1;
      longest = Math.max(longest, open);
    }
  }
  for (const word of parts.stems) {
    // A word weighs as much as a Chinese one: two characters.
    size += 2;
    if (!stems.has(word)) missing += 2;
  }
  return { share: size === 0 ? 1 : 1 - missing / size, longest, size };
}

function isCovered(run: string, i: number, pairs: ReadonlySet<string>): boolean {
  if (run.length === 1) return pairs.has(run);
  return (
    (i > 0 && pairs.has(run.slice(i - 1, i + 1))) || (i + 1 < run.length && pairs.has(run.slice(i, i + 2)))
  );
}

function neutralIn(run: string): boolean[] {
  const neutral = Array.from(run, () => false);
  for (const { 0: word, index } of run.matchAll(NEUTRAL_ZH)) neutral.fill(true, index, index + word.length);
  return neutral;
}

/** How much of a source's sentence a text says again, by pairs and stems: for finding what it was made from. */
export function overlap(text: Vocabulary, source: Vocabulary): number {
  let shared = 0;
  for (const pair of text.pairs) if (source.pairs.has(pair)) shared++;
  for (const word of text.stems) if (source.stems.has(word) && !STOP.has(word)) shared++;
  return shared;
}
