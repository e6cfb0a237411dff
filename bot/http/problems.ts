import type { z } from 'zod';
import { isTextKey, type Locale, say, type TextKey, type Vars } from '../i18n/index.ts';

/** What is wrong with one field: its path (`words.1`), and the text that says so to a person. */
export interface FieldProblem {
  path: string;
  problem: TextKey;
  vars?: Vars;
}

type Said = Omit<FieldProblem, 'path'>;

/** A parser's complaint in our own words. `issue.input` must be there: parse with `reportInput`. */
export function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  return { path: issue.path.join('.'), ...said(issue) };
}

function said(issue: z.core.$ZodIssue): Said {
  if (issue.code === 'too_small') return tooSmall(issue.origin, Number(issue.minimum));
  if (issue.code === 'too_big') return tooBig(issue.origin, Number(issue.maximum));
  if (issue.code === 'invalid_value')
    return { problem: issue.input === undefined ? 'field.required' : 'field.choice' };
  if (issue.code === 'invalid_format')
    return { problem: issue.format === 'date' ? 'field.date' : 'field.format' };
  if (issue.code === 'custom') return { problem: ownProblem(issue.params) };
  if (issue.code !== 'invalid_type') return { problem: 'field.wrong' };
  if (issue.input === undefined) return { problem: 'field.required' };
  return { problem: ['number', 'int'].includes(issue.expected) ? 'field.number' : 'field.kind' };
}

/** A rule of ours names its text: `.refine(…, { params: { problem: 'field.date' } })`. */
function ownProblem(params: Record<string, unknown> | undefined): TextKey {
  const named = params?.problem;
  return typeof named === 'string' && isTextKey(named) ? named : 'field.wrong';
}

function tooSmall(of: string, min: number): Said {
  if (of === 'string')
    return min <= 1 ? { problem: 'field.required' } : { problem: 'field.text_short', vars: { min } };
  return of === 'array' ? { problem: 'field.few', vars: { min } } : { problem: 'field.small', vars: { min } };
}

function tooBig(of: string, max: number): Said {
  if (of === 'string') return { problem: 'field.text_long', vars: { max } };
  return of === 'array' ? { problem: 'field.many', vars: { max } } : { problem: 'field.big', vars: { max } };
}

/** The details of an error with the problems of its fields in the caller's language. */
export function withWords(
  details: Readonly<Record<string, unknown>>,
  locale: Locale,
): Record<string, unknown> {
  const { fields } = details;
  if (!Array.isArray(fields)) return { ...details };
  const told = fields.map((field: unknown) => {
    const { path, problem, vars } = (field ?? {}) as Partial<FieldProblem>;
    return problem && isTextKey(problem) ? { path, problem: say(locale, problem, vars) } : field;
  });
  return { ...details, fields: told };
}
