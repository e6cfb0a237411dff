import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Centre, openDemoCentre } from '../setup/centre.ts';

let centre: Centre;
beforeAll(async () => {
  centre = await openDemoCentre();
});
afterAll(() => centre.close());

async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  const response = await fetch(`${centre.url}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const signIn = (number: string, password = `demo-${number}`, headers = {}) =>
  ask('POST', '/session', headers, { number, password });

async function browserOf(number: string) {
  const { headers, body } = await signIn(number);
  const [cookie = ''] = (headers.get('set-cookie') ?? '').split(';');
  return { cookie, 'x-csrf-token': body.csrfToken as string };
}

test('an agent signs in, is known, becomes available, signs out, and is a stranger again', async () => {
  const { status, headers, body } = await signIn('1001');
  expect(status).toBe(200);
  expect(body.person).toMatchObject({ number: '1001', name: '周晓彤', role: 'agent', teamName: '受理甲班' });
  expect(body.permissions).toMatchObject({ 'desk.take': 'own', 'conversation.read': 'own' });
  expect(body.permissions).not.toHaveProperty('audit.verify');
  const set = headers.get('set-cookie') ?? '';
  expect(set).toMatch(/^yd_session=[\w-]{43};/);
  expect(set).toMatch(/HttpOnly/i);
  expect(set).toMatch(/SameSite=(Lax|Strict)/i);

  const browser = { cookie: set.split(';')[0] ?? '', 'x-csrf-token': body.csrfToken };
  expect((await ask('GET', '/session', browser)).body).toEqual(body);
  await ask('PUT', '/presence', browser, { status: 'available' });
  expect(await presence('1001')).toBe('available');

  const out = await ask('DELETE', '/session', browser);
  expect(out.headers.get('set-cookie')).toMatch(/^yd_session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/i);
  expect(await ask('GET', '/session', browser)).toMatchObject({
    status: 401,
    body: { error: { code: 'unauthenticated' } },
  });
  expect(await presence('1001')).toBe('offline');
});

async function presence(number: string) {
  const row = await centre.db.prisma.presence.findFirst({ where: { person: { number } } });
  return row?.status;
}

test('a wrong password, an unknown number, a missing field and another site’s page each get a coded error', async () => {
  const refusals = [
    [await signIn('1001', 'wrong'), 401, 'bad_credentials'],
    [await signIn('7777', 'wrong'), 401, 'bad_credentials'],
    [await ask('POST', '/session', {}, { number: '1001' }), 400, 'invalid_input'],
    [await ask('POST', '/session', {}, { number: '1001', password: 'x', admin: true }), 400, 'unknown_field'],
    [await ask('POST', '/session', {}, { number: '1001', password: 'x'.repeat(5000) }), 400, 'invalid_input'],
    [await signIn('1001', 'demo-1001', { 'sec-fetch-site': 'cross-site' }), 403, 'csrf_failed'],
  ] as const;
  for (const [{ status, body, headers }, expected, code] of refusals) {
    expect({ status, code: body.error.code }).toEqual({ status: expected, code });
    expect(headers.get('set-cookie')).toBeNull();
  }
});

test('guessing is answered with how long to wait', async () => {
  for (let i = 0; i < 8; i++) await signIn('1004', `guess-${i}`);
  const { status, body } = await signIn('1004');
  expect(status).toBe(429);
  expect(body.error).toMatchObject({ code: 'too_many_attempts', details: { retryAfterSeconds: 900 } });
});

test('one browser has one session: signing in again ends the one before', async () => {
  const first = await browserOf('1002');
  const { headers } = await signIn('1003', 'demo-1003', { cookie: first.cookie });
  const second = { cookie: (headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  expect((await ask('GET', '/session', first)).status).toBe(401);
  expect((await ask('GET', '/session', second)).body.person.number).toBe('1003');
});

test('a shift leader sets a colleague of the own team away, and nobody of the other team', async () => {
  const leader = await browserOf('2001');
  const { id: own } = await centre.db.prisma.person.findUniqueOrThrow({ where: { number: '1003' } });
  const { id: other } = await centre.db.prisma.person.findUniqueOrThrow({ where: { number: '1002' } });
  const { id: director } = await centre.db.prisma.person.findUniqueOrThrow({ where: { number: '5001' } });
  const set = (personId: string) => ask('PUT', '/presence', leader, { status: 'away', personId });
  expect((await set(own)).status).toBe(200);
  expect((await set(other)).body.error.code).toBe('forbidden');
  expect((await set(director)).body.error.code).toBe('not_found');
  expect([await presence('1003'), await presence('1002')]).toEqual(['away', undefined]);
});

test('the director has the record checked, and is told when somebody has touched it', async () => {
  const { db } = centre;
  const director = await browserOf('5001');
  // The running centre's own sealer, each second.
  await vi.waitFor(async () => expect(await db.prisma.auditPending.count()).toBe(0), 30_000);
  const whole = await ask('POST', '/audit/verification', director);
  expect(whole.body).toMatchObject({ brokenAt: null });
  expect(whole.body.sealed).toBeGreaterThan(5);
  const { auditId } = await db.prisma.auditSeal.findFirstOrThrow({ where: { no: 2 } });
  await db.sql.query({ text: `UPDATE audit SET actor_kind = 'bot' WHERE id = $1`, values: [auditId] });
  const touched = await ask('POST', '/audit/verification', director);
  expect(touched.body.brokenAt).toEqual({ no: 2, auditId, reason: 'row_altered' });
});
