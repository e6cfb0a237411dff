import { type AnySchema, create, insertMultiple, search } from '@orama/orama';
import { createTokenizer } from '@orama/tokenizers/mandarin';
import FlexSearch from 'flexsearch';
import EnglishPreset from 'flexsearch/lang/en';
import MiniSearch from 'minisearch';
import { buildIndex, type Entry } from '../../../knowledge/retrieval/index.ts';

/** Finds entry ids, best first. */
export type Find = (text: string, limit: number) => string[];
type Language = Entry['language'];

/**
 * One library, given all entries at once. The others stand in the best setting that we found among those which their
 * documents describe, by R@1 of telecom_zh for Chinese and of banking77 10-shot for English: docs/BENCH.md lists what
 * was tried.
 */
export type Contender = (entries: Entry[], language: Language) => Promise<Find> | Find;

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
  return (text, limit) =>
    index
      .search(text)
      .slice(0, limit)
      .map(({ id }) => String(id));
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
  return (text, limit) => {
    const found = index.search(text, { limit: language === 'zh' ? limit : limit * 10, suggest: true });
    return [...new Set(found.map((i) => ids[Number(i)] as string))].slice(0, limit);
  };
};

const orama: Contender = async (entries, language) => {
  const chinese = language === 'zh';
  const fields = chinese ? ['title', 'questions', 'body'] : ['body'];
  const tokenizer = chinese
    ? { ...createTokenizer(), tokenize: charactersAndPairs }
    : { language: 'english' as const, stemming: true };
  const schema: AnySchema = { id: 'string' };
  for (const field of fields) schema[field] = 'string';
  const db = create({ schema, components: { tokenizer } });
  const documents = entries.map((entry) =>
    chinese
      ? { id: entry.id, title: entry.title, questions: entry.questions.join('\n'), body: entry.body }
      : { id: entry.id, body: textsOf(entry).join('\n') },
  );
  await insertMultiple(db, documents as never, 500);
  return (text, limit) => {
    const boost = chinese ? { questions: 2 } : {};
    const found = search(db, { term: text, limit, properties: fields, boost } as never);
    return (found as { hits: { document: { id: string } }[] }).hits.map(({ document }) => document.id);
  };
};

const ours: Contender = (entries) => {
  const index = buildIndex(entries);
  return (text, limit) => index.search(text, { limit }).map(({ entryId }) => entryId);
};

export const CONTENDERS: Record<string, Contender> = { ours, minisearch, flexsearch, orama };
