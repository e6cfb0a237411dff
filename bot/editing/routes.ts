import { z } from 'zod';
import { findEntries, readEntries } from '../../knowledge/index.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { fileRoutes } from './file-routes.ts';
import type { EditingParts } from './parts.ts';
import { readRevisions, readUnanswered } from './reads.ts';
import { suggestRoute } from './suggest.ts';
import { synonymRoutes } from './synonyms.ts';
import { entry, revision, unanswered } from './views.ts';
import { writeRoutes } from './write-routes.ts';

const id = z.strictObject({ id: z.string().min(1).max(40) });
const limit = z.coerce.number().int().min(1).max(200).default(50);
const search = z.strictObject({
  text: z.string().trim().max(100).optional(),
  after: z.string().max(40).optional(),
  limit,
});
const page = z.strictObject({ after: z.uuid().optional(), limit });

/** Knowledge editors 采编: finding entries, writing them, what nobody could answer. */
export function editingRoutes(parts: EditingParts): Route[] {
  const { db } = parts;
  return [
    // Before the route that would take `export` for an id.
    ...fileRoutes(parts),
    route({
      method: 'GET',
      path: '/api/v1/entries',
      action: 'entry.read',
      summary: 'Entries whose id, title, wording or place in the catalogue contains a text',
      query: search,
      // `now` tells the console which entries are valid today.
      response: z.strictObject({ now: z.number(), entries: z.array(entry), next: z.string().nullable() }),
      async handler({ query, now }) {
        const entries = await findEntries(db, query);
        return { now, entries, next: entries.length === query.limit ? (entries.at(-1)?.id ?? null) : null };
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/entries/:id',
      action: 'entry.read',
      summary: 'An entry with every wording it ever had, newest first',
      params: id,
      response: z.strictObject({ entry, revisions: z.array(revision) }),
      async handler({ params }) {
        const [found] = await readEntries(db, [params.id]);
        if (!found) throw new AppError('not_found');
        return { entry: found, revisions: await readRevisions(db, params.id) };
      },
    }),
    ...writeRoutes(parts),
    suggestRoute(parts),
    ...synonymRoutes(parts),
    route({
      method: 'GET',
      path: '/api/v1/unanswered',
      action: 'unanswered.read',
      summary: 'Questions that the knowledge could not answer, newest first',
      query: page,
      response: z.strictObject({ questions: z.array(unanswered), next: z.uuid().nullable() }),
      async handler({ query }) {
        const questions = await readUnanswered(db, query);
        return { questions, next: questions.length === query.limit ? (questions.at(-1)?.id ?? null) : null };
      },
    }),
  ];
}
