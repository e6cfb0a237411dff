import { randomInt } from 'node:crypto';
import type { Sql } from '../../prisma/client.ts';
import type { AddressVault } from '../conversation/threads.ts';

/** To whom a code belongs: a colleague, or a customer's address. */
export type CodeFor = { personId: string } | { addressId: string };

const DIGITS = 8;
/** Wrong codes that one conversation may send within an hour; eight digits are not guessed in so few. */
const TRIES = 5;
const HOUR_MS = 3_600_000;

/** Makes a one-time code 绑定码; what was made before for the same is void. Only its hash is kept. */
export async function makeCode(
  sql: Sql,
  vault: AddressVault,
  whose: CodeFor,
  { now, minutes }: { now: number; minutes: number },
): Promise<string> {
  const code = String(randomInt(10 ** (DIGITS - 1), 10 ** DIGITS));
  const [person, address] = 'personId' in whose ? [whose.personId, null] : [null, whose.addressId];
  await sql.query({
    text: 'DELETE FROM link_code WHERE person_id = $1 OR address_id = $2',
    values: [person, address],
  });
  await sql.query({
    text: `INSERT INTO link_code (code_hash, person_id, address_id, expires_at, created_at) VALUES ($1, $2, $3, $4, $5)`,
    values: [hash(vault, code), person, address, new Date(now + minutes * 60_000), new Date(now)],
  });
  return code;
}

/** Whether this code was made at this address: sent back there it joins nothing, and stays good. */
export async function madeHere(
  sql: Sql,
  vault: AddressVault,
  code: string,
  addressId: string,
): Promise<boolean> {
  const text = 'SELECT FROM link_code WHERE code_hash = $1 AND address_id = $2';
  return (await sql.query({ text, values: [hash(vault, code), addressId] })).rowCount === 1;
}

/** Takes a code, once: of several who send it at the same moment one gets it. undefined: wrong, used or expired. */
export async function takeCode(
  sql: Sql,
  vault: AddressVault,
  code: string,
  kind: 'person' | 'address',
  now: number,
): Promise<string | undefined> {
  const column = kind === 'person' ? 'person_id' : 'address_id';
  const { rows } = await sql.query<{ id: string }>({
    text: `DELETE FROM link_code WHERE code_hash = $1 AND expires_at > $2 AND ${column} IS NOT NULL RETURNING ${column} AS id`,
    values: [hash(vault, code), new Date(now)],
  });
  return rows[0]?.id;
}

const hash = (vault: AddressVault, code: string) => vault.lookup(`link\n${code}`);

/** The code in a message, if there is one and little else: 「绑定 12345678」「12345678」. */
export function codeIn(text: string): string | undefined {
  const said = text.normalize('NFKC').replace(/\s/g, '');
  return /^\D{0,12}(\d{8})\D{0,4}$/.exec(said)?.[1];
}

/** Wrong codes of a conversation, in its memory. */
export interface Tries {
  wrong?: number[];
}

/** Counts a wrong code; false once there were too many within the hour. */
export function mayTry(memory: Tries, now: number): boolean {
  memory.wrong = (memory.wrong ?? []).filter((at) => at > now - HOUR_MS);
  return memory.wrong.length < TRIES;
}

export function wrongTry(memory: Tries, now: number): void {
  memory.wrong = [...(memory.wrong ?? []), now];
}
