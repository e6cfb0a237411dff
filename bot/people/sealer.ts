import type { Database, Unit } from '../../prisma/client.ts';
import type { Clock } from '../clock.ts';
import { AUDIT_COLUMNS, type AuditRow, digestOfRow, GENESIS, nextHash } from './audit-chain.ts';
import type { Sealing } from './sealing.ts';

export interface SealerParts {
  db: Database;
  clock: Clock;
  sealing: Sealing;
  onError(error: unknown): void;
}

/** The sealer 封存: chains what the record has gained. Every process has one; one at a time works. */
export interface Sealer {
  name: 'audit sealer';
  start(): void;
  /** Resolves when the batch in hand is committed. */
  stop(): Promise<void>;
  running(): boolean;
}

const EVERY_MS = 1000;
const BATCH = 500;

export function createSealer(parts: SealerParts): Sealer {
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let inHand: Promise<void> = Promise.resolve();
  const next = () => {
    timer = setTimeout(() => {
      inHand = sealAll(parts, () => stopped)
        .then(() => undefined, parts.onError)
        .then(() => {
          if (!stopped) next();
        });
    }, EVERY_MS);
  };
  return {
    name: 'audit sealer',
    start() {
      if (!stopped) return;
      stopped = false;
      next();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await inHand;
    },
    running: () => !stopped,
  };
}

/** Seals until nothing waits, or another process is at it. @returns how many rows were sealed */
export async function sealAll(
  parts: Omit<SealerParts, 'onError'>,
  stopped: () => boolean = () => false,
): Promise<number> {
  let sealed = 0;
  for (;;) {
    const batch = await sealBatch(parts);
    sealed += batch;
    if (batch < BATCH || stopped()) return sealed;
  }
}

/**
 * One batch, in the order of (created_at, id) among what waits now. A row that is committed late under an older time
 * is sealed later: the chain's order is the order of sealing.
 */
function sealBatch({ db, clock, sealing }: Omit<SealerParts, 'onError'>): Promise<number> {
  return db.transaction(async (unit) => {
    // Until the end of this transaction: two sealers would chain two rows to one link.
    const lock = await unit.sql.query<{ got: boolean }>({
      name: 'seal_lock',
      text: `SELECT pg_try_advisory_xact_lock(hashtext('yingda audit sealer')) AS got`,
    });
    if (!lock.rows[0]?.got) return 0;
    const { rows } = await unit.sql.query<AuditRow & Record<string, unknown>>({
      name: 'seal_pending',
      text: `SELECT ${AUDIT_COLUMNS} FROM audit_pending w JOIN audit a ON a.id = w.audit_id AND a.created_at = w.audit_at
        ORDER BY w.audit_at, w.audit_id LIMIT ${BATCH}`,
    });
    if (rows.length > 0) await chain(unit, sealing, rows, clock.now());
    return rows.length;
  });
}

async function chain({ sql }: Unit, sealing: Sealing, rows: AuditRow[], now: number): Promise<void> {
  const last = await sql.query<{ no: number; hash: Buffer }>({
    name: 'seal_last',
    text: 'SELECT no, hash FROM audit_seal ORDER BY no DESC LIMIT 1',
  });
  let { no, hash } = last.rows[0] ?? { no: 0, hash: GENESIS };
  const links = rows.map((row) => {
    const digest = digestOfRow(row);
    hash = nextHash(sealing, hash, digest);
    no++;
    return { no, digest, hash };
  });
  await sql.query({
    name: 'seal_insert',
    text: `WITH done AS (DELETE FROM audit_pending WHERE audit_id = ANY($2))
      INSERT INTO audit_seal (no, audit_id, audit_at, digest, hash, sealed_at)
      SELECT *, $6 FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::bytea[], $5::bytea[])`,
    values: [
      links.map((link) => link.no),
      rows.map(({ id }) => id),
      rows.map(({ createdAt }) => createdAt),
      links.map(({ digest }) => digest),
      links.map((link) => link.hash),
      new Date(now),
    ],
  });
}
