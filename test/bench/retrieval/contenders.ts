import { type AnySchema, create, insertMultiple, search } from '@orama/orama';
import { createTokenizer } from '@orama/tokenizers/mandarin';
import FlexSearch from 'flexsearch';
import EnglishPreset from 'flexsearch/lang/en';
import MiniSearch from 'minisearch';
import { buildIndex, type Entry } from '../../../knowledge/retrieval/index.ts';

/** Finds entry ids, best first. */
type Find = (text: string, limit: number) => string[];
/** `answer` is what a question costs, if that is more than finding ids. */
export type Library = { find: Find; answer?(text: string): void };
type Language = Entry['language'];

/**
 * One library, given all entries at once. The others stand in the best setting that we found among those which their
 * documents describe, by R@1 of telecom_zh for Chinese and of banking77 10-shot for English: docs/BENCH.md lists what
 * was tried.
 */
export type Contender = (entries: Entry[], language: Language) => Promise<Library> | Library;

const HAN_RUN = /\p{sc=Han}+/gu;
const SEPARATORS = /[\n\r\p{Z}\p{P}\p{S}]+/u;

/** Words; Chinese as single characters and pairs, as MiniSearch's users are told to (lucaong/minisearch#201). */
function charactersAndPairs(text: string): string[] {
  const words = text.replace(HAN_RUN, ' ').split(SEPARATORS).filter(Boolean);
  const runs = text.match(HAN_RUN) ?? [];
  const grams = runs.flatMap((run) => {
    const characters = [...run];
    return [...characters, ...characters.slice(1).map((c, i) => `${characters[i]}${c}`)];
  });
  return [...words, ...grams];
}

const isHan = (term: string) => /^\p{sc=Han}/u.test(term);

const minisearch: Contender = (entries) => {
  const index = new MiniSearch<Entry>({
    fields: ['title', 'questions', 'body'],
    extractField: (entry, field) =>
      field === 'questions' ? entry.questions.join('\n') : String(entry[field as keyof Entry]),
    tokenize: charactersAndPairs,
    searchOptions: {
      bm25: { k: 2, b: 0.6, d: 0 },
      prefix: (term) => !isHan(term) && term.length > 3,
      fuzzy: (term) => (!isHan(term) && term.length > 3 ? 0.2 : false),
    },
  });
  index.addAll(entries);
  return {
    find: (text, limit) =>
      index
        .search(text)
        .slice(0, limit)
        .map(({ id }) => String(id)),
  };
};

const textsOf = ({ title, questions, body }: Entry) => [title, ...questions, body].filter(Boolean);

/** Chinese: one text an entry. English does better with each similar question by itself, the best one counting. */
const flexsearch: Contender = (entries, language) => {
  const { Charset, Encoder, Index } = FlexSearch;
  const [index, ids] = [
    language === 'zh'
      ? new Index({ encode: charactersAndPairs })
      : new Index({ encoder: new Encoder(Charset.Default as object).assign(EnglishPreset) }),
    [] as string[],
  ];
  const add = (id: string, text: string) => index.add(ids.push(id) - 1, text);
  for (const entry of entries) {
    if (language === 'zh') add(entry.id, textsOf(entry).join('\n'));
    else for (const text of textsOf(entry)) add(entry.id, text);
  }
  return {
    find(text, limit) {
      const found = index.search(text, { limit: language === 'zh' ? limit : limit * 10, suggest: true });
      return [...new Set(found.map((i) => ids[Number(i)] as string))].slice(0, limit);
    },
  };
};

/** As FlexSearch: English as a document for each text, the best one counting. */
const orama: Contender = async (entries, language) => {
  const isChinese = language === 'zh';
  const fields = isChinese ? ['title', 'questions', 'body'] : ['text'];
  const tokenizer = isChinese
    ? { ...createTokenizer(), tokenize: charactersAndPairs }
    : { language: 'english' as const, stemming: true };
  const schema: AnySchema = { entry: 'string' };
  for (const field of fields) schema[field] = 'string';
  const db = create({ schema, components: { tokenizer } });
  const documents = entries.flatMap((entry): object[] =>
    isChinese
      ? [{ entry: entry.id, title: entry.title, questions: entry.questions.join('\n'), body: entry.body }]
      : textsOf(entry).map((text) => ({ entry: entry.id, text })),
  );
  await insertMultiple(db, documents as never, 500);
  const boost = isChinese ? { questions: 2 } : {};
  return {
    find(text, limit) {
      const wanted = isChinese ? limit : limit * 10;
      const found = search(db, { term: text, limit: wanted, properties: fields, boost } as never);
      const { hits } = found as unknown as { hits: { document: { entry: string } }[] };
      return [...new Set(hits.map(({ document }) => document.entry))].slice(0, limit);
    },
  };
};

const ours: Contender = (entries) => {
  const index = buildIndex(entries);
  return {
    find: (text, limit) => index.search(text, { limit }).map(({ entryId }) => entryId),
    answer: (text) => void index.decide(text),
  };
};

export const CONTENDERS: Record<string, Contender> = { ours, minisearch, flexsearch, orama };
