import { z } from 'zod';
import { ERRORS } from '../errors.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

export interface ApiDocument {
  openapi: '3.1.0';
  info: Json;
  paths: Record<string, Record<string, Json>>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
}

const errorSchema = z
  .strictObject({
    error: z.strictObject({
      code: z.enum(Object.keys(ERRORS) as [keyof typeof ERRORS]),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  })
  .meta({ id: 'Error' });

/**
 * The API's description (OpenAPI 3.1, whose schemas are JSON Schema 2020-12), made from the schemas that the
 * routes parse with. Schemas with a `.meta({ id })` become components.
 */
export function describeApi(routes: readonly Route[], version: string): ApiDocument {
  const document: ApiDocument = {
    openapi: '3.1.0',
    info: { title: 'Yingda 应答', version },
    paths: {},
    components: {
      schemas: {},
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'yd_session' } },
    },
  };
  const describe = (schema: z.ZodType, io: 'input' | 'output') =>
    toSchema(schema, io, document.components.schemas);
  const failed = content('application/json', describe(errorSchema, 'output'), 'What went wrong');
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    document.paths[path] ??= {};
    document.paths[path][route.method.toLowerCase()] = {
      summary: route.summary,
      ...(route.action === 'public' ? {} : { security: [{ session: [] }], 'x-action': route.action }),
      parameters: parametersOf(route, describe),
      ...requestOf(route, describe),
      responses: { ...answerOf(route, describe), default: failed },
    };
  }
  return document;
}

type Describe = (schema: z.ZodType, io: 'input' | 'output') => Json;

function parametersOf(route: Route, describe: Describe): Json[] {
  const own = (where: 'path' | 'query', schema?: z.ZodType) => {
    const { properties = {}, required = [] } = (schema ? describe(schema, 'input') : {}) as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, shape]) => ({
      ...{ name, in: where, schema: shape },
      required: where === 'path' || required.includes(name),
    }));
  };
  const unsafe = route.method !== 'GET' && route.action !== 'public';
  const header = (name: string) => ({ name, in: 'header', required: true, schema: { type: 'string' } });
  return [
    ...own('path', route.params),
    ...own('query', route.query),
    ...(unsafe ? [header('x-csrf-token')] : []),
    ...(route.kind === 'json' && route.once ? [header('x-client-id')] : []),
  ];
}

function requestOf(route: Route, describe: Describe): Json {
  if (route.kind === 'raw' && route.accepts)
    return { requestBody: { required: true, content: { [route.accepts]: { schema: {} } } } };
  if (route.kind !== 'json' || !route.body) return {};
  const schema = describe(route.body, 'input');
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function answerOf(route: Route, describe: Describe): Json {
  if (route.kind === 'raw') return { 200: content(route.returns, {}, 'The content') };
  if (route.kind === 'stream')
    return { 200: content('text/event-stream', describe(route.event, 'output'), "Each event's data") };
  return { [route.status ?? 200]: content('application/json', describe(route.response, 'output'), 'Done') };
}

function content(type: string, schema: Json, description: string): Json {
  return { description, content: { [type]: { schema } } };
}

/** Zod puts named schemas under $defs of each document; here they move to the one list of components. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', components: Record<string, Json>): Json {
  const { $defs = {}, $schema: _dialect, ...own } = z.toJSONSchema(schema, { io }) as Json & { $defs?: Json };
  for (const [name, definition] of Object.entries($defs)) components[name] ??= moved(definition) as Json;
  const id = schema.meta()?.id;
  if (!id || '$ref' in own) return moved(own) as Json;
  components[id] ??= moved(own) as Json;
  return { $ref: `#/components/schemas/${id}` };
}

function moved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moved);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string'
        ? [key, inner.replace('#/$defs/', '#/components/schemas/')]
        : [key, moved(inner)],
    ),
  );
}
