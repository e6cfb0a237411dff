import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ApiDocument } from '../bot/http/openapi.ts';
import { type Action, allowed, permissions, ROLES, type Role } from '../bot/people/permissions.ts';
import { demoLogins } from '../prisma/seed/demo.ts';
import { type Centre, openDemoCentre } from './setup/centre.ts';
import { type JsonSchema, sampleOf } from './setup/sample.ts';

/**
 * Walks every route that the running server describes, as every role and as nobody, and holds what happens against
 * the permission table. New routes are walked without a change here; one without a row fails.
 */
interface Step {
  name: string;
  method: string;
  path: string;
  action: Action | undefined;
  body: string | undefined;
  type: string | undefined;
}

type Operation = Record<string, unknown> & {
  parameters?: { name: string; in: string; required: boolean; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
};

let centre: Centre;
let steps: Step[];
beforeAll(async () => {
  centre = await openDemoCentre();
  const response = await fetch(`${centre.url}/api/v1/openapi.json`);
  steps = stepsOf((await response.json()) as ApiDocument);
});
afterAll(() => centre.close());

function stepsOf(document: ApiDocument): Step[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      stepOf(document, path, method, operation as Operation),
    ),
  );
}

function stepOf(document: ApiDocument, path: string, method: string, operation: Operation): Step {
  const sample = (schema: JsonSchema) => sampleOf(schema, document.components.schemas);
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const parameters = operation.parameters ?? [];
  const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(String(sample(parameters.find((each) => each.name === name)?.schema ?? {}))),
  );
  const query = new URLSearchParams(
    parameters
      .filter((each) => each.in === 'query' && each.required)
      .map((each) => [each.name, String(sample(each.schema))]),
  );
  return {
    ...{ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), type },
    path: query.size > 0 ? `${filled}?${query}` : filled,
    action: operation['x-action'] as Action | undefined,
    body: content && (type === 'application/json' ? JSON.stringify(sample(content.schema)) : ''),
  };
}

async function walk(step: Step, headers: Record<string, string>) {
  const stop = new AbortController();
  const response = await fetch(centre.url + step.path, {
    method: step.method,
    headers: { 'x-client-id': randomUUID(), ...(step.type && { 'content-type': step.type }), ...headers },
    ...(step.body !== undefined && { body: step.body }),
    signal: stop.signal,
  });
  const { status } = response;
  const stream = response.headers.get('content-type')?.startsWith('text/event-stream');
  const text = stream ? '' : await response.text();
  stop.abort();
  const code = status >= 400 ? (JSON.parse(text) as { error: { code: string } }).error.code : undefined;
  return { status, code };
}

const numberOf = (role: Role) => demoLogins().find((login) => login.role === role)?.number ?? '';

/** All but what the learner writes when it has learned what an editor added: seconds later, whoever asks for what then. */
function unlearned(table: string): string {
  if (table === 'stream') return `WHERE id <> 'knowledge'`;
  return /^event(_|$)/.test(table) ? `WHERE type <> 'learned'` : '';
}

/** One line for the whole database, whatever tables there are; only the sealer and the learner may work meanwhile. */
async function fingerprint(): Promise<string> {
  const tables = await centre.db.sql.query<{ name: string }>({
    text: `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'
      AND table_type = 'BASE TABLE' AND table_name NOT IN ('audit_seal', 'audit_pending')
      AND table_name NOT LIKE 'knowledge_artifact%' ORDER BY 1`,
  });
  const lines = tables.rows.map(async ({ name }) => {
    const { rows } = await centre.db.sql.query<{ sum: string }>({
      text: `SELECT coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS sum FROM "${name}" t ${unlearned(name)}`,
    });
    return `${name} ${rows[0]?.sum}`;
  });
  return (await Promise.all(lines)).join('\n');
}

test('every route that the server has stands in the permission table', () => {
  expect(steps.length).toBeGreaterThan(3);
  for (const { name, action } of steps) expect(Object.keys(permissions), name).toContain(action);
});

test('every role has somebody who can sign in', () => {
  for (const role of ROLES) expect(numberOf(role), role).not.toBe('');
});

test('nobody, without signing in, gets anywhere but to the site and to signing in', async () => {
  const before = await fingerprint();
  for (const step of steps) {
    const { status, code } = await walk(step, {});
    if (step.action && allowed('nobody', step.action)) expect(code, step.name).not.toBe('unauthenticated');
    else expect({ status, code }, step.name).toEqual({ status: 401, code: 'unauthenticated' });
  }
  // Trying to sign in as somebody who doesn't exist leaves its note, and that only.
  const changed = difference(before, await fingerprint());
  expect(changed.filter((table) => !/^(audit|sign_in_attempt)/.test(table))).toEqual([]);
});

describe.each(ROLES)('as %s', (role) => {
  test('what the table forbids is refused, and changes nothing', async () => {
    const headers = await centre.signedIn(numberOf(role));
    const before = await fingerprint();
    for (const step of steps.filter(({ action }) => action && !allowed(role, action))) {
      const got = await walk(step, headers);
      expect(got, step.name).toEqual({ status: 403, code: 'forbidden' });
    }
    expect(difference(before, await fingerprint())).toEqual([]);
  });

  test('a write without the session’s own token is refused, and changes nothing', async () => {
    const { cookie = '' } = await centre.signedIn(numberOf(role));
    const before = await fingerprint();
    const writes = steps.filter(({ method, action }) => method !== 'GET' && action && allowed(role, action));
    const without: Record<string, string>[] = [{ cookie }, { cookie, 'x-csrf-token': 'x' }];
    for (const step of writes.filter(({ action }) => action && !allowed('nobody', action)))
      for (const headers of without)
        expect(await walk(step, headers), step.name).toEqual({ status: 403, code: 'csrf_failed' });
    expect(difference(before, await fingerprint())).toEqual([]);
  });

  test('what the table allows is let through', async () => {
    for (const step of steps.filter(({ action }) => action && allowed(role, action))) {
      const { status, code } = await walk(step, await centre.signedIn(numberOf(role)));
      // Signing in with made-up credentials is let through, and then refused for what it says.
      if (code === 'bad_credentials' || code === 'too_many_attempts') continue;
      expect(status, `${step.name} ${code}`).not.toBe(401);
      expect(status, `${step.name} ${code}`).not.toBe(403);
      expect(status, `${step.name} ${code}`).toBeLessThan(500);
    }
  });
});

function difference(before: string, after: string): string[] {
  const was = new Set(before.split('\n'));
  return after.split('\n').filter((line) => !was.has(line));
}
