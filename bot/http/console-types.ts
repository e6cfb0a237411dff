import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { nameOf } from './dispatch.ts';
import { describeApi } from './openapi.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

const BANNER = `// Made from the API's description; don't edit. To renew it after a change of the routes:
// npx vitest run test/console-types.test.ts --update`;

/**
 * TypeScript for the console: one interface `Operations`, keyed by `METHOD /path`, with params, query, body
 * and response (of a stream: its event) of each route. Only for the test that keeps the file true: the
 * compiler is a development dependency.
 */
export async function consoleTypes(routes: readonly Route[]): Promise<string> {
  const document = describeApi(routes, '0');
  const operations = Object.fromEntries(
    routes.map((route) => [nameOf(route), operation(route, document.paths)]),
  );
  const schema = {
    ...object(operations),
    components: document.components,
  } as unknown as JSONSchema;
  return compile(schema, 'Operations', {
    bannerComment: BANNER,
    additionalProperties: false,
    unreachableDefinitions: false,
    // A tuple of each length that is allowed helps nobody: the server says what is wrong.
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 110 },
  });
}

function operation(route: Route, paths: Record<string, Record<string, Json>>): Json {
  const path = route.path.replace(/:(\w+)/g, '{$1}');
  const described = paths[path]?.[route.method.toLowerCase()] ?? {};
  const parameters = described.parameters as { name: string; in: string; required: boolean; schema: Json }[];
  const part = (where: string) => {
    const own = parameters.filter((each) => each.in === where);
    return own.length > 0 ? parameterObject(own) : undefined;
  };
  const response = Object.values((described.responses as Json) ?? {})[0] as { content: Json };
  const parts = {
    params: part('path'),
    query: part('query'),
    body: contentOf(described.requestBody as { content: Json } | undefined),
    response: contentOf(response),
  };
  return object(
    Object.fromEntries(Object.entries(parts).filter(([, schema]) => schema !== undefined)),
    route.summary,
  );
}

function contentOf(described: { content: Json } | undefined): Json | undefined {
  const [first] = Object.values(described?.content ?? {}) as { schema: Json }[];
  return first?.schema;
}

function parameterObject(parameters: { name: string; required: boolean; schema: Json }[]): Json {
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const required = parameters.filter((each) => each.required).map(({ name }) => name);
  return { type: 'object', properties, required, additionalProperties: false };
}

function object(properties: Json, description?: string): Json {
  return {
    ...(description && { description }),
    ...{ type: 'object', properties, required: Object.keys(properties), additionalProperties: false },
  };
}
