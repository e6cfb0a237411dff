import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../bot/errors.ts';
import { rawRoute, route, streamRoute } from '../../bot/http/route.ts';
import { openDesk } from './desk.ts';

const number = z.strictObject({ number: z.string().regex(/^TS\d{4}$/) });
const note = z.strictObject({ note: z.string().max(20) });

const routes = [
  route({
    ...{ method: 'GET', path: '/api/v1/tickets', action: 'ticket.read', summary: 'Tickets' },
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    response: z.strictObject({ limit: z.int(), scope: z.string(), now: z.int() }),
    handler: ({ query, scope, now }) => ({ limit: query.limit, scope, now }),
  }),
  route({
    ...{ method: 'POST', path: '/api/v1/tickets/:number/notes', action: 'ticket.update', summary: 'Note' },
    ...{
      params: number,
      body: note,
      response: z.strictObject({ by: z.string(), note: z.string() }),
      status: 201,
    },
    handler: ({ body, person }) => ({ by: person.number, note: body.note }),
  }),
  route({
    ...{ method: 'GET', path: '/api/v1/hello', action: 'public', summary: 'Hello' },
    response: z.strictObject({ person: z.boolean() }),
    handler: ({ person, reply }) => {
      reply.cookie('yd_session', 'secret', 60_000);
      return { person: person !== undefined };
    },
  }),
  route({
    ...{ method: 'GET', path: '/api/v1/broken', action: 'public', summary: 'A fault of ours' },
    response: z.strictObject({}),
    handler: () => {
      throw new Error('the password is hunter2');
    },
  }),
  route({
    ...{ method: 'GET', path: '/api/v1/leaky', action: 'public', summary: 'Says more than it should' },
    response: z.strictObject({}),
    handler: () => ({ passwordHash: 'x' }) as object as Record<string, never>,
  }),
  route({
    ...{ method: 'GET', path: '/api/v1/later', action: 'public', summary: 'Throttled' },
    response: z.strictObject({}),
    handler: () => {
      throw new AppError('too_many_attempts', undefined, { retryAfterSeconds: 30 });
    },
  }),
  streamRoute({
    ...{ method: 'GET', path: '/api/v1/live', action: 'live.read', summary: 'Live' },
    query: z.strictObject({ watermark: z.string().optional() }),
    event: z.strictObject({ n: z.int() }),
    handler: ({ query }, stream) => {
      if (query.watermark === 'gone') throw new AppError('gone');
      stream.send({ id: '7', event: 'desk', data: { n: 1 } });
    },
  }),
  rawRoute({
    ...{ method: 'GET', path: '/api/v1/files/:id', action: 'file.read', summary: 'A file' },
    ...{ params: z.strictObject({ id: z.string() }), returns: 'image/png' },
    handler: async ({ params }, _request, response) => {
      response.setHeader('content-type', 'image/png');
      response.end(`png of ${params.id}`);
    },
  }),
];

let desk: Awaited<ReturnType<typeof openDesk>>;
beforeAll(async () => {
  desk = await openDesk(routes);
});
afterAll(() => desk.close());

describe('a permitted person', () => {
  test('gets the answer, with how far they may go and the time of the clock', async () => {
    const { status, body, headers } = await desk.ask('GET', '/api/v1/tickets?limit=7');
    expect(status).toBe(200);
    expect(body).toEqual({ limit: 7, scope: 'centre', now: Date.UTC(2026, 5, 10, 2) });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('writes, with the token of the session', async () => {
    const made = await desk.ask('POST', '/api/v1/tickets/TS0001/notes', { body: { note: '已联系' } });
    expect(made).toMatchObject({ status: 201, body: { by: '1001', note: '已联系' } });
  });

  test('follows a stream', async () => {
    const response = await fetch(`${desk.url}/api/v1/live`, { headers: { 'x-role': 'agent' } });
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    while (!heard.includes('data:')) heard += (await reader?.read())?.value;
    expect(heard).toContain('id: 7\nevent: desk\ndata: {"n":1}\n\n');
    await reader?.cancel();
  });

  test('gets a file as it is', async () => {
    expect(await desk.ask('GET', '/api/v1/files/9')).toMatchObject({ status: 200, text: 'png of 9' });
  });
});

describe('is refused', () => {
  const notes = '/api/v1/tickets/TS0001/notes';
  const fine = { note: 'ok' };
  test.each([
    ['a visitor', 'GET', '/api/v1/tickets', { role: null }, 401, 'unauthenticated'],
    ['a role without the right', 'GET', '/api/v1/tickets', { role: 'knowledge_editor' }, 403, 'forbidden'],
    ['a stream for a visitor', 'GET', '/api/v1/live', { role: null }, 401, 'unauthenticated'],
    ['a stream that is gone', 'GET', '/api/v1/live?watermark=gone', {}, 410, 'gone'],
    [
      'a wrong csrf token',
      'POST',
      notes,
      { body: fine, headers: { 'x-csrf-token': 'x' } },
      403,
      'csrf_failed',
    ],
    [
      'another site',
      'POST',
      notes,
      { body: fine, headers: { 'sec-fetch-site': 'cross-site' } },
      403,
      'csrf_failed',
    ],
    ['malformed JSON', 'POST', notes, { body: '{"note":' }, 400, 'malformed_json'],
    [
      'a form',
      'POST',
      notes,
      { body: 'note=1', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_type',
    ],
    ['an unknown field', 'POST', notes, { body: { ...fine, owner: 'me' } }, 400, 'unknown_field'],
    ['a field that is too long', 'POST', notes, { body: { note: 'x'.repeat(21) } }, 400, 'invalid_input'],
    ['no body', 'POST', notes, {}, 400, 'invalid_input'],
    ['an array', 'POST', notes, { body: [] }, 400, 'invalid_input'],
    ['a huge body', 'POST', notes, { body: { note: 'x'.repeat(300_000) } }, 413, 'too_large'],
    ['an unknown parameter', 'GET', '/api/v1/tickets?limit=1&admin=1', {}, 400, 'unknown_field'],
    ['a limit of 1000', 'GET', '/api/v1/tickets?limit=1000', {}, 400, 'invalid_input'],
    ['a query where none is', 'GET', '/api/v1/hello?x=1', {}, 400, 'unknown_field'],
    ['a number of another form', 'POST', '/api/v1/tickets/1/notes', { body: fine }, 400, 'invalid_input'],
    ['a broken escape', 'POST', '/api/v1/tickets/%E0%A4%A/notes', { body: fine }, 400, 'invalid_input'],
    [
      'NUL in a text',
      'POST',
      '/api/v1/tickets/TS0001/notes',
      { body: { note: 'a\0b' } },
      400,
      'invalid_input',
    ],
    [
      'half a character',
      'POST',
      '/api/v1/tickets/TS0001/notes',
      { body: { note: 'a\ud800' } },
      400,
      'invalid_input',
    ],
    ['an unknown address', 'GET', '/api/v1/nothing', {}, 404, 'not_found'],
    ['an unknown page', 'GET', '/nothing', {}, 404, 'not_found'],
    ['a method that is not there', 'PUT', '/api/v1/tickets', {}, 405, 'method_not_allowed'],
    [
      'a wrong client id',
      'GET',
      '/api/v1/tickets',
      { headers: { 'x-client-id': '?' } },
      400,
      'invalid_input',
    ],
  ] as const)('%s', async (_what, method, path, asked, status, code) => {
    const answer = await desk.ask(method, path, asked);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect(Object.keys(answer.body.error)).toEqual(['code', 'message', 'details']);
  });

  test('and says which field is wrong, in the language of the caller, without its value', async () => {
    const ask = (language: string) =>
      desk.ask('POST', '/api/v1/tickets/TS0001/notes', {
        ...{ body: { note: 13_800_001_234 }, headers: { 'accept-language': language } },
      });
    const [zh, en] = [await ask('zh-CN'), await ask('en-GB,en;q=0.9')];
    expect(zh.body.error.message).toBe('提交的内容有误，请检查后重试。');
    expect(en.body.error.message).toMatch(/check it/);
    expect(en.body.error.details).toMatchObject({ where: 'body', fields: [{ path: 'note' }] });
    expect(zh.body.error.details.fields[0].problem).toBe('这一项的内容类型不对。');
    expect(en.body.error.details.fields[0].problem).toBe(
      'This is not the kind of value that is expected here.',
    );
    expect(zh.text + en.text).not.toContain('13800001234');
  });

  test('with the methods that are there', async () => {
    const { headers } = await desk.ask('DELETE', '/api/v1/tickets');
    expect(headers.get('allow')).toBe('GET');
  });

  test('with the time to wait', async () => {
    expect((await desk.ask('GET', '/api/v1/later')).headers.get('retry-after')).toBe('30');
  });
});

describe('a fault of ours', () => {
  test('is one word outside and the whole story in the log, under the same id', async () => {
    const answer = await desk.ask('GET', '/api/v1/broken');
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'internal', details: {} } } });
    expect(answer.text).not.toContain('hunter2');
    const line = desk.lines.map((each) => JSON.parse(each)).find(({ level }) => level === 'error');
    expect(line).toMatchObject({
      requestId: answer.headers.get('x-request-id'),
      route: 'GET /api/v1/broken',
    });
    expect(line.err.stack).toContain('hunter2');
  });

  test('an answer that its schema does not know never leaves', async () => {
    const answer = await desk.ask('GET', '/api/v1/leaky');
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('passwordHash');
  });
});

test('a public route does not ask who it is, and its cookie is out of reach of scripts', async () => {
  const { body, headers } = await desk.ask('GET', '/api/v1/hello');
  expect(body).toEqual({ person: false });
  expect(headers.get('set-cookie')).toMatch(/^yd_session=secret; Max-Age=60; .*HttpOnly; SameSite=Strict$/);
});
