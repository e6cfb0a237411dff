import { type Database, hot, type Prisma, type Unit, uuidv7 } from '../prisma/client.ts';

/** Every change of an entry is told here, its withdrawal too. */
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

/** A new entry 新条目. Without an id it gets the next of its language. */
export interface NewEntry extends Draft {
  id?: string | undefined;
  language: 'zh' | 'en';
  catalogue: string;
  department: string;
  action: string | null;
}

export interface StoredEntry extends NewEntry {
  id: string;
  state: 'draft' | 'published' | 'withdrawn';
  revision: number;
  /** Epoch milliseconds. */
  updatedAt: number;
}

type Told = { ok: true; entry: StoredEntry; events: hot.EventRow[] };
export type PublishResult = Told | { ok: false; reason: 'not_found' | 'version_changed'; revision?: number };
export type AddResult = Told | { ok: false; reason: 'conflict' };
export type StandingResult = PublishResult | { ok: false; reason: 'not_allowed_now' };

type EntryRecord = Prisma.EntryGetPayload<object>;
/** Who wrote a revision, and why. */
export type Author = { authorId: string | null; note: string };

/**
 * Publishes a new wording. `expected` is the revision that the editor saw: if somebody published since, nothing
 * changes and the newer revision's number comes back. The claim is on the entry's row.
 */
export async function publish(
  unit: Unit,
  id: string,
  change: Author & { draft: Draft; expected: number },
  now: number,
): Promise<PublishResult> {
  const { draft, expected } = change;
  const claimed = await unit.prisma.entry.updateMany({
    where: { id, revision: expected },
    data: { ...columnsOf(draft), state: 'published', revision: expected + 1, updatedAt: new Date(now) },
  });
  const record = await unit.prisma.entry.findUnique({ where: { id } });
  if (!record) return { ok: false, reason: 'not_found' };
  if (claimed.count === 0) return { ok: false, reason: 'version_changed', revision: record.revision };
  return told(unit, record, change, now);
}

/** Publishes a new entry; its id must never have been another's, withdrawn ones included. */
export async function addEntry(unit: Unit, entry: NewEntry, by: Author, now: number): Promise<AddResult> {
  const { id: wished, language, catalogue, department, action, ...draft } = entry;
  const at = new Date(now);
  for (let id = wished ?? (await nextId(unit, language)); ; id = await nextId(unit, language)) {
    const place = { id, language, catalogue, department, action, createdAt: at, updatedAt: at };
    // Waits for whoever is taking the same id, and then adds nothing.
    const { count } = await unit.prisma.entry.createMany({
      data: [{ ...place, ...columnsOf(draft) }],
      skipDuplicates: true,
    });
    if (count > 0) return told(unit, await unit.prisma.entry.findUniqueOrThrow({ where: { id } }), by, now);
    if (wished !== undefined) return { ok: false, reason: 'conflict' };
  }
}

/** `zh-001`, `en-021`: one more than the highest. */
async function nextId({ sql }: Unit, language: string): Promise<string> {
  const { rows } = await sql.query<{ next: string }>({
    text: `SELECT (coalesce(max(substr(id, 4)::numeric), 0) + 1)::text AS next FROM entry
      WHERE id ~ ('^' || $1::text || '-[0-9]+$')`,
    values: [language],
  });
  return `${language}-${rows[0]?.next.padStart(3, '0')}`;
}

/**
 * Withdraws an entry 停用, which masks it from answers, or restores it 恢复 with the wording that it had. Either is a
 * revision, so that it stands on record with its time. The claim is on the entry's row, by `expected`.
 */
export async function setStanding(
  unit: Unit,
  id: string,
  change: Author & { state: 'published' | 'withdrawn'; expected: number },
  now: number,
): Promise<StandingResult> {
  const { state, expected } = change;
  const from = state === 'withdrawn' ? 'published' : 'withdrawn';
  const claimed = await unit.prisma.entry.updateMany({
    where: { id, revision: expected, state: from },
    data: { state, revision: expected + 1, updatedAt: new Date(now) },
  });
  const record = await unit.prisma.entry.findUnique({ where: { id } });
  if (!record) return { ok: false, reason: 'not_found' };
  if (claimed.count > 0) return told(unit, record, change, now);
  if (record.revision === expected) return { ok: false, reason: 'not_allowed_now' };
  return { ok: false, reason: 'version_changed', revision: record.revision };
}

async function told(unit: Unit, record: EntryRecord, by: Author, now: number): Promise<Told> {
  return { ok: true, entry: fromRecord(record), events: await recordChange(unit, [record], by, now) };
}

/**
 * Keeps the entries' revisions and tells all processes. Always as `published`, also of what is withdrawn: whoever hears
 * it reads the entry's state, and a process of the release before knows no other word for it.
 */
export async function recordChange(
  unit: Unit,
  records: readonly EntryRecord[],
  { authorId, note, importId }: Author & { importId?: string },
  now: number,
): Promise<hot.EventRow[]> {
  const at = new Date(now);
  await unit.prisma.revision.createMany({
    data: records.map(({ id: entryId, revision: number, state, title, questions, ...rest }) => {
      const { body, sms, validFrom, validTo } = rest;
      const wording = { title, questions: questions as string[], body, sms, validFrom, validTo };
      const by = { authorId, note, ...(importId && { importId }) };
      return { id: uuidv7(now), entryId, number, state, ...wording, ...by, createdAt: at };
    }),
  });
  const events = records.map(({ id: entryId, revision }) => {
    return { id: uuidv7(now), type: 'published', data: { entryId, revision } };
  });
  return hot.appendEvents(unit.sql, knowledgeStream, events, at);
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
  const entries: StoredEntry[] = [];
  for await (const page of pagesOfEntries(db)) entries.push(...page);
  return entries;
}

/** All entries that are not drafts, by id. */
export async function* pagesOfEntries(db: Pick<Database, 'sql'>): AsyncGenerator<StoredEntry[]> {
  const text = `${ENTRY} WHERE state <> 'draft' AND id > $1 ORDER BY id LIMIT ${PAGE}`;
  for (let after = ''; ; ) {
    const { rows } = await db.sql.query<StoredEntry>({ text, values: [after] });
    yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id ?? '';
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

/** A draft as the entry's columns. */
export const columnsOf = (draft: Draft) => ({
  ...draft,
  validFrom: day(draft.validFrom),
  validTo: draft.validTo === null ? null : day(draft.validTo),
});

const day = (iso: string) => new Date(`${iso}T00:00:00Z`);
const isoDay = (date: Date) => date.toISOString().slice(0, 10);
