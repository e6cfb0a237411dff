import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { Refusal } from './errors.ts';

/** The right to one conversation 会话凭证, as a token carries it. */
export interface Pass {
  conversation: string;
  /** What `from.id` of the holder's own messages says; chosen by the server. */
  user: string;
  site: string;
  audience: 'customer' | 'staff';
  /** Epoch seconds after which it can't be refreshed any more: a signed-in person must sign in again. */
  until?: number | undefined;
}

/** `rest` opens every call; `stream` opens the socket only, because addresses end up in logs. */
export type Use = 'rest' | 'stream';

const claims = z.object({
  conv: z.string(),
  user: z.string(),
  site: z.string(),
  who: z.enum(['customer', 'staff']),
  use: z.enum(['rest', 'stream']),
  until: z.number().optional(),
  exp: z.number(),
});

/** Seconds. 30 minutes is Direct Line's own figure; Microsoft's client refreshes every 15. */
export const LIFETIME = { rest: 1800, stream: 120 } as const satisfies Record<Use, number>;
const ISSUER = 'yingda';
const CACHED = 20_000;

type Verified = { pass: Pass; use: Use; expires: number };

export interface Tokens {
  /** @returns the token and its life in seconds; a Refusal if the pass can't be prolonged any more */
  sign(pass: Pass, use: Use): Promise<{ token: string; expiresIn: number }>;
  /** The pass of a token of ours that is in force; else a Refusal. Known tokens cost a map look-up. */
  verify(token: string, use: Use): Pass | Promise<Pass>;
}

/**
 * JWT (RFC 7519) signed with HS256. Claim names follow Microsoft's tokens where its clients read them (`conv`, `user`).
 * @param secret at least 32 bytes, the same in every process
 * @param now epoch milliseconds
 */
export function createTokens(secret: Buffer, now: () => number): Tokens {
  const key = createSecretKey(secret);
  const known = new Map<string, Verified>();
  const check = (it: Verified, use: Use): Pass => {
    if (it.use !== use) throw new Refusal('TokenInvalid');
    if (it.expires * 1000 <= now()) throw new Refusal('TokenExpired');
    return it.pass;
  };
  return {
    sign: (pass, use) => sign(key, pass, use, Math.floor(now() / 1000)),
    verify(token, use) {
      const hit = known.get(token);
      if (hit) return check(hit, use);
      return read(key, token, now()).then((it) => {
        const pass = check(it, use);
        // Oldest first out: who still talks is verified again for one HMAC, which is cheap.
        if (known.size >= CACHED) known.delete(known.keys().next().value ?? '');
        known.set(token, it);
        return pass;
      });
    },
  };
}

async function sign(key: KeyObject, pass: Pass, use: Use, second: number) {
  const expires = Math.min(second + LIFETIME[use], pass.until ?? Number.POSITIVE_INFINITY);
  if (expires <= second) throw new Refusal('TokenExpired');
  const token = await new SignJWT({
    conv: pass.conversation,
    user: pass.user,
    site: pass.site,
    who: pass.audience,
    use,
    ...(pass.until === undefined ? {} : { until: pass.until }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setIssuedAt(second)
    .setExpirationTime(expires)
    .sign(key);
  return { token, expiresIn: expires - second };
}

async function read(key: KeyObject, token: string, now: number): Promise<Verified> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      currentDate: new Date(now),
    });
    const { conv, user, site, who, use, until, exp } = claims.parse(payload);
    return { pass: { conversation: conv, user, site, audience: who, until }, use, expires: exp };
  } catch (error) {
    throw new Refusal(error instanceof errors.JWTExpired ? 'TokenExpired' : 'TokenInvalid');
  }
}
