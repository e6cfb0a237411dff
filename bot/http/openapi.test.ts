import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeApi } from './openapi.ts';
import { rawRoute, route, streamRoute } from './route.ts';

const ticket = z.strictObject({ number: z.string(), owner: z.string().nullable() }).meta({ id: 'Ticket' });
const routes = [
  route({
    ...{ method: 'GET', path: '/api/v1/tickets/:number', action: 'ticket.read', summary: 'One ticket' },
    params: z.strictObject({ number: z.string() }),
    query: z.strictObject({ steps: z.coerce.number().int().default(10) }),
    ...{ response: ticket, handler: () => ({ number: '1', owner: null }) },
  }),
  route({
    ...{
      method: 'POST',
      path: '/api/v1/tickets',
      action: 'ticket.create',
      summary: 'New ticket',
      once: true,
    },
    body: z.strictObject({ text: z.string() }),
    response: z.strictObject({ ticket }),
    ...{ status: 201, handler: () => ({ ticket: { number: '1', owner: null } }) },
  }),
  streamRoute({
    ...{ method: 'GET', path: '/api/v1/live', action: 'live.read', summary: 'Live' },
    ...{ event: ticket, handler: () => {} },
  }),
  rawRoute({
    ...{ method: 'PUT', path: '/api/v1/photo', action: 'file.upload', summary: 'Photo' },
    ...{ accepts: 'image/png', returns: 'text/plain', handler: async () => {} },
  }),
];
const document = describeApi(routes, '1.2.3');
const at = (path: string, method: string) => document.paths[path]?.[method] as Record<string, unknown>;

test('says what goes in: path, query with its default, body, and the two headers of a write', () => {
  expect(at('/api/v1/tickets/{number}', 'get').parameters).toEqual([
    { name: 'number', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'steps', in: 'query', required: false, schema: expect.objectContaining({ default: 10 }) },
  ]);
  const write = at('/api/v1/tickets', 'post');
  expect(write.parameters).toMatchObject([{ name: 'x-csrf-token' }, { name: 'x-client-id' }]);
  expect(write.requestBody).toMatchObject({
    content: { 'application/json': { schema: { required: ['text'], additionalProperties: false } } },
  });
  expect(at('/api/v1/photo', 'put').requestBody).toMatchObject({ content: { 'image/png': {} } });
});

test('says what comes out, naming shared shapes once', () => {
  const ref = { $ref: '#/components/schemas/Ticket' };
  const json = (schema: object) => ({ content: { 'application/json': { schema } } });
  expect(at('/api/v1/tickets/{number}', 'get').responses).toMatchObject({ 200: json(ref) });
  expect(at('/api/v1/tickets', 'post').responses).toMatchObject({
    201: json({ properties: { ticket: ref } }),
    default: json({ $ref: '#/components/schemas/Error' }),
  });
  expect(at('/api/v1/live', 'get').responses).toMatchObject({
    200: { content: { 'text/event-stream': {} } },
  });
  expect(Object.keys(document.components.schemas).sort()).toEqual(['Error', 'Ticket']);
  expect(JSON.stringify(document)).not.toContain('$defs');
});

test('says which permission a route needs', () => {
  expect(at('/api/v1/live', 'get')).toMatchObject({ 'x-action': 'live.read', security: [{ session: [] }] });
});
