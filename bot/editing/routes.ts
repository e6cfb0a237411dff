import { z } from 'zod';
import { checkWording, findEntries, publish, readEntries, WordingError } from '../../knowledge/index.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import type { EditingParts } from './parts.ts';
import { readRevisions, readUnanswered } from './reads.ts';
import { suggestRoute } from './suggest.ts';
import { synonymRoutes } from './synonyms.ts';
import { draft, entry, revision, unanswered } from './views.ts';

const id = z.strictObject({ id: z.string().min(1).max(40) });
const limit = z.coerce.number().int().min(1).max(200).default(50);
const search = z.strictObject({
  text: z.string().trim().max(100).optional(),
  after: z.string().max(40).optional(),
  limit,
});
const page = z.strictObject({ after: z.uuid().optional(), limit });

/** Knowledge editors 采编: finding entries, changing their wording, what nobody could answer. */
export function editingRoutes(parts: EditingParts): Route[] {
  const { db } = parts;
  return [
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
    publishRoute(parts),
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

function publishRoute({ audit, pipeline, policy }: EditingParts): Route {
  return route({
    method: 'PUT',
    path: '/api/v1/entries/:id',
    action: 'entry.publish',
    summary: 'Publish a new wording; version_changed if somebody published since the revision named',
    params: id,
    body: draft.extend({ revision: z.int32().min(0), note: z.string().trim().max(200).default('') }),
    response: entry,
    once: true,
    async handler({ unit, person, params, body, now }) {
      const { revision: expected, note, ...wording } = body;
      assertWording(wording, policy().policy.wording);
      const result = await publish(
        unit,
        params.id,
        { draft: wording, expected, authorId: person.id, note },
        now,
      );
      if (!result.ok) throw new AppError(result.reason, undefined, { revision: result.revision });
      await audit(unit, {
        actor: { kind: 'person', id: person.id },
        action: 'entry.publish',
        object: 'entry',
        objectId: params.id,
        details: { revision: result.entry.revision },
      });
      unit.afterCommit(() => pipeline.publish([], result.events));
      return result.entry;
    },
  });
}

/** Wording that customers could not be shown is refused before it is published. */
function assertWording(wording: z.output<typeof draft>, variables: Record<string, string>): void {
  const { validFrom, validTo, title, body, sms, questions } = wording;
  if (validTo !== null && validTo < validFrom)
    throw new AppError('invalid_input', 'ends before it begins', { field: 'validTo' });
  try {
    checkWording([title, body, sms, ...questions], variables);
  } catch (error) {
    if (!(error instanceof WordingError)) throw error;
    throw new AppError('invalid_input', error.message, { field: 'body', unknownVariables: error.names });
  }
}
