import type { Entry } from '../api/types.ts';
import { diff, type Piece } from './diff.ts';

/** What an editor 采编 may change of an entry. */
export type Draft = Pick<Entry, 'title' | 'questions' | 'body' | 'sms' | 'validFrom' | 'validTo'>;
export type Field = keyof Draft;
export const FIELDS = ['title', 'questions', 'body', 'sms', 'validFrom', 'validTo'] as const;

export function draftOf({ title, questions, body, sms, validFrom, validTo }: Draft): Draft {
  return { title, questions, body, sms, validFrom, validTo };
}

/** The draft as it is published: without blanks at the ends, empty and doubled questions. */
export function tidy(draft: Draft): Draft {
  const questions = [...new Set(draft.questions.map((each) => each.trim()).filter(Boolean))];
  return { ...draft, questions, title: draft.title.trim(), body: draft.body.trim(), sms: draft.sms.trim() };
}

export interface Change {
  field: Field;
  pieces: Piece[];
}

/** What `after` changes of `before`, field by field. */
export function changes(before: Draft, after: Draft): Change[] {
  return FIELDS.flatMap((field) => {
    const [was, is] = [textOf(before, field), textOf(after, field)];
    return was === is ? [] : [{ field, pieces: diff(was, is) }];
  });
}

function textOf(draft: Draft, field: Field): string {
  const value = draft[field];
  return Array.isArray(value) ? value.join('\n') : (value ?? '');
}

/** 有效期: how an entry stands on `today` (YYYY-MM-DD); its last day counts. */
export function validityOf(
  { validFrom, validTo }: Pick<Draft, 'validFrom' | 'validTo'>,
  today: string,
): 'valid' | 'expired' | 'future' {
  if (validTo !== null && validTo < today) return 'expired';
  return validFrom > today ? 'future' : 'valid';
}

/** Names of wording variables, `{hotline}`, each once. */
export function variablesIn(...texts: string[]): string[] {
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\{[a-z][a-zA-Z0-9_]*\}/g)].map(([name]) => name))),
  ];
}
