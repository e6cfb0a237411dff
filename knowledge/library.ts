import { type Database, hot, type Prisma, type Unit, uuidv7 } from '../prisma/client.ts';

/** Every change of a published entry is told here. */
export const knowledgeStream = 'knowledge';

/** What an editor may change of an entry. */
export interface Draft {
  title: string;
  questions: string[];
  body: string;
  /** Short wording for SMS. */
  sms: string;
  /** YYYY-MM-DD. */
  validFrom: string;
  validTo: string | null;
}

export interface StoredEntry extends Draft {
  id: string;
  language: 'zh' | 'en';
  catalogue: string;
  department: string;
  action: string | null;
  state: 'draft' | 'published' | 'withdrawn';
  revision: number;
  /** Epoch milliseconds. */
  updatedAt: number;
}

export type PublishResult =
  | { ok: true; entry: StoredEntry; events: hot.EventRow[] }
  | { ok: false; reason: 'not_found' | 'version_changed'; revision?: number };

type EntryRecord = Prisma.EntryGetPayload<object>;

/**
 * Publishes a new wording. `expected` is the revision that the editor saw: if somebody published since, nothing
 * changes and the newer revision's number comes back. The claim is on the entry's row.
 */
export async function publish(
  unit: Unit,
  id: string,
  change: { draft: Draft; expected: number; authorId: string | null; note: string },
  now: number,
): Promise<PublishResult> {
  const { draft, expected, authorId, note } = change;
  const at = new Date(now);
  const wording = {
    ...draft,
    validFrom: day(draft.validFrom),
    validTo: draft.validTo ? day(draft.validTo) : null,
  };
  const claimed = await unit.prisma.entry.updateMany({
    where: { id, revision: expected },
    data: { ...wording, state: 'published', revision: expected + 1, updatedAt: at },
  });
  const record = await unit.prisma.entry.findUnique({ where: { id } });
  if (!record) return { ok: false, reason: 'not_found' };
  if (claimed.count === 0) return { ok: false, reason: 'version_changed', revision: record.revision };
  const revision = { id: uuidv7(now), entryId: id, number: record.revision, authorId, note, createdAt: at };
  await unit.prisma.revision.create({ data: { ...revision, ...wording } });
  const event = { id: uuidv7(now), type: 'published', data: { entryId: id, revision: record.revision } };
  const events = await hot.appendEvents(unit.sql, knowledgeStream, [event], at);
  return { ok: true, entry: fromRecord(record), events };
}

const ENTRY = `SELECT id, language, title, catalogue, questions, body, sms, department, action, state, revision,
    valid_from::text AS "validFrom", valid_to::text AS "validTo",
    (extract(epoch FROM updated_at) * 1000)::float8 AS "updatedAt"
  FROM entry`;

/** So many rows are read at once: a driver that has more of them at hand turns all into objects in one go. */
const PAGE = 100;

/**
 * Entries by id, or all that are not drafts, page by page: what is published meanwhile may or may not be among them.
 * Plain SQL, since every start reads them all, and Prisma's first query costs 0.2 s.
 */
export async function readEntries(db: Pick<Database, 'sql'>, ids?: string[]): Promise<StoredEntry[]> {
  if (ids) {
    const text = `${ENTRY} WHERE id = ANY($1) ORDER BY id`;
    return (await db.sql.query<StoredEntry>({ text, values: [ids] })).rows;
  }
  const text = `${ENTRY} WHERE state <> 'draft' AND id > $1 ORDER BY id LIMIT ${PAGE}`;
  const entries: StoredEntry[] = [];
  for (;;) {
    const { rows } = await db.sql.query<StoredEntry>({ text, values: [entries.at(-1)?.id ?? ''] });
    entries.push(...rows);
    if (rows.length < PAGE) return entries;
  }
}

/** Whether there are more entries than so many, whatever their state. */
export async function hasMoreThan(db: Pick<Database, 'sql'>, few: number): Promise<boolean> {
  const { rows } = await db.sql.query({ text: 'SELECT 1 FROM entry OFFSET $1 LIMIT 1', values: [few] });
  return rows.length > 0;
}

/** A page of entries whose id, title, wording or catalogue contains `text`, by id. */
export async function findEntries(
  db: Pick<Database, 'prisma'>,
  { text, after, limit }: { text?: string; after?: string; limit: number },
): Promise<StoredEntry[]> {
  const contains = { contains: text ?? '', mode: 'insensitive' } as const;
  const any = [{ id: contains }, { title: contains }, { body: contains }, { catalogue: contains }];
  const where = { ...(text && { OR: any }), ...(after && { id: { gt: after } }) };
  return (await db.prisma.entry.findMany({ where, orderBy: { id: 'asc' }, take: limit })).map(fromRecord);
}

function fromRecord(record: EntryRecord): StoredEntry {
  const { createdAt: _, updatedAt, validFrom, validTo, questions, language, state, ...rest } = record;
  return {
    ...rest,
    language: language as StoredEntry['language'],
    state: state as StoredEntry['state'],
    questions: questions as string[],
    validFrom: isoDay(validFrom),
    validTo: validTo && isoDay(validTo),
    updatedAt: updatedAt.getTime(),
  };
}

const day = (iso: string) => new Date(`${iso}T00:00:00Z`);
const isoDay = (date: Date) => date.toISOString().slice(0, 10);
