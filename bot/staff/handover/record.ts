import type { Sql } from '../../../prisma/client.ts';
import { type HandoverFacts, namesOf } from './facts.ts';
import { type HandoverItem, itemsOfHandover, openItems } from './items.ts';
import type { Decision, HandoverState, Progress, Sections } from './types.ts';

/** A question 提问 on record; `no` is what people call it by. Instants in epoch ms. */
export interface Question {
  readonly id: string;
  readonly no: number;
  readonly askerId: string;
  readonly text: string;
  readonly askedAt: number;
  readonly answer: string | null;
  readonly answererId: string | null;
  readonly answeredAt: number | null;
}

/** A handover as it is stored. Instants in epoch ms. */
export interface HandoverRecord extends Progress {
  readonly id: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly since: number;
  readonly fromShift: string;
  readonly toShift: string;
  readonly sections: Sections;
  /** As they were when it was completed; null until then. */
  readonly facts: HandoverFacts | null;
  readonly openedAt: number;
  readonly completedBy: string | null;
  readonly completedAt: number | null;
  readonly closedAt: number | null;
  /** What is handed on; until it is completed, what is open now. */
  readonly list: readonly HandoverItem[];
  readonly questions: readonly Question[];
  readonly names: ReadonlyMap<string, string>;
}

type Row = {
  [Key in 'id' | 'teamId' | 'teamName' | 'fromShift' | 'toShift']: string;
} & { [Key in 'changeAt' | 'since' | 'openedAt']: Date } & {
  [Key in 'completedAt' | 'closedAt']: Date | null;
} & { state: HandoverState; sections: Sections; facts: HandoverFacts | null; completedBy: string | null };

const columns = `h.id, h.team_id AS "teamId", t.name AS "teamName", h.change_at AS "changeAt", h.since, h.state,
  h.from_shift AS "fromShift", h.to_shift AS "toShift", h.sections, h.facts, h.opened_at AS "openedAt",
  h.completed_by AS "completedBy", h.completed_at AS "completedAt", h.closed_at AS "closedAt"
FROM handover h JOIN team t ON t.id = h.team_id`;

/** With `hold` it stays as it is until the transaction ends: every move is made under that lock. */
export async function handoverById(
  sql: Sql,
  id: string,
  { hold = false }: { hold?: boolean } = {},
): Promise<HandoverRecord | undefined> {
  if (hold) await sql.query({ text: 'SELECT FROM handover WHERE id = $1 FOR UPDATE', values: [id] });
  const { rows } = await sql.query<Row & Record<string, unknown>>({
    text: `SELECT ${columns} WHERE h.id = $1`,
    values: [id],
  });
  return rows[0] && whole(sql, rows[0]);
}

async function whole(sql: Sql, row: Row): Promise<HandoverRecord> {
  const [people, decisions, questions] = [
    await peopleOf(sql, row.id),
    await decisionsOf(sql, row.id),
    await questionsOf(sql, row.id),
  ];
  const list = row.state === 'open' ? await openItems(sql, row.teamId) : await itemsOfHandover(sql, row.id);
  const outgoing = people.filter(({ side }) => side === 'out').map(({ personId }) => personId);
  const concerned = [
    ...people.map(({ personId }) => personId),
    ...decisions.flatMap(({ by, missingId }) => [by, missingId ?? by]),
    ...questions.flatMap(({ askerId, answererId }) => [askerId, answererId ?? askerId]),
    ...list.flatMap(({ authorId, closedBy }) => [authorId, closedBy ?? authorId]),
    ...(row.completedBy ? [row.completedBy] : []),
  ];
  return {
    ...row,
    ...{ changeAt: row.changeAt.getTime(), since: row.since.getTime(), openedAt: row.openedAt.getTime() },
    completedAt: row.completedAt?.getTime() ?? null,
    closedAt: row.closedAt?.getTime() ?? null,
    ...{ outgoing, decisions, questions, list, names: await namesOf(sql, concerned) },
    incoming: people
      .filter(({ side }) => side === 'in')
      .map(({ personId, acceptedAt, readBack }) => {
        return { personId, acceptedAt: acceptedAt?.getTime() ?? null, readBack };
      }),
    items: row.state === 'open' ? [] : list.map(({ id }) => id),
  };
}

async function peopleOf(sql: Sql, id: string) {
  type Someone = { personId: string; side: 'in' | 'out'; acceptedAt: Date | null; readBack: string[] };
  const { rows } = await sql.query<Someone>({
    text: `SELECT h.person_id AS "personId", h.side, h.accepted_at AS "acceptedAt", coalesce((SELECT json_agg(r.item_id
        ORDER BY r.created_at, r.item_id) FROM handover_readback r
        WHERE h.side = 'in' AND r.handover_id = h.handover_id AND r.person_id = h.person_id), '[]') AS "readBack"
      FROM handover_person h JOIN person p ON p.id = h.person_id WHERE h.handover_id = $1 ORDER BY p.number`,
    values: [id],
  });
  return rows;
}

async function decisionsOf(sql: Sql, id: string): Promise<Decision[]> {
  type Stored = Omit<Decision, 'at'> & { at: Date };
  const { rows } = await sql.query<Stored & Record<string, unknown>>({
    text: `SELECT missing_id AS "missingId", kind, stand_in_id AS "standInId", decider_id AS by, created_at AS at, note
      FROM handover_decision WHERE handover_id = $1 ORDER BY created_at, id`,
    values: [id],
  });
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

async function questionsOf(sql: Sql, id: string): Promise<Question[]> {
  type Stored = Omit<Question, 'askedAt' | 'answeredAt'> & { askedAt: Date; answeredAt: Date | null };
  const { rows } = await sql.query<Stored & Record<string, unknown>>({
    text: `SELECT id, no, asker_id AS "askerId", text, created_at AS "askedAt", answer, answerer_id AS "answererId",
      answered_at AS "answeredAt" FROM handover_question WHERE handover_id = $1 ORDER BY no`,
    values: [id],
  });
  return rows.map((row) => ({
    ...row,
    askedAt: row.askedAt.getTime(),
    answeredAt: row.answeredAt?.getTime() ?? null,
  }));
}
