import { type Database, hot, type Unit, uuidv7 } from '../../prisma/client.ts';

/** A learned index as it is stored: `hash` stands for the content that it was learned from. */
export type Artifact = { hash: string; bytes: Uint8Array };

export interface ArtifactOptions {
  db: Pick<Database, 'sql' | 'transaction'>;
  /** One for each version of the analysis: releases that run side by side don't disturb each other. */
  kind: string;
  /** This process. */
  holder: string;
}

/** A process that trains and dies is followed by another after so long. */
const LEASE = '30 seconds';
export const RENEW_MS = 10_000;
/** Written as hexadecimals, one still comes in one packet: larger ones are put together, which took three times as long. */
const PART_BYTES = 24 * 1024;
/** So many parts are asked for at once. */
const READ_AT_ONCE = 16;
/** Artifacts of one kind that are kept: the newest, and the one that a process may just be reading. */
const KEPT = 2;

/**
 * Learned indexes in the database, one row for each kind and content. The row is claimed before it is filled, with a
 * lease by the database's clock, so that one process learns and the others wait.
 */
export class Artifacts {
  readonly #options: ArtifactOptions;

  constructor(options: ArtifactOptions) {
    this.#options = options;
  }

  /** True: this process is to learn this content. False: it is there already, or another process is at it. */
  async claim(hash: string): Promise<boolean> {
    const { db, kind, holder } = this.#options;
    const text = `INSERT INTO knowledge_artifact (kind, hash, holder, lease_until, created_at)
      VALUES ($1, $2, $3, clock_timestamp() + $4::interval, clock_timestamp())
      ON CONFLICT (kind, hash) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until
        WHERE knowledge_artifact.parts IS NULL AND knowledge_artifact.lease_until < clock_timestamp()`;
    return (await db.sql.query({ text, values: [kind, hash, holder, LEASE] })).rowCount === 1;
  }

  async renew(hash: string): Promise<void> {
    const { db, kind, holder } = this.#options;
    const text = `UPDATE knowledge_artifact SET lease_until = clock_timestamp() + $4::interval
      WHERE kind = $1 AND hash = $2 AND holder = $3 AND parts IS NULL`;
    await db.sql.query({ text, values: [kind, hash, holder, LEASE] });
  }

  /** Gives a claim back, so that nobody waits for the lease to end. */
  async release(hash: string): Promise<void> {
    const { db, kind, holder } = this.#options;
    const text =
      'DELETE FROM knowledge_artifact WHERE kind = $1 AND hash = $2 AND holder = $3 AND parts IS NULL';
    await db.sql.query({ text, values: [kind, hash, holder] });
  }

  /** Fills a claimed row and removes what is outdated; `also` is committed with it. False if the claim was lost. */
  async save({ hash, bytes }: Artifact, also?: (unit: Unit) => Promise<void>): Promise<boolean> {
    const { db, kind, holder } = this.#options;
    const parts = Math.ceil(bytes.length / PART_BYTES);
    return db.transaction(async (unit) => {
      const text = `UPDATE knowledge_artifact SET parts = $4
        WHERE kind = $1 AND hash = $2 AND holder = $3 AND parts IS NULL`;
      if ((await unit.sql.query({ text, values: [kind, hash, holder, parts] })).rowCount !== 1) return false;
      for (let no = 0; no < parts; no++) {
        const data = bytes.subarray(no * PART_BYTES, (no + 1) * PART_BYTES);
        const insert = 'INSERT INTO knowledge_artifact_part (kind, hash, no, data) VALUES ($1, $2, $3, $4)';
        await unit.sql.query({ text: insert, values: [kind, hash, no, Buffer.from(data)] });
      }
      await this.#prune(unit);
      await also?.(unit);
      return true;
    });
  }

  async #prune({ sql }: Unit): Promise<void> {
    const { kind } = this.#options;
    const text = `DELETE FROM knowledge_artifact a WHERE (kind = $1 AND (
        (parts IS NULL AND lease_until < clock_timestamp()) OR
        (parts IS NOT NULL AND (SELECT count(*) FROM knowledge_artifact b
          WHERE b.kind = a.kind AND b.parts IS NOT NULL AND b.created_at > a.created_at) >= $2)))
      OR (kind <> $1 AND created_at < clock_timestamp() - interval '7 days')`;
    await sql.query({ text, values: [kind, KEPT] });
  }

  /** The artifact of this content, or the newest one; undefined if there is none. */
  async load(hash?: string): Promise<Artifact | undefined> {
    const { db, kind } = this.#options;
    const text = `SELECT hash, parts FROM knowledge_artifact
      WHERE kind = $1 AND parts IS NOT NULL AND ($2::text IS NULL OR hash = $2)
      ORDER BY created_at DESC LIMIT 1`;
    const { rows } = await db.sql.query<{ hash: string; parts: number }>({
      text,
      values: [kind, hash ?? null],
    });
    const [row] = rows;
    if (!row) return undefined;
    // Filled as they come: joined at the end, they would hold others up.
    const bytes = new Uint8Array(row.parts * PART_BYTES);
    let length = 0;
    for (let no = 0; no < row.parts; no += READ_AT_ONCE) {
      const some = await this.#parts(row.hash, no);
      // Pruned between two readings: a newer one is there.
      if (some.length < Math.min(READ_AT_ONCE, row.parts - no)) return this.load(hash);
      for (const { data } of some) {
        if (length + data.length > bytes.length) break;
        bytes.set(data, length);
        length += data.length;
      }
    }
    return { hash: row.hash, bytes: bytes.subarray(0, length) };
  }

  async #parts(hash: string, from: number): Promise<{ data: Buffer }[]> {
    const text = `SELECT data FROM knowledge_artifact_part
      WHERE kind = $1 AND hash = $2 AND no >= $3 AND no < $4 ORDER BY no`;
    const values = [this.#options.kind, hash, from, from + READ_AT_ONCE];
    return (await this.#options.db.sql.query<{ data: Buffer }>({ text, values })).rows;
  }

  /** Takes away an artifact that can't be read. */
  async discard(hash: string): Promise<void> {
    const { db, kind } = this.#options;
    await db.sql.query({
      text: 'DELETE FROM knowledge_artifact WHERE kind = $1 AND hash = $2',
      values: [kind, hash],
    });
  }
}

/** For `ArtifactOptions.holder`. */
export const newHolder = (now: number): string => uuidv7(now);

/** Tells all processes, with the transaction that saves it, that an artifact is there. */
export async function announceLearned(
  unit: Unit,
  stream: string,
  hash: string,
  now: number,
): Promise<hot.EventRow[]> {
  const event = { id: uuidv7(now), type: 'learned', data: { hash } };
  return hot.appendEvents(unit.sql, stream, [event], new Date(now));
}
