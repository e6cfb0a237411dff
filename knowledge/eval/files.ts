import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Entry, languageOf, parseSynonyms, type Synonyms } from '../retrieval/index.ts';

/** A question with the entries that answer it; `gold` empty: nothing in the knowledge does. */
export type Question = { text: string; gold: string[]; kind: string };

const entryLine = z.object({
  id: z.string().min(1),
  language: z.enum(['zh', 'en']).optional(),
  title: z.string().default(''),
  questions: z.array(z.string()).default([]),
  body: z.string().default(''),
});

const questionLine = z.object({
  text: z.string(),
  gold: z.array(z.string()),
  kind: z.string().default('in'),
});

/** A file that can't be used; the message names file and line. */
export class FileError extends Error {
  readonly code = 'eval_file_invalid';
}

function parseLine<T>(schema: z.ZodType<T>, line: string, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new FileError(`${where}: not a line of JSON`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new FileError(`${where}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'invalid'}`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new FileError(`${path}: cannot be read`);
  }
}

/** A line's value, and where it stands: `file:line`. */
type Line<T> = { value: T; where: string };

function readLines<T>(path: string, schema: z.ZodType<T>): Line<T>[] {
  const lines = readText(path)
    .split('\n')
    .map((line, i) => ({ line: line.trim(), where: `${path}:${i + 1}` }));
  const values = lines
    .filter(({ line }) => line !== '')
    .map(({ line, where }) => ({ value: parseLine(schema, line, where), where }));
  if (values.length === 0) throw new FileError(`${path}: empty`);
  return values;
}

/**
 * Knowledge: `{"id","title","questions":[…],"body"}` a line; the language is read off the text if not given. An id that
 * stands twice would take the first one's entry away, unseen. @throws FileError
 */
export function readKnowledge(path: string): Entry[] {
  const seen = new Map<string, string>();
  return readLines(path, entryLine).map(({ value: entry, where }) => {
    const before = seen.get(entry.id);
    if (before) throw new FileError(`${where}: the id "${entry.id}" stands at ${before} already`);
    seen.set(entry.id, where);
    const text = [entry.title, ...entry.questions, entry.body].join('\n');
    return { ...entry, language: entry.language ?? languageOf(text) };
  });
}

/**
 * Questions: `{"text","gold":[ids],"kind"}` a line. With the entries that they are asked of, a gold that is none of them is
 * refused: it could only ever count as answered wrongly. @throws FileError
 */
export function readQuestions(path: string, entries?: readonly Pick<Entry, 'id'>[]): Question[] {
  const known = entries && new Set(entries.map(({ id }) => id));
  return readLines(path, questionLine).map(({ value: question, where }) => {
    const unknown = known && question.gold.find((id) => !known.has(id));
    if (unknown !== undefined)
      throw new FileError(`${where}: gold "${unknown}" is no entry of the knowledge`);
    return question;
  });
}

/** Synonyms: a group a line, its words separated by commas. */
export function readSynonyms(path: string): Synonyms {
  return parseSynonyms(readText(path));
}
