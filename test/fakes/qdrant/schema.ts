import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

type Json = Record<string, unknown>;
type Parameter = { name: string; in: string; required?: boolean; schema: Json };
type Described = {
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Json } } };
  responses: Record<string, { content?: { 'application/json': { schema: Json } } }>;
};

const description = JSON.parse(
  readFileSync(new URL('../../payloads/qdrant/openapi.json', import.meta.url), 'utf8'),
) as { paths: Record<string, Record<string, Described>>; components: { schemas: Json } };

const UINT32 = 2 ** 32 - 1;
const FORMATS = {
  uint: { type: 'number', validate: (n: number) => Number.isInteger(n) && n >= 0 },
  uint8: { type: 'number', validate: (n: number) => Number.isInteger(n) && n >= 0 && n <= 255 },
  uint32: { type: 'number', validate: (n: number) => Number.isInteger(n) && n >= 0 && n <= UINT32 },
  uint64: { type: 'number', validate: (n: number) => Number.isInteger(n) && n >= 0 },
  int64: { type: 'number', validate: Number.isInteger },
  float: { type: 'number', validate: Number.isFinite },
  double: { type: 'number', validate: Number.isFinite },
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  'partial-date-time': true,
  uri: true,
} as const;

/**
 * OpenAPI 3.0 as JSON Schema. `nullable` becomes a type: ajv would take a bare `{nullable: true}` for "anything".
 * `closed`: a property that isn't described is an error, though Qdrant itself would overlook a misspelt one.
 */
function asJsonSchema(node: unknown, closed: boolean): unknown {
  if (Array.isArray(node)) return node.map((each) => asJsonSchema(each, closed));
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, example: _, deprecated: __, ...rest } = node as Json;
  const out = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === 'enum' || key === 'default' ? value : asJsonSchema(value, closed),
    ]),
  ) as Json;
  if (typeof out.$ref === 'string') return { $ref: out.$ref.replace('#/components/schemas/', '#/$defs/') };
  if (nullable === true) {
    if (Array.isArray(out.anyOf)) out.anyOf = [...out.anyOf, { type: 'null' }];
    else if (typeof out.type === 'string') out.type = [out.type, 'null'];
    else return { ...out, type: 'null' };
  }
  if (closed && out.properties && out.type === 'object' && out.additionalProperties === undefined)
    out.additionalProperties = false;
  return out;
}

// A schema may have a property called "example" or "default"; those named so are none of ours.
const ajv = new Ajv({ strict: false, allErrors: false, formats: FORMATS as never });
for (const closed of [true, false]) {
  const $defs = asJsonSchema(description.components.schemas, closed);
  ajv.addSchema({ $id: closed ? 'request' : 'answer', $defs });
}

function compile(schema: Json, closed: boolean): ValidateFunction {
  const id = closed ? 'request' : 'answer';
  const text = JSON.stringify(asJsonSchema(schema, closed)).replaceAll('"#/$defs/', `"${id}#/$defs/`);
  return ajv.compile(JSON.parse(text));
}

/** One operation of the description: checks what comes in and what goes out. */
export type Operation = {
  template: string;
  /** The values in the path, by name. */
  names: Record<string, string>;
  /** What is wrong with a request, or undefined. */
  request(query: URLSearchParams, body: unknown): string | undefined;
  answer(body: unknown): string | undefined;
};

const problem = (validate: ValidateFunction, value: unknown): string | undefined =>
  validate(value) ? undefined : ajv.errorsText(validate.errors, { separator: '; ' });

/** Query parameters arrive as text; the description says what they stand for. */
function readParameter(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}

const templates = Object.entries(description.paths)
  .map(([template, methods]) => ({
    template,
    methods,
    keys: [...template.matchAll(/\{(\w+)\}/g)].map(([, key]) => key ?? ''),
    pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`),
  }))
  // A literal path wins over one with a name in the same place.
  .sort((a, b) => a.keys.length - b.keys.length);

const compiled = new Map<string, Omit<Operation, 'names'>>();

function compileOperation(template: string, described: Described): Omit<Operation, 'names'> {
  const body = described.requestBody?.content['application/json'].schema;
  const checkBody = body && compile(body, true);
  const answer = described.responses['200']?.content?.['application/json'].schema;
  const checkAnswer = answer && compile(answer, false);
  const inQuery = (described.parameters ?? []).filter((each) => each.in === 'query');
  const checks = new Map(inQuery.map(({ name, schema }) => [name, compile(schema, true)]));
  return {
    template,
    request(query, value) {
      for (const [name, text] of query) {
        const check = checks.get(name);
        if (!check) return `unknown parameter ${name}`;
        const wrong = problem(check, readParameter(text));
        if (wrong) return `parameter ${name}: ${wrong}`;
      }
      if (!checkBody) return undefined;
      return problem(checkBody, value);
    },
    answer: (value) => (checkAnswer ? problem(checkAnswer, value) : 'not described'),
  };
}

/** The operation that a request means, or undefined if Qdrant has none. */
export function operationOf(method: string, path: string): Operation | undefined {
  for (const { template, methods, keys, pattern } of templates) {
    const match = pattern.exec(path);
    const described = match && methods[method.toLowerCase()];
    if (!match || !described) continue;
    const key = `${method} ${template}`;
    const operation = compiled.get(key) ?? compileOperation(template, described);
    compiled.set(key, operation);
    const names = Object.fromEntries(keys.map((name, i) => [name, decodeURIComponent(match[i + 1] ?? '')]));
    return { ...operation, names };
  }
  return undefined;
}
