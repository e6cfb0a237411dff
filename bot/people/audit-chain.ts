import { createHash, createHmac } from 'node:crypto';
import type { Sealing } from './sealing.ts';

/** The chain of the audit record 审计链: pure arithmetic, no database. */

/** A row of the record as it stands in the database. */
export interface AuditRow {
  id: string;
  createdAt: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  object: string;
  objectId: string | null;
  details: unknown;
}

export const AUDIT_COLUMNS = `a.id, a.created_at AS "createdAt", a.actor_kind AS "actorKind", a.actor_id AS "actorId",
  a.action, a.object, a.object_id AS "objectId", a.details`;

/** What the first link is chained to. */
export const GENESIS = createHash('sha256').update('yingda audit chain 1').digest();

/** sha256 over every column, in an order that the database can't change. */
export function digestOfRow(row: AuditRow): Buffer<ArrayBuffer> {
  const { id, createdAt, actorKind, actorId, action, object, objectId, details } = row;
  const columns = [id, createdAt.getTime(), actorKind, actorId, action, object, objectId, sorted(details)];
  return createHash('sha256').update(JSON.stringify(columns)).digest();
}

/** The link after `previous`: keyed, so that whoever can write the tables still can't forge a chain. */
export function nextHash(sealing: Sealing, previous: Uint8Array, digest: Uint8Array): Buffer<ArrayBuffer> {
  return createHmac('sha256', sealing.key('audit-chain')).update(previous).update(digest).digest();
}

/** The same value with its keys in order: jsonb keeps them in an order of its own. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, sorted(each)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
