import { afterEach, expect, test } from 'vitest';
import { type Check, health } from '../../bot/health.ts';
import { openMetrics } from '../../bot/metrics.ts';
import { openLog } from '../../bot/open-log.ts';
import { openDesk } from './desk.ts';

let desk: Awaited<ReturnType<typeof openDesk>>;
afterEach(() => desk.close());

async function open(checks: Check[], metrics = openMetrics()) {
  const log = openLog({ level: 'silent', write: () => {} });
  desk = await openDesk([], { health: health({ checks, metrics, log, metricsToken: 'figures' }) });
  return desk;
}

test('a process that is not ready is alive, and says which part it waits for', async () => {
  const { ask } = await open([
    { name: 'database', ok: () => true },
    { name: 'knowledge', ok: async () => false },
    { name: 'turns', ok: () => Promise.reject(new Error('gone')) },
  ]);
  expect(await ask('GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
  expect(await ask('GET', '/health/ready')).toMatchObject({
    status: 503,
    body: { status: 'not ready', checks: { database: true, knowledge: false, turns: false } },
  });
});

test('a part that does not answer within two seconds is not well', async () => {
  const { ask } = await open([{ name: 'database', ok: () => new Promise(() => {}) }]);
  expect(await ask('GET', '/health/ready')).toMatchObject({
    status: 503,
    body: { checks: { database: false } },
  });
});

test('when all is well it is ready', async () => {
  const { ask } = await open([{ name: 'database', ok: () => true }]);
  expect(await ask('GET', '/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
});

test('figures are for this machine, not for whoever comes through its proxy, unless they have the token', async () => {
  const metrics = openMetrics();
  metrics.counter('turns_total', 'Turns', ['outcome'])({ outcome: 'answer' }, 3);
  metrics.histogram('turn_seconds', 'Seconds of a turn')({}, 0.02);
  metrics.gauge('waiting', 'Customers who wait', () => 7);
  metrics.gauge('broken', 'Can not be had', () => Promise.reject(new Error('gone')));
  const { ask } = await open([], metrics);
  const { status, text } = await ask('GET', '/metrics');
  expect(status).toBe(200);
  expect(text).toContain('yingda_turns_total{outcome="answer"} 3');
  expect(text).toContain('yingda_turn_seconds_bucket{le="0.025"} 1');
  expect(text).toContain('yingda_waiting 7');
  expect(text).toContain('process_cpu_seconds_total');
  const forwarded = { 'x-forwarded-for': '203.0.113.9' };
  expect((await ask('GET', '/metrics', { headers: forwarded })).status).toBe(403);
  const withToken = { ...forwarded, authorization: 'Bearer figures' };
  expect((await ask('GET', '/metrics', { headers: withToken })).status).toBe(200);
});
