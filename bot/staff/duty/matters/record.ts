import type { Sql } from '../../../../prisma/client.ts';
import { namesOf } from '../../handover/facts.ts';
import type { Ladder } from '../../leave/ladder.ts';
import type { MatterProgress, MatterState, MatterWord, Urgency } from './types.ts';

/** A matter 请示 as it is stored. Instants in epoch ms. */
export interface MatterRecord extends MatterProgress {
  readonly id: string;
  readonly no: number;
  readonly problem: string;
  readonly suggestion: string;
  /** The steps once more, as the code for deputies reads them. */
  readonly ladder: Ladder;
  readonly askedAt: number;
  readonly reminders: number;
  readonly escalatedAt: number | null;
  readonly policyId: string;
  readonly createdAt: number;
  readonly names: ReadonlyMap<string, string>;
}

interface Row {
  id: string;
  no: number;
  reporterId: string;
  carrierId: string;
  problem: string;
  suggestion: string;
  urgency: Urgency;
  ladder: Ladder;
  firstLevel: number;
  level: number;
  state: MatterState;
  askedAt: Date;
  reminders: number;
  escalatedAt: Date | null;
  skippedToldAt: Date | null;
  policyId: string;
  createdAt: Date;
  words: (Omit<MatterWord, 'at'> & { at: string })[];
  [column: string]: unknown;
}

const columns = `m.id, m.no, m.reporter_id AS "reporterId", m.carrier_id AS "carrierId", m.problem, m.suggestion, m.urgency,
  m.ladder, m.first_level AS "firstLevel", m.level, m.state, m.asked_at AS "askedAt", m.reminders,
  m.escalated_at AS "escalatedAt", m.skipped_told_at AS "skippedToldAt", m.policy_id AS "policyId", m.created_at AS "createdAt",
  coalesce((SELECT json_agg(json_build_object('kind', w.kind, 'by', w.person_id, 'level', w.level, 'text', w.text,
    'at', w.created_at) ORDER BY w.seq) FROM matter_word w WHERE w.matter_id = m.id), '[]') AS words
FROM matter m`;

/** With `hold` it stays as it is until the transaction ends: every move is made under that lock. */
export async function matterById(
  sql: Sql,
  id: string,
  { hold = false }: { hold?: boolean } = {},
): Promise<MatterRecord | undefined> {
  // A statement of its own: the one below then sees what was said while we waited for the lock.
  if (hold) await sql.query({ text: 'SELECT FROM matter WHERE id = $1 FOR UPDATE', values: [id] });
  return (await select(sql, 'm.id = $1', [id]))[0];
}

export async function matterByNo(sql: Sql, no: number): Promise<MatterRecord | undefined> {
  return (await select(sql, 'm.no = $1', [no]))[0];
}

const MOST_SHOWN = 8;

/** What a colleague reported or carries out, the newest first. */
export function mattersOf(sql: Sql, personId: string): Promise<MatterRecord[]> {
  return select(sql, 'm.reporter_id = $1 OR m.carrier_id = $1', [personId], MOST_SHOWN);
}

/** What waits at a level that names this colleague, the oldest first; whether they may answer now is for away.ts. */
export async function mattersToAnswer(sql: Sql, personId: string): Promise<MatterRecord[]> {
  const step = `m.ladder->'steps'->m.level`;
  const where = `m.state IN ('waiting', 'objected') AND (${step}->>'approverId' = $1 OR ${step}->'above'->>'id' = $1
    OR ${step}->'deputies' @> jsonb_build_array(jsonb_build_object('id', $1::text)))`;
  return (await select(sql, where, [personId], 50)).reverse();
}

/** What was reported with one of these urgencies between two instants (epoch ms; the end not included), in order. */
export async function mattersBetween(
  sql: Sql,
  urgencies: readonly Urgency[],
  { from, to }: { from: number; to: number },
): Promise<MatterRecord[]> {
  const where = 'm.urgency = ANY($1) AND m.created_at >= $2 AND m.created_at < $3';
  return (await select(sql, where, [[...urgencies], new Date(from), new Date(to)], 50)).reverse();
}

async function select(
  sql: Sql,
  where: string,
  values: readonly unknown[],
  limit = 1,
): Promise<MatterRecord[]> {
  const { rows } = await sql.query<Row>({
    text: `SELECT ${columns} WHERE ${where} ORDER BY m.created_at DESC, m.no DESC LIMIT ${limit}`,
    values: [...values],
  });
  const ids = rows.flatMap(({ reporterId, carrierId, words }) => [
    ...[reporterId, carrierId],
    ...words.map(({ by }) => by),
  ]);
  const names = await namesOf(sql, ids);
  return rows.map((row) => ({
    ...row,
    ...{ names, steps: row.ladder.steps, askedAt: row.askedAt.getTime(), createdAt: row.createdAt.getTime() },
    escalatedAt: row.escalatedAt?.getTime() ?? null,
    skippedToldAt: row.skippedToldAt?.getTime() ?? null,
    words: row.words.map((word) => ({ ...word, at: Date.parse(word.at) })),
  }));
}
