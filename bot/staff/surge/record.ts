import type { Sql } from '../../../prisma/client.ts';

export type SurgeState = 'alerted' | 'dismissed' | 'calling' | 'filled' | 'short';
export type AnswerState = 'asked' | 'joined' | 'declined' | 'full' | 'late';

/** A surge 话务高峰 with who was asked. Instants in epoch ms. */
export interface Surge {
  readonly id: string;
  readonly state: SurgeState;
  readonly startedAt: number;
  readonly contacts: number;
  readonly expected: number;
  readonly onDuty: number;
  readonly needed: number;
  readonly callerId: string | null;
  readonly callerName: string | null;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly answers: readonly Answer[];
}

export interface Answer {
  readonly personId: string;
  readonly name: string;
  readonly state: AnswerState;
}

type Times = 'startedAt' | 'startsAt' | 'endsAt';
type Row = Omit<Surge, Times | 'answers'> & Record<Times, Date | null> & Record<string, unknown>;

/** `hold` keeps it as it is until the transaction ends: answers are taken one after the other. */
export async function surgeById(sql: Sql, id: string, { hold = false } = {}): Promise<Surge | undefined> {
  // A statement of its own: those below then see what was answered while we waited for the lock.
  if (hold) await sql.query({ text: 'SELECT FROM surge WHERE id = $1 FOR UPDATE', values: [id] });
  const { rows } = await sql.query<Row>({
    text: `SELECT s.id, s.state, s.started_at AS "startedAt", s.contacts, s.expected, s.on_duty AS "onDuty", s.needed,
        s.caller_id AS "callerId", p.name AS "callerName", s.starts_at AS "startsAt", s.ends_at AS "endsAt"
      FROM surge s LEFT JOIN person p ON p.id = s.caller_id WHERE s.id = $1`,
    values: [id],
  });
  const [row] = rows;
  if (!row) return undefined;
  const answers = await sql.query<Answer & Record<string, unknown>>({
    text: `SELECT a.person_id AS "personId", p.name, a.state FROM surge_answer a JOIN person p ON p.id = a.person_id
      WHERE a.surge_id = $1 ORDER BY a.answered_at NULLS LAST, p.number`,
    values: [id],
  });
  return {
    ...{ ...row, startedAt: row.startedAt?.getTime() ?? 0, startsAt: row.startsAt?.getTime() ?? null },
    ...{ endsAt: row.endsAt?.getTime() ?? null, answers: answers.rows },
  };
}

/** The one that goes on, else the last. */
export async function newestSurge(sql: Sql): Promise<Surge | undefined> {
  const { rows } = await sql.query<{ id: string }>({
    text: 'SELECT id FROM surge ORDER BY started_at DESC LIMIT 1',
    values: [],
  });
  return rows[0] && surgeById(sql, rows[0].id);
}

export const joinedIn = ({ answers }: Surge) => answers.filter(({ state }) => state === 'joined');
