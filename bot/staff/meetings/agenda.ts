import type { Sql } from '../../../prisma/client.ts';
import { maskNumbersIn } from '../../people/masking.ts';
import type { MeetingPolicy } from '../../policy/schema.ts';
import { openItems } from '../handover/items.ts';
import type { HandoverPorts } from '../handover/parts.ts';
import { AGENDA_DAYS, type MeetingKind } from './rules.ts';

/** What there is to talk about: hard cases and findings of the period. JSON; personal numbers in texts are masked. */
export interface Agenda {
  /** Numbers of the tickets that are open longest, with their age in days. */
  readonly longest: readonly { readonly number: string; readonly days: number }[];
  /** Numbers of tickets that went back to a department after its answer: the matter was not solved. */
  readonly reopened: readonly string[];
  /** What customers asked and nobody could answer: to be given one uniform answer 统一口径. */
  readonly unanswered: readonly string[];
  /** Contacts of the period with a low rating. */
  readonly lowRatings: number;
  /** Urgent matters that were reported up. */
  readonly incidents: readonly string[];
  /** The team's open problems. */
  readonly problems: readonly string[];
  /** Hard cases of the duty logs. */
  readonly cases: readonly string[];
}

const DAY_MS = 86_400_000;

const listsText = `SELECT
  coalesce((SELECT json_agg(json_build_object('number', number, 'days', days)) FROM (
    SELECT number, floor(extract(epoch FROM $2::timestamptz - created_at) / 86400)::int AS days FROM ticket
    WHERE state <> 'closed' ORDER BY created_at, number LIMIT $3) k), '[]') AS longest,
  coalesce((SELECT json_agg(number) FROM (
    SELECT k.number FROM ticket k JOIN ticket_step d ON d.ticket_id = k.id AND d.kind = 'dispatch'
    WHERE d.created_at >= $1 AND d.created_at < $2 AND EXISTS (SELECT FROM ticket_step a
      WHERE a.ticket_id = k.id AND a.kind = 'answer' AND a.created_at <= d.created_at)
    GROUP BY k.number ORDER BY max(d.created_at) DESC, k.number LIMIT $3) r), '[]') AS reopened,
  coalesce((SELECT json_agg(text) FROM (
    SELECT max(text) AS text FROM unanswered WHERE created_at >= $1 AND created_at < $2
    GROUP BY lower(text) ORDER BY count(*) DESC, max(created_at) DESC LIMIT $3) u), '[]') AS unanswered,
  (SELECT count(*)::int FROM episode WHERE closed_at >= $1 AND closed_at < $2 AND rating <= $4) AS "lowRatings",
  coalesce((SELECT json_agg(cases) FROM (
    SELECT sections->>'cases' AS cases FROM duty_log WHERE state = 'signed' AND signed_at >= $1 AND signed_at < $2
      AND ($5::uuid IS NULL OR team_id = $5) AND length(trim(sections->>'cases')) > 1
    ORDER BY signed_at DESC LIMIT $3) c), '[]') AS cases`;

/** The agenda as it is at `now` (epoch ms): of a team, or of the centre. */
export async function loadAgenda(
  sql: Sql,
  { kind, teamId }: { readonly kind: MeetingKind; readonly teamId: string | null },
  { cases: most, lowRating }: MeetingPolicy,
  ports: HandoverPorts | undefined,
  now: number,
): Promise<Agenda> {
  const from = now - AGENDA_DAYS[kind] * DAY_MS;
  type Lists = Pick<Agenda, 'longest' | 'reopened' | 'unanswered' | 'lowRatings' | 'cases'>;
  const { rows } = await sql.query<Lists & Record<string, unknown>>({
    text: listsText,
    values: [new Date(from), new Date(now + 1), most, lowRating, teamId],
  });
  const [lists] = rows;
  if (!lists) throw new Error('a row of lists is always there');
  const incidents = (await ports?.incidents?.(sql, from, now + 1)) ?? [];
  const problems = teamId === null ? [] : await openItems(sql, teamId);
  return {
    ...lists,
    unanswered: lists.unanswered.map(maskNumbersIn),
    incidents: incidents.slice(-most),
    problems: problems.slice(0, most).map(({ no, text }) => `#${no} ${text}`),
  };
}
