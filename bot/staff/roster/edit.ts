import { Temporal } from 'temporal-polyfill';
import { type Sql, type Unit, uuidv7 } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { t } from '../../i18n/index.ts';
import type { Person } from '../../people/person.ts';
import { applyChange, holdRosters } from './apply.ts';
import { changed, problemsOf, type RosterFacts } from './change.ts';
import { loadDates, startOf } from './dates.ts';
import { type EditKind, type EditParts, recordEdit } from './edits.ts';
import { type Cell, planCells, shiftType } from './plan.ts';
import { type Editing, reachable, wordsFor } from './reach.ts';
import { loadRosterFacts } from './store.ts';
import { type LeaveDates, warningsOf } from './warnings.ts';
import { noSuchShift, problemRemark, type Remark, type RosterWords, warningRemark } from './words.ts';

/** What a leader wants, and what they have seen of it. */
export interface Wish {
  readonly cells: readonly Cell[];
  readonly kind: Exclude<EditKind, 'undo'>;
  /** Versions of the people as the editor saw them; whoever isn't named is not compared. */
  readonly seen?: Readonly<Record<string, number>> | undefined;
  /** Warnings were read and are passed over. */
  readonly confirmed: boolean;
  /** Says what would be, and writes nothing. */
  readonly dry: boolean;
}

export interface EditResult {
  readonly saved: boolean;
  readonly editId: string | null;
  /** Shifts that are (or would be) planned and cancelled. */
  readonly planned: number;
  readonly cancelled: number;
  readonly problems: readonly Remark[];
  readonly warnings: readonly Remark[];
}

/**
 * Makes the cells as wanted, in one transaction against the versions that were seen; or says what stands against it,
 * or what should be confirmed first, and writes nothing.
 * @throws AppError forbidden for people out of reach, version_changed where somebody was quicker
 */
export async function editRoster(unit: Unit, parts: EditParts, wish: Wish, at: Editing): Promise<EditResult> {
  const ids = [...new Set(wish.cells.map(({ personId }) => personId))];
  const people = await reachable(unit.sql, ids, at.editor);
  const versions = await holdRosters(unit.sql, ids);
  const stale = ids.filter((id) => wish.seen?.[id] !== undefined && wish.seen[id] !== versions.get(id));
  if (stale.length > 0) throw new AppError('version_changed', undefined, { people: stale });
  const words = wordsFor(people, at);
  const unknown = [
    ...withoutTeam(wish.cells, people, words),
    ...unknownNames(wish.cells, await standing(unit.sql, wish.cells, at), words),
  ];
  const nothing = { saved: false, editId: null, planned: 0, cancelled: 0, warnings: [] };
  if (unknown.length > 0) return { ...nothing, problems: unknown };
  const facts = await around(unit.sql, wish.cells, at);
  const change = planCells(facts, wish.cells, {
    ...{ types: words.types, timeZone: at.policy.centre.timeZone, newId: () => uuidv7(at.now) },
    teamOf: (id) => people.get(id)?.teamId ?? undefined,
  });
  const said = {
    ...{ planned: change.plan.length, cancelled: change.cancel.length },
    problems: problemsOf(facts, change).map((each) =>
      problemRemark(each, together(facts, change.plan), words),
    ),
    warnings: warningsOf(facts, change, {
      ...{ restMs: words.restHours * 3_600_000, now: at.now },
      leaves: await leavesOf(unit.sql, wish.cells),
    }).map((each) => warningRemark(each, words)),
  };
  const empty = change.plan.length + change.cancel.length === 0;
  const held = said.problems.length > 0 || (said.warnings.length > 0 && !wish.confirmed);
  if (wish.dry || held || empty) return { ...said, saved: empty && !wish.dry, editId: null };
  const applied = await applyChange(unit, change, at.now);
  if ('problems' in applied) throw new AppError('conflict', 'the roster has changed');
  const editId = await recordEdit(
    unit,
    parts,
    { ...change, kind: wish.kind, editorId: at.editor.id },
    at.now,
  );
  return { ...said, saved: true, editId };
}

const together = (facts: RosterFacts, plan: RosterFacts['shifts']) => changed(facts, { plan });

const span = (cells: readonly Cell[]) => {
  const dates = cells.map(({ date }) => date).sort();
  return { from: dates[0] ?? '9999-12-30', to: dates.at(-1) ?? '9999-12-30' };
};

function standing(sql: Sql, cells: readonly Cell[], { policy }: Editing): Promise<RosterFacts> {
  const people = [...new Set(cells.map(({ personId }) => personId))];
  return loadDates(sql, { ...span(cells), people }, policy.centre.timeZone);
}

/** The shifts of these people on these dates and on the days beside them: for what clashes, and for rest. */
function around(sql: Sql, cells: readonly Cell[], { policy }: Editing): Promise<RosterFacts> {
  const { from, to } = span(cells);
  const beside = (date: string, days: number) =>
    startOf(Temporal.PlainDate.from(date).add({ days }), policy.centre.timeZone);
  const people = [...new Set(cells.map(({ personId }) => personId))];
  return loadRosterFacts(sql, { from: beside(from, -2), to: beside(to, 4), people });
}

/** A shift is a team's: who has none can't be planned for. */
function withoutTeam(
  cells: readonly Cell[],
  people: ReadonlyMap<string, Person>,
  words: RosterWords,
): Remark[] {
  return cells
    .filter(({ personId, shifts }) => shifts.length > 0 && !people.get(personId)?.teamId)
    .map(({ personId, date }) => {
      const text = t(words.locale, 'roster.problem_no_team', { person: words.nameOf(personId) });
      return { code: 'no_team', text, personId, date };
    });
}

/** A name that is no shift of the policy, unless the cell has it already: it then stays. */
function unknownNames(cells: readonly Cell[], { shifts }: RosterFacts, words: RosterWords): Remark[] {
  const had = new Set(shifts.map((shift) => `${shift.personId} ${shift.businessDate} ${shift.name}`));
  const wrong = cells.flatMap(({ personId, date, shifts: names }) =>
    names
      .filter((name) => !shiftType(words.types, name) && !had.has(`${personId} ${date} ${name}`))
      .map((name) => ({ personId, date, name })),
  );
  return wrong.map(({ personId, date, name }) => noSuchShift(name, words.locale, { personId, date }));
}

async function leavesOf(sql: Sql, cells: readonly Cell[]): Promise<LeaveDates[]> {
  const { from, to } = span(cells);
  const { rows } = await sql.query<LeaveDates & Record<string, unknown>>({
    text: `SELECT person_id AS "personId", from_date::text AS from, to_date::text AS to, state FROM leave_request
      WHERE person_id = ANY($1) AND state IN ('pending', 'approved') AND from_date <= $3 AND to_date >= $2`,
    values: [[...new Set(cells.map(({ personId }) => personId))], from, to],
  });
  return rows;
}
