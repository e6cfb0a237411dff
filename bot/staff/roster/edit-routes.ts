import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { type Route, route } from '../../http/route.ts';
import type { Audit } from '../../people/audit.ts';
import { calendarDate, slug } from '../../policy/values.ts';
import type { Post } from '../post.ts';
import { datesOf } from './dates.ts';
import { type EditResult, editRoster } from './edit.ts';
import { undoEdit } from './edits.ts';
import { rotationCells } from './plan.ts';
import { checkWindow, type RosterReadParts } from './read-routes.ts';

export interface RosterEditParts extends RosterReadParts {
  readonly audit: Audit;
  post(): Post;
}

const MOST_CELLS = 20_000;
const versions = z.record(z.uuid(), z.int().min(0));
const cell = z.strictObject({
  personId: z.uuid(),
  date: calendarDate,
  /** All shifts of that day, by name; none is a day off. */
  shifts: z.array(z.string().trim().min(1).max(20)).max(4),
});
const remark = z.strictObject({
  code: z.string(),
  text: z.string(),
  personId: z.uuid().optional(),
  date: z.string().optional(),
});
export const editResult = z.strictObject({
  saved: z.boolean(),
  /** To take it back; null where nothing was changed. */
  editId: z.uuid().nullable(),
  planned: z.number(),
  cancelled: z.number(),
  /** What must be mended first. */
  problems: z.array(remark),
  /** What may be passed over with `confirmed`. */
  warnings: z.array(remark),
});
const MOST_REMARKS = 200;

/** What is said of a long list is its beginning. */
export const shortened = (result: EditResult): z.input<typeof editResult> => ({
  ...result,
  problems: result.problems.slice(0, MOST_REMARKS).map((each) => ({ ...each })),
  warnings: result.warnings.slice(0, MOST_REMARKS).map((each) => ({ ...each })),
});

export function rosterEditRoutes(parts: RosterEditParts): Route[] {
  return [edit(parts), rotation(parts), undo(parts)];
}

const partsOf = ({ audit, post }: RosterEditParts) => ({ audit, ...post() });

function edit(parts: RosterEditParts): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/roster/edits', action: 'roster.edit', once: true },
    summary: 'Assign, clear, change or move shifts, cell by cell; all or nothing',
    body: z.strictObject({
      cells: z.array(cell).min(1).max(MOST_CELLS),
      seen: versions,
      confirmed: z.boolean().default(false),
    }),
    response: editResult,
    async handler({ unit, person: editor, body, locale, now }) {
      const wish = { ...body, kind: 'edit' as const, dry: false };
      const { policy } = parts.policy();
      return shortened(await editRoster(unit, partsOf(parts), wish, { editor, policy, locale, now }));
    },
  });
}

function rotation(parts: RosterEditParts): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/roster/rotations', action: 'roster.edit', once: true },
    summary: 'Plan people from a rotation for some days; with `dry` only what that would change',
    body: z.strictObject({
      ...{ rotation: slug, from: calendarDate, to: calendarDate },
      /** Where each stands in the cycle (from 0) on the first day. */
      people: z
        .array(z.strictObject({ personId: z.uuid(), place: z.int().min(0).max(59) }))
        .min(1)
        .max(500),
      ...{ confirmed: z.boolean().default(false), dry: z.boolean().default(false) },
    }),
    response: editResult,
    async handler({ unit, person: editor, body, locale, now }) {
      const { policy } = parts.policy();
      const found = policy.roster.rotations.find(({ id }) => id === body.rotation);
      if (!found) throw new AppError('not_found');
      const dates = datesOf(checkWindow(body));
      const cells = rotationCells(found, policy.roster.shifts, { people: body.people, dates });
      const { confirmed, dry } = body;
      const wish = { cells, kind: 'rotation' as const, confirmed, dry };
      return shortened(await editRoster(unit, partsOf(parts), wish, { editor, policy, locale, now }));
    },
  });
}

function undo(parts: RosterEditParts): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/roster/edits/:id/undo', action: 'roster.edit', once: true },
    summary: 'Take a change back; gone if that was done already, conflict if something was built upon it',
    params: z.strictObject({ id: z.uuid() }),
    response: z.strictObject({ editId: z.uuid() }),
    async handler({ unit, person: editor, params: { id }, locale, now }) {
      const { policy } = parts.policy();
      return { editId: await undoEdit(unit, partsOf(parts), id, { editor, policy, locale, now }) };
    },
  });
}
