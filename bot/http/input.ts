import type { Request } from 'express';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { invalid } from './error-answer.ts';
import type { Route } from './route.ts';
import { unstorable } from './storable.ts';

export interface Input {
  params: unknown;
  query: unknown;
  body: unknown;
  clientId: string | undefined;
}

const CLIENT_ID = /^[\w-]{8,64}$/;

/**
 * The request's parts, parsed by the route's schemas. A part without a schema must be empty.
 * @throws AppError invalid_input, unknown_field, unsupported_type, malformed_json, too_large
 */
export async function readInput(
  route: Route,
  request: Request,
  parseBody: () => Promise<unknown>,
): Promise<Input> {
  const clientId = request.get('x-client-id');
  if (clientId !== undefined && !CLIENT_ID.test(clientId))
    throw new AppError('invalid_input', undefined, { header: 'x-client-id' });
  const params = parse('params', route.params, { ...request.params });
  const query = parse('query', route.query, { ...request.query });
  const body = route.kind === 'json' ? await readJson(route.body, request, parseBody) : undefined;
  return { params, query, body, clientId };
}

async function readJson(
  schema: z.ZodType | undefined,
  request: Request,
  parseBody: () => Promise<unknown>,
): Promise<unknown> {
  const sent = Number(request.get('content-length') ?? 0) > 0 || request.get('transfer-encoding');
  // A form of another site can send text/plain without asking; JSON it can't.
  if (sent && !request.is('json')) throw new AppError('unsupported_type');
  return parse('body', schema, sent ? await parseBody() : {});
}

function parse(where: 'params' | 'query' | 'body', schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) {
    const fields = Object.keys(value ?? {});
    if (fields.length > 0) throw new AppError('unknown_field', undefined, { where, fields });
    return undefined;
  }
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw invalid(where, parsed.error.issues);
  const path = unstorable(parsed.data);
  if (path !== undefined)
    throw new AppError('invalid_input', undefined, {
      where,
      fields: [{ path, problem: 'field.unstorable' }],
    });
  return parsed.data;
}
