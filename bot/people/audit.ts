import { createHmac, randomBytes } from 'node:crypto';
import { type Sql, uuidv7 } from '../../prisma/client.ts';
import type { Clock } from '../clock.ts';
import type { Action } from './permissions.ts';
import type { Sealing } from './sealing.ts';

/** Who did it. `visitor` is somebody who is not signed in. */
export interface AuditActor {
  kind: 'person' | 'customer' | 'visitor' | 'bot' | 'system';
  id?: string | undefined;
}

/** One act for the record 审计记录. */
export interface AuditAct {
  actor: AuditActor;
  /** The permission that was used, or another `area.verb` for what no permission covers. */
  action: Action | `${string}.${string}`;
  /** The kind of thing: person, conversation, ticket, entry, leave_request, policy … */
  object: string;
  objectId?: string | undefined;
  /** Ids, codes, small figures and yes/no. Whatever doesn't look like one of them is stored as a digest. */
  details?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** Words, numbers and addresses: only salted digests of them are stored. */
  secrets?: Readonly<Record<string, string | undefined>>;
}

/** Writes one act into the record, in the caller's transaction: what is rolled back never happened. */
export type Audit = (unit: { sql: Sql }, act: AuditAct) => Promise<void>;

export function createAudit({ clock, sealing }: { clock: Clock; sealing: Sealing }): Audit {
  const key = sealing.key('audit-digest');
  return async (unit, { actor, action, object, objectId, details, secrets }) => {
    const now = clock.now();
    await unit.sql.query({
      name: 'audit_insert',
      text: `INSERT INTO audit (id, created_at, actor_kind, actor_id, action, object, object_id, details)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      values: [
        uuidv7(now),
        new Date(now),
        actor.kind,
        idOrDigest(key, actor.id),
        action,
        object,
        idOrDigest(key, objectId),
        JSON.stringify({ ...plain(key, details), ...digests(key, secrets) }),
      ],
    });
  };
}

// The record outlives every erasure, so nothing may reach it that could name a customer: an id is a UUID or a
// short word with few digits (zh-a-001, complaint, leave.pass), a figure is small.
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CODE = /^(?!.*\d{5})[A-Za-z0-9][A-Za-z0-9_.:-]{0,47}$/;
const LARGEST = 99_999;

const isId = (text: string) => UUID.test(text) || CODE.test(text);

function idOrDigest(key: Buffer, id: string | undefined): string | null {
  if (id === undefined) return null;
  return isId(id) ? id : digestOf(key, id);
}

function plain(key: Buffer, details: AuditAct['details'] = {}): Record<string, unknown> {
  return mapValues(details, (value) => {
    if (typeof value === 'number')
      return Math.abs(value) <= LARGEST && Number.isInteger(value) ? value : digestOf(key, String(value));
    return typeof value === 'string' && !isId(value) ? digestOf(key, value) : value;
  });
}

const digests = (key: Buffer, secrets: AuditAct['secrets'] = {}) =>
  mapValues(secrets, (value) => value && digestOf(key, value));

/**
 * `h1:<salt>:<digest>`, both base64url: HMAC-SHA-256 over salt and value. The salt keeps two rows about one number
 * from being recognised as such; the key keeps the few billion numbers from being tried out.
 */
function digestOf(key: Buffer, value: string): string {
  const salt = randomBytes(9).toString('base64url');
  return `h1:${salt}:${digestWith(key, salt, value)}`;
}

function digestWith(key: Buffer, salt: string, value: string): string {
  return createHmac('sha256', key).update(`${salt}:${value}`).digest().subarray(0, 18).toString('base64url');
}

/** True when a stored digest was made from `value`: for an investigation that has the value already. */
export function isDigestOf(sealing: Sealing, stored: string, value: string): boolean {
  const [version, salt = '', digest] = stored.split(':');
  return version === 'h1' && digest === digestWith(sealing.key('audit-digest'), salt, value);
}

function mapValues<V>(from: Readonly<Record<string, V>>, to: (value: V) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value)]));
}
