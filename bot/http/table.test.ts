import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Action } from '../people/permissions.ts';
import { type Route, route } from './route.ts';
import { checkTable } from './table.ts';

const fine = {
  method: 'GET',
  path: '/api/v1/things',
  action: 'ticket.read',
  summary: 'Things',
  response: z.strictObject({}),
  handler: () => ({}),
} as const;
const id = z.strictObject({ id: z.string() });

test('a table whose routes are all guarded is served', () => {
  expect(() => checkTable([route(fine), route({ ...fine, method: 'POST', body: id })])).not.toThrow();
});

test.each<[string, Route[], RegExp]>([
  [
    'has no row in the permission table',
    [route({ ...fine, action: 'thing.read' as Action })],
    /no row.*thing\.read/,
  ],
  ['has no action at all', [{ ...route(fine), action: undefined } as unknown as Route], /no row.*undefined/],
  ['is named like a part of every object', [route({ ...fine, action: 'toString' as Action })], /no row/],
  ['is there twice', [route(fine), route(fine)], /two routes for GET/],
  ['takes unknown fields', [route({ ...fine, body: z.object({ a: z.string() }) })], /body must be a strict/],
  [
    'takes any query',
    [route({ ...fine, query: z.record(z.string(), z.string()) })],
    /query must be a strict/,
  ],
  ['does not parse its params', [route({ ...fine, path: '/api/v1/things/:id' })], /params have no schema/],
  ['reads once', [route({ ...fine, once: true })], /can be once/],
  [
    'lets anybody write once',
    [route({ ...fine, method: 'POST', action: 'public', once: true })],
    /can be once/,
  ],
])('a route that %s is refused at start', (_what, routes, sentence) => {
  expect(() => checkTable(routes)).toThrow(sentence);
});

test('a body of two strict shapes is strict', () => {
  const either = z.union([id, z.strictObject({ name: z.string() })]);
  expect(() => checkTable([route({ ...fine, body: either })])).not.toThrow();
  const loose = z.union([id, z.looseObject({})]);
  expect(() => checkTable([route({ ...fine, body: loose })])).toThrow(/strict/);
});
