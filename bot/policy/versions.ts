import { type Database, uuidv7 } from '../../prisma/client.ts';
import { defaultPolicy } from './default.ts';
import { type LoadedPolicy, loadPolicy } from './load.ts';

/** A policy with the id under which decisions, forms and ladders remember it. */
export interface PolicyVersion extends LoadedPolicy {
  id: string;
}

/** The version in force; a centre without one begins with the rule book's defaults. */
export async function activePolicy(db: Database, now: number): Promise<PolicyVersion> {
  // Plain SQL: every start comes here, and Prisma's first query costs 0.2 s.
  const { rows } = await db.sql.query<{ id: string; content: string }>({
    text: `SELECT id, content FROM policy_version WHERE activated_at IS NOT NULL ORDER BY activated_at DESC LIMIT 1`,
  });
  const [found] = rows;
  if (found) return { ...loadPolicy(found.content), id: found.id };
  const { content, hash } = defaultPolicy();
  const at = new Date(now);
  // Two processes of a new centre may come here at once: the content's hash makes it one version.
  const made = await db.prisma.policyVersion.upsert({
    where: { hash },
    create: { id: uuidv7(now), hash, content, createdAt: at, activatedAt: at },
    update: { activatedAt: at },
  });
  return { ...loadPolicy(content), id: made.id };
}

/** A policy version by id: an open form or ladder stays on the one it began with. */
export async function policyById(
  db: Pick<Database, 'prisma'>,
  id: string,
): Promise<PolicyVersion | undefined> {
  const found = await db.prisma.policyVersion.findUnique({ where: { id } });
  return found ? { ...loadPolicy(found.content), id: found.id } : undefined;
}
