import { createHash, randomBytes } from 'node:crypto';
import type { ResumeGrant } from '../../channels/channel.ts';
import type { Database } from '../../prisma/client.ts';

const lifeMs = 30 * 24 * 3_600_000;
const overlapMs = 60_000;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

const hash = (key: string) => createHash('sha256').update(key).digest();
const newKey = () => randomBytes(24).toString('base64url');

const issueText = `
INSERT INTO resume_key (conversation_id, user_id, site, key_hash, expires_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (conversation_id) DO UPDATE SET user_id = $2, site = $3, key_hash = $4, expires_at = $5,
  previous_hash = resume_key.key_hash, previous_until = $6`;

/** A key with which a browser takes its conversation up again within 30 days. Only its hash is stored. */
export async function issueResumeKey(
  db: Database,
  grant: Omit<ResumeGrant, 'resumeKey'>,
  now: number,
): Promise<string> {
  const key = newKey();
  const { conversationId, userId, site } = grant;
  const values = [conversationId, userId, site, hash(key), new Date(now + lifeMs), new Date(now + overlapMs)];
  await db.sql.query({ text: issueText, values });
  return key;
}

const exchangeText = `
UPDATE resume_key SET previous_hash = key_hash, previous_until = $4, key_hash = $3, expires_at = $5
WHERE conversation_id = $1 AND expires_at > $6
  AND (key_hash = $2 OR (previous_hash = $2 AND previous_until > $6))
RETURNING user_id AS "userId", site`;

/**
 * A new key for the old one, which stays valid for 60 s more: an answer lost on the way must not lock its
 * browser out. undefined if the key is wrong or too old.
 */
export async function exchangeResumeKey(
  db: Database,
  conversationId: string,
  resumeKey: string,
  now: number,
): Promise<ResumeGrant | undefined> {
  if (!uuid.test(conversationId)) return undefined;
  const key = newKey();
  const until = new Date(now + overlapMs);
  const values = [conversationId, hash(resumeKey), hash(key), until, new Date(now + lifeMs), new Date(now)];
  const { rows } = await db.sql.query<{ userId: string; site: string }>({ text: exchangeText, values });
  return rows[0] && { ...rows[0], conversationId, resumeKey: key };
}
