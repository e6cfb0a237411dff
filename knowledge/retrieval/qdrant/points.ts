import { createHash } from 'node:crypto';
import type { Entry, Language, Saturation, TermVector } from '../entry.ts';
import { indexVersion } from '../version.ts';
import type { Filter, PointStruct } from './wire.ts';

/** An entry as the database has it, wording variables filled in. */
export type SourceEntry = {
  entry: Entry;
  state: string;
  revision: number;
  /** YYYY-MM-DD */
  validFrom: string;
  validTo: string | null;
  /** Where it is valid; none: everywhere. */
  regions: string[];
};

/** What the embedded index knows of texts. */
export interface TermSource {
  termsOf(entryId: string, language: Language): TermVector | undefined;
  queryTerms(text: string, language: Language): TermVector;
  saturation(language: Language): Saturation;
  /** Stands for the centre's own synonyms, which the terms are made with; empty if there are none. */
  lexicon(): string;
}

/** Names of the vectors in a collection. */
export const TERMS = 'terms';
export const MEANING = 'meaning';

/** Payload fields that queries filter by, and how Qdrant indexes them. */
export const FILTERED = {
  state: 'keyword',
  revision: 'integer',
  valid_from: 'integer',
  valid_to: 'integer',
  regions: 'keyword',
} as const;

const FOR_EVER = 9999_12_31;
const MOST_TEXTS = 32;
const MOST_CHARACTERS = 2_000;

const hashOf = (value: unknown, digits: number): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, digits);

/** Qdrant's ids are UUIDs or numbers; ours are made from the entry's id, so that a repeat meets the same point. */
export function pointId(entryId: string): string {
  const hex = hashOf(['entry', entryId], 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What makes vectors comparable: the analysis and its settings, the model if there is one, and after a point the centre's own synonyms. */
export const versionOf = (model: string | undefined, lexicon: string): string =>
  [hashOf([indexVersion(), model ?? null], 12), ...(lexicon ? [hashOf(lexicon, 12)] : [])].join('.');

/** Of two versions of one program only the synonyms differ, and one will soon follow the other. */
export const ofOneProgram = (one: string, other: string): boolean =>
  one.split('.')[0] === other.split('.')[0];

export const shortHash = (value: unknown): string => hashOf(value, 10);

/** Tells one state of an entry from another within the same revision, as when a wording variable changes. */
export const contentOf = (source: SourceEntry): string => hashOf(source, 16);

/** The texts of an entry whose nearest one counts; of too many questions the last are left out, never the body. */
export function textsOf({ title, questions, body }: Entry): string[] {
  const cut = (text: string) => text.trim().slice(0, MOST_CHARACTERS);
  const asked = [title, ...questions].map(cut).filter((text) => text !== '');
  return [...asked.slice(0, MOST_TEXTS - 1), cut(body)].filter((text) => text !== '');
}

/** BM25's saturation; idf is Qdrant's part, the weight of a kind of term the question's. */
export function saturated({ hashes, values, length }: TermVector, { k1, b, averageLength }: Saturation) {
  const norm = k1 * (1 - b + (b * length) / (averageLength || 1));
  return { indices: hashes, values: values.map((tf) => (tf * (k1 + 1)) / (tf + norm)) };
}

const dayNumber = (iso: string): number => Number(iso.replaceAll('-', ''));

/**
 * A published entry with its vectors, or what is left of a withdrawn one: it stays as a point without vectors, lest
 * a late write of an older revision bring it back.
 */
export function pointOf(
  source: SourceEntry,
  {
    version,
    terms,
    meaning,
  }: { version: string; terms?: PointStruct['vector']; meaning?: number[][] | undefined },
): PointStruct {
  const { entry, state, revision, validFrom, validTo, regions } = source;
  return {
    id: pointId(entry.id),
    vector: (terms
      ? { [TERMS]: terms, ...(meaning && { [MEANING]: meaning }) }
      : {}) as PointStruct['vector'],
    payload: {
      ...{ entry: entry.id, language: entry.language, state, revision, regions, version },
      content: contentOf(source),
      valid_from: dayNumber(validFrom),
      valid_to: validTo === null ? FOR_EVER : dayNumber(validTo),
    },
  };
}

/** Published and valid today, and in the region if one is asked for. */
export function validToday({ today, region }: { today: string; region?: string | undefined }): Filter {
  const day = dayNumber(today);
  const must: object[] = [
    { key: 'state', match: { value: 'published' } },
    { key: 'valid_from', range: { lte: day } },
    { key: 'valid_to', range: { gte: day } },
  ];
  if (region !== undefined)
    must.push({ should: [{ is_empty: { key: 'regions' } }, { key: 'regions', match: { any: [region] } }] });
  return { must } as Filter;
}

/** What a write may overwrite; a point that lost its revision is older than anything. */
export const notNewerThan = (revision: number): Filter => ({
  should: [{ key: 'revision', range: { lte: revision } }, { is_empty: { key: 'revision' } }],
});
