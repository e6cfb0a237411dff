import { hash, verify } from '@node-rs/argon2';

/** Argon2id (RFC 9106), second of the settings that OWASP's password storage cheat sheet calls equal: 12 MiB, 3 passes. */
const COST = { memoryCost: 12_288, timeCost: 3, parallelism: 1 };

/** Longer ones are refused at the edge: hashing a novel is work that a stranger could order. */
export const PASSWORD_MAX = 200;

/** The PHC string of a password, its salt and cost included. Runs beside the event loop, about 10 ms. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/**
 * True when `password` belongs to `passwordHash`. Without a hash (an unknown number) it takes as long and says
 * no, so that the time tells nobody which numbers exist.
 */
export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await decoy()), password);
  return matches && passwordHash !== undefined;
}

let made: Promise<string> | undefined;
const decoy = () => (made ??= hashPassword(crypto.randomUUID()));

/** Prepares what the first refusal would otherwise be slower by. */
export async function warmPasswords(): Promise<void> {
  await decoy();
}
