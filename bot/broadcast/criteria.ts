import { z } from 'zod';
import type { Sql, Unit } from '../../prisma/client.ts';
import type { AddressVault } from '../conversation/threads.ts';
import { maskPhone } from '../people/masking.ts';
import { type Found, MOST_RECIPIENTS, tooMany } from './audience.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 3650;
const words = z.array(z.string().trim().min(1).max(40)).max(50);
const days = z.int().min(1).max(MOST_DAYS).nullable();

/** Whom a filter 筛选条件 finds among those who wrote over the account. What is empty or null asks nothing. */
export const criteria = z.strictObject({
  /** 客户等级 */
  tiers: words,
  /** 地区 */
  regions: words,
  locales: z.array(z.enum(['zh-CN', 'en'])).max(2),
  /** Who wrote to us in the last so many days. */
  contactedWithin: days,
  /** Who did not write to us in the last so many days. */
  silentFor: days,
  /** Who has, or has not, a ticket 工单 that isn't closed. */
  openTicket: z.boolean().nullable(),
});
export type Criteria = z.output<typeof criteria>;

/** A saved filter as a broadcast took it: later changes of the filter don't reach it. */
export const chosenFilter = z.strictObject({ id: z.uuid(), name: z.string(), criteria });
export type ChosenFilter = z.output<typeof chosenFilter>;

export interface Asked {
  account: string;
  criteria: Criteria;
  now: number;
}

/**
 * The matching addresses `m`; one of each customer is `kept`, so that who has two numbers is told once. Unreachable ones
 * are told apart first: who can be reached at either number is.
 */
function matching({ account, criteria: asked, now }: Asked): { text: string; values: unknown[] } {
  const values: unknown[] = [account];
  const value = (given: unknown) => `$${values.push(given)}`;
  const ago = (n: number) => value(new Date(now - n * DAY_MS));
  const wrote = (since: string) => `EXISTS (SELECT FROM message w WHERE w.conversation_id = c.id
    AND w.author = 'customer' AND w.created_at >= ${since})`;
  const ticket = `EXISTS (SELECT FROM ticket t WHERE t.state <> 'closed'
    AND (t.conversation_id = c.id OR t.customer_id = a.customer_id))`;
  const where = [
    "a.channel_account_id = $1 AND a.person_id IS NULL AND c.audience = 'customer'",
    ...(asked.tiers.length > 0 ? [`coalesce(k.tier, 'normal') = ANY(${value(asked.tiers)}::text[])`] : []),
    ...(asked.regions.length > 0 ? [`k.region = ANY(${value(asked.regions)}::text[])`] : []),
    ...(asked.locales.length > 0 ? [`c.locale = ANY(${value(asked.locales)}::text[])`] : []),
    ...(asked.contactedWithin === null ? [] : [wrote(ago(asked.contactedWithin))]),
    ...(asked.silentFor === null ? [] : [`NOT ${wrote(ago(asked.silentFor))}`]),
    ...(asked.openTicket === null ? [] : [asked.openTicket ? ticket : `NOT ${ticket}`]),
  ];
  const out = 'a.opted_out_at IS NOT NULL OR a.mark IS NOT NULL';
  const text = `WITH found AS (
    SELECT a.id, a.key_hmac, a.value_sealed, c.id AS conversation_id, c.locale, coalesce(k.tier, 'normal') AS tier, k.region,
      a.opted_out_at IS NOT NULL AS opted_out, a.mark IS NOT NULL AS refused,
      row_number() OVER (PARTITION BY coalesce(a.customer_id, a.id), (${out}) ORDER BY a.id DESC) AS nth
    FROM address a JOIN conversation c ON c.address_id = a.id LEFT JOIN customer k ON k.id = a.customer_id
    WHERE ${where.join(' AND ')}
  ), m AS (SELECT *, NOT opted_out AND NOT refused AS usable, NOT opted_out AND NOT refused AND nth = 1 AS kept FROM found)`;
  return { text, values };
}

const countsText = `SELECT count(*)::int AS lines, count(*) FILTER (WHERE kept)::int AS usable,
  count(*) FILTER (WHERE usable AND NOT kept)::int AS duplicate, count(*) FILTER (WHERE opted_out)::int AS "optedOut",
  count(*) FILTER (WHERE refused AND NOT opted_out)::int AS refused FROM m`;

/** How many a filter finds now, and how many of them are left out. @throws AppError where they are too many */
export async function countOf(sql: Sql, asked: Asked): Promise<Found> {
  const { text, values } = matching(asked);
  type Counts = Omit<Found, 'invalid' | 'problems'> & Record<string, unknown>;
  const { rows } = await sql.query<Counts>({ text: `${text} ${countsText}`, values });
  const found = { ...(rows[0] as Counts), invalid: 0, problems: [] };
  if (found.usable > MOST_RECIPIENTS) throw tooMany();
  return found;
}

const SAMPLE = 5;
const sampleText = `SELECT value_sealed AS sealed, locale, tier, region, (SELECT max(w.created_at) FROM message w
  WHERE w.conversation_id = m.conversation_id AND w.author = 'customer') AS "lastAt" FROM m WHERE kept ORDER BY id DESC LIMIT ${SAMPLE}`;

export interface Sampled {
  /** Masked. */
  address: string;
  locale: string;
  tier: string;
  region: string | null;
  lastAt: number | null;
}

/** A few of those whom a filter finds, the newest first: so that an editor sees whether it is what they meant. */
export async function sampleOf(sql: Sql, vault: AddressVault, asked: Asked): Promise<Sampled[]> {
  const { text, values } = matching(asked);
  type Row = Omit<Sampled, 'address' | 'lastAt'> & { sealed: Buffer; lastAt: Date | null };
  const { rows } = await sql.query<Row & Record<string, unknown>>({ text: `${text} ${sampleText}`, values });
  return rows.map(({ sealed, locale, tier, region, lastAt }) => ({
    ...{ address: maskPhone(vault.open(sealed)), locale, tier, region, lastAt: lastAt?.getTime() ?? null },
  }));
}

/**
 * Makes those whom a held broadcast's filter finds now its recipients, for good: what is approved is who is told, whatever
 * becomes of the filter, of customers, or of the process that sends.
 */
export async function freeze({ sql }: Unit, broadcastId: string, asked: Asked): Promise<void> {
  await sql.query({ text: 'DELETE FROM broadcast_recipient WHERE broadcast_id = $1', values: [broadcastId] });
  const { text, values } = matching(asked);
  await sql.query({
    text: `${text} INSERT INTO broadcast_recipient (broadcast_id, position, key_hmac, value_sealed)
      SELECT $${values.length + 1}, row_number() OVER (ORDER BY id), key_hmac, value_sealed FROM m WHERE kept`,
    values: [...values, broadcastId],
  });
}
