import { z } from 'zod';
import {
  addSynonyms,
  changeSynonyms,
  faultOf,
  listSynonyms,
  type SynonymFault,
  type SynonymsResult,
} from '../../knowledge/index.ts';
import type { Unit } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import type { FieldProblem } from '../http/problems.ts';
import { type Route, route } from '../http/route.ts';
import { calendarDays } from '../policy/hours.ts';
import type { EditingParts } from './parts.ts';
import { namesOf } from './reads.ts';

const MOST_GROUPS = 2_000;
/** Entries shown for a word. */
const FOUND = 3;

const words = z.array(z.string().trim().min(1).max(30)).min(2).max(20);
const revision = z.int32().min(0);
const params = z.strictObject({ id: z.uuid() });

/** A group of synonyms 同义词 as the console shows it. */
const group = z.strictObject({
  id: z.uuid(),
  words: z.array(z.string()),
  revision: z.int(),
  author: z.string().nullable(),
  updatedAt: z.number(),
});

/** Synonyms that editors 采编 keep: questions are read with them from the next one on, in every process. */
export function synonymRoutes(parts: EditingParts): Route[] {
  const { audit, pipeline } = parts;
  const done = async (unit: Unit, result: SynonymsResult, by: { id: string; name: string }, what: string) => {
    if (!result.ok) throw new AppError(result.reason, undefined, { revision: result.revision });
    const { authorId: _, ...kept } = result.group;
    await audit(unit, {
      ...{ actor: { kind: 'person', id: by.id }, action: `synonym.${what}` },
      ...{ object: 'synonym', objectId: kept.id, details: { revision: kept.revision } },
    });
    unit.afterCommit(() => pipeline.publish([], result.events));
    return { ...kept, author: by.name };
  };
  return [
    listRoute(parts),
    foundRoute(parts),
    route({
      ...{ method: 'POST', path: '/api/v1/synonyms', action: 'synonym.edit' },
      ...{ summary: 'Keep a new group of synonyms', body: z.strictObject({ words }), response: group },
      ...{ status: 201, once: true },
      async handler({ unit, person, body, now }) {
        const others = await listSynonyms(unit);
        if (others.length >= MOST_GROUPS)
          throw refusal({ problem: 'field.synonym_most', vars: { max: MOST_GROUPS } });
        assertGroup(body.words, others);
        return done(unit, await addSynonyms(unit, { ...body, authorId: person.id, now }), person, 'add');
      },
    }),
    route({
      ...{ method: 'PUT', path: '/api/v1/synonyms/:id', action: 'synonym.edit', params },
      summary:
        'Write a group anew, also one that was removed; version_changed if somebody did since `revision`',
      ...{ body: z.strictObject({ words, revision }), response: group, once: true },
      async handler({ unit, person, params: { id }, body, now }) {
        assertGroup(
          body.words,
          (await listSynonyms(unit)).filter((other) => other.id !== id),
        );
        const change = { words: body.words, expected: body.revision, authorId: person.id, now };
        return done(unit, await changeSynonyms(unit, id, change), person, 'change');
      },
    }),
    route({
      ...{ method: 'DELETE', path: '/api/v1/synonyms/:id', action: 'synonym.edit', params },
      summary: 'Remove a group; writing it again with the revision in the answer brings it back',
      ...{ body: z.strictObject({ revision }), response: group, once: true },
      async handler({ unit, person, params: { id }, body, now }) {
        const change = { words: null, expected: body.revision, authorId: person.id, now };
        return done(unit, await changeSynonyms(unit, id, change), person, 'remove');
      },
    }),
  ];
}

function listRoute({ db }: EditingParts): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/synonyms', action: 'synonym.read' },
    ...{
      summary: 'All groups of synonyms, oldest first',
      response: z.strictObject({ groups: z.array(group) }),
    },
    async handler() {
      const groups = await listSynonyms(db);
      const names = await namesOf(
        db,
        groups.map(({ authorId }) => authorId),
      );
      return {
        groups: groups.map(({ authorId, ...kept }) => ({ ...kept, author: names.get(authorId) ?? null })),
      };
    },
  });
}

function foundRoute({ db, knowledge, policy }: EditingParts): Route {
  const dayIn = calendarDays();
  const hit = z.strictObject({ id: z.string(), title: z.string() });
  return route({
    ...{ method: 'GET', path: '/api/v1/synonyms/:id/found', action: 'synonym.read', params },
    summary: 'The entries that each word of a group finds now, best first',
    response: z.strictObject({ words: z.array(z.strictObject({ word: z.string(), entries: z.array(hit) })) }),
    async handler({ params: { id }, now }) {
      const asked = (await listSynonyms(db)).find((one) => one.id === id);
      if (!asked) throw new AppError('not_found');
      const today = dayIn(now, policy().policy.centre.timeZone);
      const find = async (word: string) => {
        const hits = await knowledge.search(word, { today, limit: FOUND });
        return { word, entries: hits.map(({ entry }) => ({ id: entry.id, title: entry.title })) };
      };
      return { words: await Promise.all(asked.words.map(find)) };
    },
  });
}

const PROBLEMS = {
  repeated: 'field.synonym_repeated',
  elsewhere: 'field.synonym_elsewhere',
  too_short: 'field.synonym_too_short',
} as const satisfies Record<SynonymFault['problem'], FieldProblem['problem']>;

function assertGroup(asked: string[], others: readonly { words: string[] }[]): void {
  const fault = faultOf(
    asked,
    others.map((other) => other.words),
  );
  if (fault)
    throw refusal({ problem: PROBLEMS[fault.problem], vars: { word: fault.word } }, `words.${fault.at}`);
}

const refusal = (problem: Omit<FieldProblem, 'path'>, path = 'words'): AppError =>
  new AppError('invalid_input', undefined, { where: 'body', fields: [{ path, ...problem }] });
