import { z } from 'zod';
import { AppError } from '../errors.ts';

/** A place in a list that is ordered by a moment and an id. */
export interface Cursor {
  at: Date;
  id: string;
}

const uuid = z.uuid();

/** The opaque form in which a place travels to the next request. */
export function writeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.getTime()} ${id}`).toString('base64url');
}

/** @throws invalid_input for what isn't a cursor */
export function readCursor(cursor: string): Cursor {
  const [, at, id] = /^(\d{1,15}) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!at || !uuid.safeParse(id).success || !id)
    throw new AppError('invalid_input', 'not a cursor', { field: 'cursor' });
  return { at: new Date(Number(at)), id };
}
