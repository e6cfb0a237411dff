import { z } from 'zod';

/** The calendar of the database begins with the year 1. */
const day = z.iso.date().refine((text) => text >= '0001-01-01', {
  params: { problem: 'field.date' },
});

/** What an editor writes of an entry. */
export const draft = z.strictObject({
  title: z.string().trim().min(2).max(80),
  questions: z.array(z.string().trim().min(1).max(200)).max(100),
  body: z.string().trim().min(1).max(8000),
  sms: z.string().trim().min(1).max(500),
  validFrom: day,
  validTo: day.nullable(),
});

const ID = /^(?!(?:export|new)$)[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/;

/** Short, and safe in addresses, files and the audit record; `export` and `new` are addresses of their own. */
export const entryId = z.string().trim().regex(ID);

/** A new entry: its wording, and where it belongs (RULEBOOK §3.2, §3.4). */
export const newEntry = draft.extend({
  id: entryId.optional(),
  language: z.enum(['zh', 'en']),
  catalogue: z.string().trim().min(1).max(80),
  department: z.string().trim().min(1).max(40),
});

/** An entry as the console shows it. */
export const entry = draft.extend({
  id: z.string(),
  language: z.enum(['zh', 'en']),
  catalogue: z.string(),
  department: z.string(),
  action: z.string().nullable(),
  state: z.enum(['draft', 'published', 'withdrawn']),
  revision: z.int(),
  updatedAt: z.number(),
  // A stored entry may be longer than what the form takes today.
  title: z.string(),
  questions: z.array(z.string()),
  body: z.string(),
  sms: z.string(),
});

export const revision = z.strictObject({
  number: z.int(),
  title: z.string(),
  questions: z.array(z.string()),
  body: z.string(),
  sms: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  state: z.enum(['published', 'withdrawn']),
  author: z.string().nullable(),
  note: z.string(),
  createdAt: z.number(),
});

export const unanswered = z.strictObject({
  id: z.uuid(),
  conversationId: z.uuid(),
  text: z.string(),
  language: z.string(),
  score: z.number(),
  nearestEntryId: z.string().nullable(),
  createdAt: z.number(),
});
