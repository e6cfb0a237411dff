import { type Database, hot, type Prisma, type Unit, uuidv7 } from '../prisma/client.ts';
import { knowledgeStream } from './library.ts';
import { normalise, type Synonyms } from './retrieval/index.ts';

/** A single character stands in too many words for another to take its place. */
const FEWEST_LETTERS = 2;

/** A group of synonyms 同义词 as it is kept: the word that the entries use, then what customers say for it. */
export interface StoredSynonyms {
  id: string;
  words: string[];
  revision: number;
  /** Who wrote it last. */
  authorId: string | null;
  /** Epoch milliseconds. */
  updatedAt: number;
}

export type SynonymsResult =
  | { ok: true; group: StoredSynonyms; events: hot.EventRow[] }
  | { ok: false; reason: 'not_found' | 'version_changed'; revision?: number };

/** What is wrong with a word of a group: it stands there twice, in another group too, or has too few letters. */
export interface SynonymFault {
  problem: 'repeated' | 'elsewhere' | 'too_short';
  word: string;
  /** Its place in the group. */
  at: number;
}

/** All groups in force, oldest first. */
export async function listSynonyms(db: Pick<Database, 'prisma'>): Promise<StoredSynonyms[]> {
  const rows = await db.prisma.synonymGroup.findMany({ where: { removedAt: null }, orderBy: { id: 'asc' } });
  return rows.map(fromRecord);
}

/** The words alone, always in the same order. Plain SQL: every start reads them. */
export async function readSynonyms(db: Pick<Database, 'sql'>): Promise<Synonyms> {
  const text = 'SELECT words FROM synonym_group WHERE removed_at IS NULL ORDER BY id';
  return (await db.sql.query<{ words: string[] }>({ text })).rows.map(({ words }) => words);
}

/** What keeps words from being a group beside the others; undefined if nothing does. */
export function faultOf(words: readonly string[], others: Synonyms): SynonymFault | undefined {
  const read = words.map(normalise);
  const taken = new Set(others.flat().map(normalise));
  for (const [at, word] of words.entries()) {
    const own = read[at] as string;
    if (read.indexOf(own) !== at) return { problem: 'repeated', word, at };
    if (taken.has(own)) return { problem: 'elsewhere', word, at };
    if ((own.match(/[\p{L}\p{N}]/gu) ?? []).length < FEWEST_LETTERS)
      return { problem: 'too_short', word, at };
  }
  return undefined;
}

type Change = { words: string[]; authorId: string; now: number };

export async function addSynonyms(
  unit: Unit,
  { words, authorId, now }: Change,
): Promise<SynonymsResult & { ok: true }> {
  const at = new Date(now);
  const row = { id: uuidv7(now), words, authorId, createdAt: at, updatedAt: at };
  return told(unit, await unit.prisma.synonymGroup.create({ data: row }), now);
}

/**
 * Writes a group anew, or removes it (`words` null). A removed one keeps its row, so that writing it again, with the
 * revision that its removal gave it, brings it back. The claim is on the row, by `expected`.
 */
export async function changeSynonyms(
  unit: Unit,
  id: string,
  { words, authorId, now, expected }: Omit<Change, 'words'> & { words: string[] | null; expected: number },
): Promise<SynonymsResult> {
  const at = new Date(now);
  const claimed = await unit.prisma.synonymGroup.updateMany({
    where: { id, revision: expected },
    data: {
      ...(words && { words }),
      ...{ removedAt: words ? null : at, revision: expected + 1, authorId, updatedAt: at },
    },
  });
  const record = await unit.prisma.synonymGroup.findUnique({ where: { id } });
  if (!record) return { ok: false, reason: 'not_found' };
  if (claimed.count === 0) return { ok: false, reason: 'version_changed', revision: record.revision };
  return told(unit, record, now);
}

type SynonymRecord = Prisma.SynonymGroupGetPayload<object>;

/** All processes are told on the knowledge's stream, and read the groups anew. */
async function told(unit: Unit, record: SynonymRecord, now: number): Promise<SynonymsResult & { ok: true }> {
  const event = { id: uuidv7(now), type: 'synonyms', data: { groupId: record.id } };
  const events = await hot.appendEvents(unit.sql, knowledgeStream, [event], new Date(now));
  return { ok: true, group: fromRecord(record), events };
}

function fromRecord({ id, words, revision, authorId, updatedAt }: SynonymRecord): StoredSynonyms {
  return { id, words: words as string[], revision, authorId, updatedAt: updatedAt.getTime() };
}
