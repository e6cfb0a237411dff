import { z } from 'zod';
import { checkWording, languageOf, type NewEntry, WordingError } from '../../knowledge/index.ts';
import { customerForms } from '../customer/forms/index.ts';
import { type FieldProblem, problemOf } from '../http/problems.ts';
import { unstorable } from '../http/storable.ts';
import { type Locale, say } from '../i18n/index.ts';
import type { EntryFile, FileEntry } from './file.ts';
import { draft, entryId, newEntry } from './views.ts';

/** What is said of a line of a file. */
export interface LineRemark {
  line?: number;
  code: string;
  text: string;
}

export interface CheckedFile {
  entries: (NewEntry & { id: string })[];
  /** What must be mended before anything is written. */
  problems: LineRemark[];
  warnings: LineRemark[];
}

export interface CheckAgainst {
  /** States of the entries that have ids of the file. */
  states: ReadonlyMap<string, string>;
  variables: Record<string, string>;
  /** YYYY-MM-DD: what has no beginning begins then. */
  today: string;
  locale: Locale;
}

const ACTIONS = new Set([
  ...['handoff', 'menu:main', 'ticket-status'],
  ...[...customerForms.keys()].map((name) => `form:${name}`),
]);
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());
/** What may be left out, and is then empty. */
const text = (max: number) => z.string().trim().max(max).default('');

/** A line: what eval's files have, and what an exported entry has beside it. Other fields are passed over. */
const line = draft
  .extend({
    id: entryId,
    language: optional(newEntry.shape.language),
    questions: draft.shape.questions.default([]),
    ...{ sms: text(500), catalogue: text(80), department: text(40) },
    validFrom: optional(draft.shape.validFrom),
    validTo: optional(draft.shape.validFrom),
    action: optional(z.string().max(40)),
  })
  .strip();

/** What a file comes to, and what is wrong with it line by line; nothing is written here. */
export function checkFile({ entries, nameOf }: EntryFile, against: CheckAgainst): CheckedFile {
  const checked: CheckedFile = { entries: [], problems: [], warnings: [] };
  const seen = new Map<string, number>();
  const remark = (at: number, { path, problem, vars }: FieldProblem): LineRemark => {
    const text = say(against.locale, problem, vars);
    const [field = ''] = path.split('.');
    const whole = field
      ? say(against.locale, 'field.entry_at', { field: nameOf(field), problem: text })
      : text;
    return { line: at, code: problem.replace('field.', ''), text: whole };
  };
  for (const each of entries) {
    const { entry, problems } = read(each, against);
    if (entry) {
      const before = seen.get(entry.id);
      if (before) problems.push(idProblem('field.entry_twice', { id: entry.id, line: before }));
      else seen.set(entry.id, each.line);
      checked.entries.push(entry);
      checked.warnings.push(...lacking(entry).map((problem) => remark(each.line, problem)));
    }
    checked.problems.push(...problems.map((problem) => remark(each.line, problem)));
  }
  if (entries.length === 0)
    checked.problems.push({ code: 'entry_nothing', text: say(against.locale, 'field.entry_nothing') });
  return checked;
}

const idProblem = (problem: FieldProblem['problem'], vars: FieldProblem['vars'] = {}): FieldProblem => {
  return { path: 'id', problem, vars };
};

function read({ value }: FileEntry, { states, variables, today }: CheckAgainst) {
  if (!value) return { problems: [{ path: '', problem: 'field.entry_line' }] satisfies FieldProblem[] };
  const path = unstorable(value);
  if (path !== undefined)
    return { problems: [{ path, problem: 'field.unstorable' }] satisfies FieldProblem[] };
  const parsed = line.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const told = parsed.error.issues.map(problemOf);
    return { problems: told.map((each) => (isWrongId(each) ? idProblem('field.entry_id') : each)) };
  }
  const { language, validFrom = today, validTo = null, action = null, ...rest } = parsed.data;
  const { id, title, questions, body } = rest;
  const text = [title, ...questions, body].join('\n');
  const entry = { ...rest, language: language ?? languageOf(text), validFrom, validTo, action };
  const problems: FieldProblem[] = [];
  const state = states.get(id);
  if (state !== undefined && state !== 'withdrawn') problems.push(idProblem('field.entry_taken', { id }));
  if (validTo !== null && validTo < validFrom)
    problems.push({ path: 'validTo', problem: 'field.entry_ends' });
  if (action !== null && !ACTIONS.has(action))
    problems.push({ path: 'action', problem: 'field.entry_action', vars: { action } });
  const names = unknownVariables([text, rest.sms], variables);
  if (names.length > 0)
    problems.push({ path: '', problem: 'field.entry_variables', vars: { names: names.join(', ') } });
  return { entry, problems };
}

const isWrongId = ({ path, problem }: FieldProblem) => path === 'id' && problem === 'field.format';

function unknownVariables(texts: string[], variables: Record<string, string>): string[] {
  try {
    checkWording(texts, variables);
    return [];
  } catch (error) {
    if (error instanceof WordingError) return error.names;
    throw error;
  }
}

/** What an entry can do without, and should have. */
function lacking({ questions, catalogue, department }: NewEntry): FieldProblem[] {
  return [
    ...(questions.length === 0 ? [{ path: '', problem: 'field.entry_no_questions' } as const] : []),
    ...(catalogue && department ? [] : [{ path: '', problem: 'field.entry_no_place' } as const]),
  ];
}
