import { setImmediate } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import type { Channel } from '../../channels/channel.ts';
import type { Sql } from '../../prisma/client.ts';
import { type AddressVault, addressKey } from '../conversation/threads.ts';
import { AppError } from '../errors.ts';
import type { TextKey, Vars } from '../i18n/index.ts';
import { maskPhone } from '../people/masking.ts';

export const MOST_RECIPIENTS = 50_000;
/** Many lines may name the same people. */
const MOST_LINES = 2 * MOST_RECIPIENTS;
/** So many lines are read in one go: customers must not wait while a list is read. */
const AT_ONCE = 500;
const MOST_PROBLEMS = 50;

/** A line of the file that brings no recipient, and why. `line` as an editor counts them, from 1. */
export interface Problem {
  line: number;
  /** Masked: the preview is for eyes. */
  value: string;
  problem: 'invalid' | 'duplicate' | 'opted_out' | 'refused';
}

/** What was found in a file, or by a filter 名单核对. */
export interface Found {
  /** Lines of the file, or addresses that the filter matched. */
  lines: number;
  usable: number;
  invalid: number;
  duplicate: number;
  optedOut: number;
  refused: number;
  /** The first of them. */
  problems: Problem[];
}

export interface Recipient {
  hmac: Buffer;
  sealed: Buffer;
}

interface Written {
  line: number;
  value: string;
}

const HEADS = /^(phone|mobile|number|tel|msisdn|手机|手机号|手机号码|号码|电话|电话号码|联系电话)$/i;

/**
 * The addresses of a list as people keep it: commas, semicolons or tabs, with a head line or without. The column is the
 * one whose head says so, else the first one with an address in its first lines.
 * @throws AppError invalid_input for what cannot be read as a list
 */
export function readList(bytes: Buffer, isAddress: (written: string) => boolean): Written[] {
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(bytes, {
      ...{ bom: true, info: true, delimiter: [',', ';', '\t'], trim: true },
      ...{ relax_column_count: true, relax_quotes: true, skip_empty_lines: true },
    }) as unknown as typeof rows;
  } catch {
    throw unreadable();
  }
  if (rows.length > MOST_LINES) throw tooMany();
  const [head = { record: [] }, ...rest] = rows;
  const named = head.record.findIndex((cell) => HEADS.test(cell));
  const first = rows.slice(0, 3).map(({ record }) => record.findIndex(isAddress));
  const column = named >= 0 ? named : first.find((at) => at >= 0);
  if (column === undefined) throw unreadable();
  // A head in another encoding can't be read, but is no address either.
  const headed = named >= 0 || !isAddress(head.record[column] ?? '');
  return (headed ? rest : rows).map(({ record, info }) => ({
    line: info.lines,
    value: record[column] ?? '',
  }));
}

/** What is wrong with one field of a request, for the person who filled it in. */
export const wrong = (path: string, problem: TextKey, vars?: Vars) =>
  new AppError('invalid_input', undefined, { where: 'body', fields: [{ path, problem, vars }] });

export const tooMany = () => wrong('file', 'field.broadcast_most', { max: MOST_RECIPIENTS });
const unreadable = () => wrong('file', 'field.broadcast_list');

export interface AudienceOf {
  account: string;
  addressOf: NonNullable<Channel['addressOf']>;
  vault: AddressVault;
}

const knownText = `SELECT key_hmac AS hmac, opted_out_at IS NOT NULL AS "optedOut", mark IS NOT NULL AS refused FROM address
WHERE channel_account_id = $1 AND key_hmac = ANY($2::bytea[]) AND (opted_out_at IS NOT NULL OR mark IS NOT NULL)`;

/** Who of a list can be written to, each once, and what is wrong with the other lines. */
export async function audienceOf(
  sql: Sql,
  file: Buffer,
  { account, addressOf, vault }: AudienceOf,
): Promise<{ recipients: Recipient[]; found: Found }> {
  const list = readList(file, (value) => addressOf(account, value) !== undefined);
  const read: (Written & { key?: string; hmac?: Buffer })[] = [];
  for (const [i, { line, value }] of list.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const key = addressOf(account, value)?.key;
    read.push({ line, value, ...(key !== undefined && { key, hmac: addressKey(vault, account, key) }) });
  }
  type Known = { hmac: Buffer; optedOut: boolean; refused: boolean };
  const hmacs = read.flatMap(({ hmac }) => hmac ?? []);
  const { rows } = await sql.query<Known>({ text: knownText, values: [account, hmacs] });
  const known = new Map(rows.map((row) => [row.hmac.toString('base64'), row]));
  const count = { invalid: 0, duplicate: 0, opted_out: 0, refused: 0 };
  const problems: Problem[] = [];
  const recipients = new Map<string, Recipient>();
  const seen = new Set<string>();
  for (const [i, { line, value, key, hmac }] of read.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const id = hmac?.toString('base64') ?? '';
    const problem = problemOf(hmac !== undefined, seen.has(id), known.get(id));
    seen.add(id);
    if (problem) {
      count[problem]++;
      if (problems.length < MOST_PROBLEMS) problems.push({ line, value: masked(value), problem });
    } else if (hmac && key !== undefined) recipients.set(id, { hmac, sealed: vault.seal(key) });
  }
  if (recipients.size > MOST_RECIPIENTS) throw tooMany();
  const { opted_out: optedOut, ...counted } = count;
  return {
    recipients: [...recipients.values()],
    found: { lines: list.length, usable: recipients.size, ...counted, optedOut, problems },
  };
}

function problemOf(
  valid: boolean,
  repeated: boolean,
  known: { optedOut: boolean; refused: boolean } | undefined,
): Problem['problem'] | undefined {
  if (!valid) return 'invalid';
  if (repeated) return 'duplicate';
  if (known?.optedOut) return 'opted_out';
  return known?.refused ? 'refused' : undefined;
}

/** What is no number may be a name, or anything: a part of it is enough to find the line. */
const masked = (value: string) => (/\d{3}/.test(value) ? maskPhone(value) : [...value].slice(0, 2).join(''));
