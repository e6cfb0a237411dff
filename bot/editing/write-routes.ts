import { z } from 'zod';
import {
  addEntry,
  type PublishResult,
  publish,
  type StoredEntry,
  setStanding,
} from '../../knowledge/index.ts';
import type { Unit } from '../../prisma/client.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { type Route, route, type SignedInPerson } from '../http/route.ts';
import type { EditingParts } from './parts.ts';
import { draft, entry, newEntry } from './views.ts';
import { assertWording } from './wording.ts';

type Result = (PublishResult & { ok: true }) | { ok: false; reason: ErrorCode; revision?: number };
type Done = (unit: Unit, result: Result, person: SignedInPerson) => Promise<StoredEntry>;

const params = z.strictObject({ id: z.string().min(1).max(40) });
const revision = z.int32().min(0);
const note = z.string().trim().max(200).default('');

/** New wordings 发布, new entries, and withdrawing and restoring them 停用, 恢复: each on record, heard by all processes. */
export function writeRoutes(parts: EditingParts): Route[] {
  return [publishing(parts), adding(parts), standing(parts, 'withdraw'), standing(parts, 'restore')];
}

/** What became of a change: refused, or audited and told to all. */
function doneAs({ audit, pipeline }: EditingParts, action: `entry.${string}`): Done {
  return async (unit, result, person) => {
    if (!result.ok) throw new AppError(result.reason, undefined, { revision: result.revision });
    await audit(unit, {
      ...{ actor: { kind: 'person', id: person.id }, action, object: 'entry', objectId: result.entry.id },
      details: { revision: result.entry.revision },
    });
    unit.afterCommit(() => pipeline.publish([], result.events));
    return result.entry;
  };
}

function publishing(parts: EditingParts): Route {
  const done = doneAs(parts, 'entry.publish');
  return route({
    ...{ method: 'PUT', path: '/api/v1/entries/:id', action: 'entry.publish', params },
    summary: 'Publish a new wording; version_changed if somebody published since the revision named',
    ...{ body: draft.extend({ revision, note }), response: entry, once: true },
    async handler({ unit, person, params: { id }, body, now }) {
      const { revision: expected, note, ...wording } = body;
      assertWording(wording, parts.policy().policy.wording);
      const change = { draft: wording, expected, authorId: person.id, note };
      return done(unit, await publish(unit, id, change, now), person);
    },
  });
}

function adding(parts: EditingParts): Route {
  const done = doneAs(parts, 'entry.add');
  return route({
    ...{ method: 'POST', path: '/api/v1/entries', action: 'entry.add' },
    summary:
      'Publish a new entry; without an id it gets the next of its language, conflict if its id is taken',
    ...{ body: newEntry.extend({ note }), response: entry, status: 201, once: true },
    async handler({ unit, person, body, now }) {
      const { id, language, catalogue, department, note, ...wording } = body;
      assertWording(wording, parts.policy().policy.wording);
      const added = { id, language, catalogue, department, action: null, ...wording };
      return done(unit, await addEntry(unit, added, { authorId: person.id, note }, now), person);
    },
  });
}

function standing(parts: EditingParts, act: 'withdraw' | 'restore'): Route {
  const done = doneAs(parts, `entry.${act}`);
  const state = act === 'withdraw' ? 'withdrawn' : 'published';
  return route({
    ...{ method: 'POST', path: `/api/v1/entries/:id/${act}`, action: 'entry.withdraw', params },
    summary:
      act === 'withdraw'
        ? 'Withdraw an entry: nobody is answered with it any more; it keeps its wording and its revisions'
        : 'Answer with a withdrawn entry again, as it was worded',
    ...{ body: z.strictObject({ revision, note }), response: entry, once: true },
    async handler({ unit, person, params: { id }, body, now }) {
      const change = { state, expected: body.revision, authorId: person.id, note: body.note } as const;
      return done(unit, await setStanding(unit, id, change, now), person);
    },
  });
}
