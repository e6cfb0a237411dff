import { type Sql, type Unit, uuidv7 } from '../../../../prisma/client.ts';
import { sorted } from '../../../people/audit-chain.ts';
import type { DayFigures } from './figures.ts';
import type { LogSections } from './rules.ts';

/** A duty log 值班日志 as it is stored. Instants in epoch ms, `date` ISO. */
export interface DutyLogRecord {
  readonly id: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly date: string;
  readonly state: 'open' | 'signed';
  readonly sections: LogSections;
  /** As they were when it was signed; null until then. */
  readonly figures: DayFigures | null;
  readonly signedBy: string | null;
  readonly signerName: string | null;
  readonly signedAt: number | null;
}

type Row = Omit<DutyLogRecord, 'signedAt'> & { signedAt: Date | null };

/** With `hold` it stays as it is until the transaction ends: whatever is written is written under that lock. */
export async function logById(
  sql: Sql,
  id: string,
  { hold = false }: { hold?: boolean } = {},
): Promise<DutyLogRecord | undefined> {
  if (hold) await sql.query({ text: 'SELECT FROM duty_log WHERE id = $1 FOR UPDATE', values: [id] });
  return (await select(sql, 'l.id = $1', [id]))[0];
}

/** Logs of these days (ISO, both included), of one team or, with null, of all; by day, then team. */
export function logsBetween(
  sql: Sql,
  teamId: string | null,
  { from, to }: { from: string; to: string },
): Promise<DutyLogRecord[]> {
  const where = 'l.date >= $1 AND l.date <= $2 AND ($3::uuid IS NULL OR l.team_id = $3)';
  return select(sql, where, [from, to, teamId]);
}

/** The log of a team's day, made if there is none yet. */
export async function openLog(unit: Unit, teamId: string, date: string, now: number): Promise<DutyLogRecord> {
  await unit.sql.query({
    text: `INSERT INTO duty_log (id, team_id, date, opened_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (team_id, date) DO NOTHING`,
    values: [uuidv7(now), teamId, date, new Date(now)],
  });
  const [record] = await select(unit.sql, 'l.team_id = $1 AND l.date = $2', [teamId, date]);
  if (!record) throw new Error('a log vanished in its own transaction');
  return record;
}

const MOST = 200;

async function select(sql: Sql, where: string, values: unknown[]): Promise<DutyLogRecord[]> {
  const { rows } = await sql.query<Row & Record<string, unknown>>({
    text: `SELECT l.id, l.team_id AS "teamId", t.name AS "teamName", l.date::text AS date, l.state, l.sections, l.figures,
        l.signed_by AS "signedBy", p.name AS "signerName", l.signed_at AS "signedAt"
      FROM duty_log l JOIN team t ON t.id = l.team_id LEFT JOIN person p ON p.id = l.signed_by
      WHERE ${where} ORDER BY l.date, t.name LIMIT ${MOST}`,
    values,
  });
  return rows.map((row) => ({ ...row, signedAt: row.signedAt?.getTime() ?? null }));
}

/** What is sealed: all of it. */
export function contentOf({ signerName: _, teamName: __, ...record }: DutyLogRecord): string {
  return JSON.stringify(sorted(record));
}
