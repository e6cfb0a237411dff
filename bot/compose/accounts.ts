import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Account, Channel, ChannelKind, ChannelSetup } from '../../channels/channel.ts';
import { CHANNELS } from '../../channels/registry.ts';
import type { Sql } from '../../prisma/client.ts';
import { ConfigError } from '../config.ts';

/** An account as the channels' file has it: `id` is the channel's name, a colon, and a name of your own. */
const accountSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*:[a-z0-9][a-z0-9-]{0,40}$/, 'must be like telegram:help'),
  name: z.string().trim().min(1).max(60),
  audience: z.enum(['customer', 'staff']).default('customer'),
  settings: z.record(z.string(), z.unknown()).default({}),
});
const fileSchema = z.strictObject({ accounts: z.array(accountSchema) });

type Written = z.output<typeof accountSchema>;

/** An account that is off, and why. */
export interface Off {
  account: string;
  why: string;
}

export interface Configured {
  kinds: { kind: ChannelKind; accounts: Account[] }[];
  off: Off[];
}

/**
 * Reads the channels' file. `${NAME}` in a value is the environment's variable; a variable that isn't set leaves its
 * setting out, so that an account without credentials is off and not wrong.
 * @throws ConfigError for a file that isn't there or can't be read as one
 */
export function readAccounts(path: string, variable: (name: string) => string | undefined): Written[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`CHANNELS_FILE ${path} cannot be read.`);
  }
  return parseAccounts(text, path, variable);
}

export function parseAccounts(
  text: string,
  path: string,
  variable: (name: string) => string | undefined,
): Written[] {
  let content: unknown;
  try {
    content = parse(text) ?? { accounts: [] };
  } catch (error) {
    throw new ConfigError(`${path} is not YAML: ${error instanceof Error ? error.message : error}`);
  }
  const read = fileSchema.safeParse(content);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ConfigError(`${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  const ids = read.data.accounts.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new ConfigError(`${path} has the account ${twice} twice.`);
  return read.data.accounts.map((account) => ({
    ...account,
    settings: filled(account.settings, variable) as Written['settings'],
  }));
}

function filled(value: unknown, variable: (name: string) => string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, variable));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, filled(item, variable)])
        .filter(([, item]) => item !== undefined),
    );
  if (typeof value !== 'string') return value;
  const missing = [...value.matchAll(/\$\{(\w+)\}/g)].some(([, name = '']) => variable(name) === undefined);
  return missing ? undefined : value.replace(/\$\{(\w+)\}/g, (_, name: string) => variable(name) ?? '');
}

/**
 * Sorts accounts by their channels, loads these, and says which accounts are off.
 * @param always names of channels that are loaded without an account too
 */
export async function configure(
  written: readonly Written[],
  known = CHANNELS,
  always: readonly string[] = [],
): Promise<Configured> {
  const off: Off[] = [];
  const byName = new Map<string, { kind: ChannelKind; accounts: Account[] }>();
  for (const { id, name, audience, settings } of written) {
    const channel = id.split(':', 1)[0] ?? '';
    const load = known[channel];
    if (!load) {
      off.push({
        account: id,
        why: `there is no channel named ${channel}; there are ${Object.keys(known).join(', ')}`,
      });
      continue;
    }
    const kind = byName.get(channel)?.kind ?? (await load());
    const parsed = kind.settings.safeParse(settings);
    if (!parsed.success) {
      off.push({ account: id, why: problems(parsed.error, settings) });
      continue;
    }
    const entry = byName.get(channel) ?? { kind, accounts: [] };
    entry.accounts.push({ id, channel, name, audience, settings: parsed.data });
    byName.set(channel, entry);
  }
  for (const name of always) {
    const kind = byName.has(name) ? undefined : await known[name]?.();
    if (kind) byName.set(name, { kind, accounts: [] });
  }
  return { kinds: [...byName.values()], off };
}

/** Names settings, never their values: they are secrets. */
function problems(error: z.ZodError, settings: Record<string, unknown>): string {
  const missing = error.issues.filter(({ path }) => path.length === 1 && !(String(path[0]) in settings));
  const wrong = error.issues.filter((issue) => !missing.includes(issue));
  return [
    ...(missing.length > 0 ? [`not set: ${missing.map(({ path }) => String(path[0])).join(', ')}`] : []),
    ...wrong.map(said),
  ].join('; ');
}

function said(issue: z.core.$ZodIssue): string {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys')
    return `there is no setting named ${issue.keys.map((key) => [...path, key].join('.')).join(', ')}`;
  return `${path.join('.') || 'settings'}: ${message}`;
}

/** Makes the channels of configured accounts, and notes the accounts in the database, without their settings. */
export async function openAccounts(
  sql: Sql,
  configured: Configured,
  setup: Omit<ChannelSetup, 'accounts'>,
  now: Date,
): Promise<Channel[]> {
  const { kinds } = configured;
  const accounts = kinds.flatMap((entry) => entry.accounts);
  await note(sql, accounts, ON_BY_FILE, now);
  const builtIn = builtInOf(configured);
  await note(sql, builtIn, ON_BY_ITSELF, now);
  const on = [...accounts, ...builtIn].map(({ id }) => id);
  const faulty = configured.off.map(({ account }) => account);
  await sql.query({ text: OFF, values: [Object.keys(CHANNELS), on, faulty] });
  return kinds.map(({ kind, accounts: own }) => kind.create({ ...setup, accounts: own }));
}

/** What the file names is the file's from then on: a row that had settings of its own loses them. */
const ON_BY_FILE = `UPDATE SET name = excluded.name, audience = excluded.audience, active = true, settings = '{}'`;
const ON_BY_ITSELF = `UPDATE SET active = true WHERE channel_account.settings = '{}'`;
/**
 * Addresses and deliveries point at accounts: one that was taken out of the file is off, not gone. A row with settings
 * of its own never was in the file, unless it is there now with a fault.
 */
const OFF = `UPDATE channel_account SET active = false, settings = '{}' WHERE channel = ANY($1) AND id <> ALL($2)
  AND (settings = '{}' OR id = ANY($3)) AND active`;

async function note(sql: Sql, accounts: Account[], whereKnown: string, now: Date): Promise<void> {
  const text = `INSERT INTO channel_account (id, channel, name, audience, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (id) DO ${whereKnown}`;
  for (const { id, channel, name, audience } of accounts)
    await sql.query({ text, values: [id, channel, name, audience, now] });
}

/** Those in whose place the file names none, not even one with a fault. */
function builtInOf({ kinds, off }: Configured): Account[] {
  return kinds.flatMap(({ kind, accounts }) =>
    (kind.builtIn ?? []).filter(
      ({ id, audience }) =>
        !accounts.some((account) => account.audience === audience) &&
        !off.some(({ account }) => account === id),
    ),
  );
}
