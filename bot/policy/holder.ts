import type { Unit } from '../../prisma/client.ts';
import { type Database, hot, uuidv7 } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { loadPolicy } from './load.ts';
import { activePolicy, type PolicyVersion } from './versions.ts';

/** Every activation is told here, so that all processes change at once. */
export const policyStream = 'policy';

/** The policy in force, as this process knows it. */
export class PolicyHolder {
  #current: PolicyVersion;
  readonly #db: Database;
  readonly #onChange: ((policy: PolicyVersion) => void)[] = [];

  constructor(db: Database, current: PolicyVersion) {
    this.#db = db;
    this.#current = current;
  }

  static async open(db: Database, now: number): Promise<PolicyHolder> {
    return new PolicyHolder(db, await activePolicy(db, now));
  }

  get current(): PolicyVersion {
    return this.#current;
  }

  onChange(listener: (policy: PolicyVersion) => void): void {
    this.#onChange.push(listener);
  }

  /** Takes up what was activated, here or elsewhere. */
  async refresh(now: number): Promise<void> {
    const next = await activePolicy(this.#db, now);
    if (next.id === this.#current.id) return;
    this.#current = next;
    for (const listener of this.#onChange) listener(next);
  }
}

/**
 * Brings a policy text in and puts it in force, by the caller's transaction. What began under the version before
 * (open forms, ladders, decisions) stays on it.
 * @throws policy_invalid with `details.problems`
 */
export async function activatePolicy(unit: Unit, content: string, personId: string, now: number) {
  const { hash } = loadPolicy(content);
  const at = new Date(now);
  const version = await unit.prisma.policyVersion.upsert({
    where: { hash },
    create: { id: uuidv7(now), hash, content, createdAt: at, activatedAt: at, activatedBy: personId },
    update: { activatedAt: at, activatedBy: personId },
  });
  const event = { id: uuidv7(now), type: 'activated', data: { policyId: version.id } };
  const events = await hot.appendEvents(unit.sql, policyStream, [event], at);
  return { id: version.id, hash, events };
}

/** The text of a version. @throws not_found */
export async function policyContent(db: Database, id: string) {
  const found = await db.prisma.policyVersion.findUnique({ where: { id } });
  if (!found) throw new AppError('not_found');
  return found;
}
