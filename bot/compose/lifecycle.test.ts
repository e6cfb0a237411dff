import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { openLog } from '../open-log.ts';
import { openLifecycle, Stopped } from './lifecycle.ts';

function life(patienceMs = 1_000) {
  const exits: number[] = [];
  const log = openLog({ level: 'silent', write: () => {} });
  return { exits, life: openLifecycle({ log, exit: (code) => exits.push(code), patienceMs }) };
}

test('what was started last is stopped first, each after the one before', async () => {
  const { life: it } = life();
  const stopped: string[] = [];
  it.onStop('database', () => void stopped.push('database'));
  it.onStop('workers', async () => {
    await sleep(20);
    stopped.push('workers');
  });
  await Promise.all([it.stop(), it.stop()]);
  expect(stopped).toEqual(['workers', 'database']);
});

test('one part that fails and one that hangs do not keep the rest from stopping', async () => {
  const { life: it } = life(50);
  const database = vi.fn();
  it.onStop('database', database);
  it.onStop('hangs', () => new Promise<void>(() => {}));
  it.onStop('fails', () => Promise.reject(new Error('broken')));
  await it.stop();
  expect(database).toHaveBeenCalledOnce();
});

test('Ctrl-C through npm arrives twice and is one press; a second press forces', async () => {
  const { life: it, exits } = life();
  it.onStop('slow', () => sleep(900));
  it.started();
  it.signal('SIGINT');
  it.signal('SIGINT');
  expect(exits).toEqual([]);
  await sleep(550);
  it.signal('SIGINT');
  expect(exits).toEqual([1]);
});

test('a signal while starting ends the start at its next step, and what was started is stopped', async () => {
  const { life: it, exits } = life();
  const database = vi.fn();
  it.onStop('database', database);
  it.step('database');
  it.signal('SIGTERM');
  expect(() => it.step('product')).toThrow(Stopped);
  expect(exits).toEqual([]);
  await it.stop();
  expect(database).toHaveBeenCalledOnce();
});

test('once it runs, a signal stops it and ends with 0; giving up ends with 1', async () => {
  const calm = life();
  calm.life.started();
  calm.life.signal('SIGTERM');
  await expect.poll(() => calm.exits).toEqual([0]);
  const lost = life();
  lost.life.giveUp();
  await expect.poll(() => lost.exits).toEqual([1]);
});
