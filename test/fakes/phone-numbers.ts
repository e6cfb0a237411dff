import { createHash } from 'node:crypto';

/** A Chinese mobile number for whoever a test speaks of: the same for the same name. */
export function phoneOf(who = 'customer'): string {
  if (/^\+?\d+$/.test(who)) return `+${who.replace('+', '')}`;
  return `+86139${String(createHash('sha256').update(who).digest().readUInt32BE() % 100_000_000).padStart(8, '0')}`;
}

/** Fast enough for tests that are about something else. */
const fast = { perSecond: 1000, burst: 1000 };
export const fastPace = { account: fast, address: fast };
