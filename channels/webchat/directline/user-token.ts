import { createHmac } from 'node:crypto';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import { Refusal } from './errors.ts';
import type { Site } from './sites.ts';

/** Seconds that a site may sign its user for, and that its clock may differ from ours. */
const LONGEST = 600;
const SKEW = 30;

const claims = z.object({
  sub: z.string().min(1).max(200),
  name: z.string().max(200).optional(),
  exp: z.number(),
});

/** A user 用户 whom the embedding site vouches for. */
export interface VouchedUser {
  sub: string;
  name?: string | undefined;
}

/**
 * Reads a `userToken` (JWT, HS256, signed with the site's own secret; `exp` at most 10 minutes ahead).
 * @param now epoch milliseconds
 * @returns the user, or a Refusal that doesn't say what was wrong with it
 */
export async function readUserToken(site: Site, token: string, now: number): Promise<VouchedUser> {
  try {
    if (!site.secret) throw new Error('this site signs nobody');
    const { payload } = await jwtVerify(token, new TextEncoder().encode(site.secret), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      clockTolerance: SKEW,
    });
    const { sub, name, exp } = claims.parse(payload);
    if (exp > now / 1000 + LONGEST + SKEW) throw new Error('signed for too long');
    return { sub, name };
  } catch {
    throw new Refusal('UserTokenInvalid');
  }
}

/** The same person's user id on every device; a digest, because `sub` may be a phone number. */
export function userIdOf(secret: Buffer, site: Site, sub: string): string {
  const digest = createHmac('sha256', secret).update(`${site.account.id}\n${sub}`).digest('base64url');
  return `dl_${digest.slice(0, 22)}`;
}
