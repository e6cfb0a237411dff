import { readFileSync } from 'node:fs';
import { type Entry, RetrievalIndex } from '../../knowledge/retrieval/index.ts';
import { QdrantIndex, type QdrantOptions, type SourceEntry } from '../../knowledge/retrieval/qdrant/index.ts';

/** A small knowledge with its embedded index, whose entries a test publishes and withdraws. */
export class SmallKnowledge {
  readonly entries = new Map<string, SourceEntry>();
  readonly index = new RetrievalIndex();
  /** How often it was read. */
  reads = 0;

  constructor(entries: SourceEntry[]) {
    for (const each of entries) this.put(each);
  }

  put(source: SourceEntry): void {
    this.entries.set(source.entry.id, source);
    if (source.state === 'published') this.index.upsert(source.entry);
    else this.index.remove(source.entry.id);
  }

  /** A new revision with another wording. */
  publish(
    id: string,
    change: Partial<Entry> & Partial<Pick<SourceEntry, 'validFrom' | 'validTo' | 'regions'>>,
  ) {
    const old = this.entries.get(id) ?? published({ id });
    const { validFrom = old.validFrom, validTo = old.validTo, regions = old.regions, ...entry } = change;
    const next = {
      ...old,
      validFrom,
      validTo,
      regions,
      entry: { ...old.entry, ...entry },
      state: 'published',
    };
    this.put({ ...next, revision: this.entries.has(id) ? old.revision + 1 : 1 });
  }

  withdraw(id: string): void {
    const old = this.entries.get(id);
    if (old) this.put({ ...old, state: 'withdrawn', revision: old.revision + 1 });
  }

  readonly read = async (ids?: string[]): Promise<SourceEntry[]> => {
    this.reads++;
    const all = [...this.entries.values()];
    return structuredClone(ids ? all.filter(({ entry }) => ids.includes(entry.id)) : all);
  };

  /** Its Qdrant index, filled unless told otherwise. */
  async inQdrant(options: Omit<QdrantOptions, 'terms' | 'read'>, fill = true): Promise<QdrantIndex> {
    // Patience is tried by tests of its own; here a busy machine must not look like a broken one.
    const index = await QdrantIndex.open({ queryMs: 10_000, ...options, terms: this.index, read: this.read });
    if (fill) await index.work();
    return index;
  }
}

export function published(
  entry: Partial<Entry> & { id: string },
  rest: Partial<SourceEntry> = {},
): SourceEntry {
  const whole: Entry = { language: 'en', title: '', questions: [], body: '', ...entry };
  const validity = { validFrom: '2026-01-01', validTo: null, regions: [] };
  return { ...validity, state: 'published', revision: 1, ...rest, entry: whole };
}

/** The demo operator's entries. */
export function demoEntries(language: 'zh' | 'en', most = Number.POSITIVE_INFINITY): SourceEntry[] {
  const file = new URL(`../../prisma/seed/entries.${language}.jsonl`, import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(0, most);
  return lines.map((line) => {
    const { id, title, questions, body, validFrom, validTo } = JSON.parse(line);
    return published({ id, language, title, questions, body }, { validFrom, validTo });
  });
}

export const TODAY = '2026-06-10';
