import { z } from 'zod';
import { ModelError, readEntries } from '../../knowledge/index.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { calendarDays } from '../policy/hours.ts';
import type { EditingParts } from './parts.ts';
import { draft } from './views.ts';

/** An editor waits longer than a customer, and less long than a browser. */
const PATIENCE_MS = 15_000;

const suggestion = z.strictObject({
  text: z.string(),
  known: z.boolean().describe('it repeats a question that the entry has'),
  other: z
    .strictObject({ id: z.string(), title: z.string() })
    .nullable()
    .describe('the entry that answers it today'),
});

/** Similar questions 相似问 written by the model, for the draft as it stands: nothing is stored, the editor takes or leaves each. */
export function suggestRoute({ db, policy, knowledge }: EditingParts): Route {
  const dayIn = calendarDays();
  return route({
    method: 'POST',
    path: '/api/v1/entries/:id/suggested-questions',
    action: 'entry.edit',
    summary:
      'Similar questions that a language model suggests for a draft; configured is false without a model',
    params: z.strictObject({ id: z.string().min(1).max(40) }),
    body: draft.pick({ title: true, questions: true, body: true }),
    response: z.strictObject({ configured: z.boolean(), suggestions: z.array(suggestion) }),
    async handler({ params, body, now }) {
      const [entry] = await readEntries(db, [params.id]);
      if (!entry) throw new AppError('not_found');
      const today = dayIn(now, policy().policy.centre.timeZone);
      const asked = { ...body, id: entry.id, language: entry.language };
      const suggestions = await knowledge
        .suggest(asked, { today }, AbortSignal.timeout(PATIENCE_MS))
        .catch((error) => {
          if (error instanceof ModelError)
            throw new AppError('unavailable', error.message, {}, { cause: error });
          throw error;
        });
      return { configured: suggestions !== undefined, suggestions: suggestions ?? [] };
    },
  });
}
