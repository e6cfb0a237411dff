import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, type Host, Place } from './host-process.ts';

let place: Place;
beforeEach(async () => {
  place = new Place();
  await place.used();
});
afterEach(() => place.clean());

async function loaded(host: Host, rows: number): Promise<number> {
  return (await host.line((line) => (line.acknowledged ?? 0) >= rows)).acknowledged as number;
}

async function kept(url: string, upTo: number): Promise<unknown> {
  return (await ask(url, 'SELECT count(*)::int AS rows FROM ledger WHERE n <= $1', [upTo]))[0]?.rows;
}

test('Ctrl-C reaches the whole group, yet the database serves until the program has drained', async () => {
  const host = place.host(undefined, { load: true });
  const { url } = await host.ready();
  await loaded(host, 100);
  const began = performance.now();
  await host.ctrlC();
  expect(performance.now() - began).toBeLessThan(20_000);
  const last = await host.line((line) => line.drained);
  expect(last).toMatchObject({ drained: true, failures: 0, restarts: 0 });
  await host.line((line) => line.stopped);
  expect(host.child.exitCode).toBe(0);

  const again = await place.host().ready();
  expect(again.url).toBe(url);
  expect(again.adopted).toBe(false);
  expect(await kept(url, last.acknowledged as number)).toBe(last.acknowledged);
});

describe('a server that dies alone', () => {
  test('is started again on the same address, and every acknowledged write is there', async () => {
    const host = place.host(undefined, { load: true });
    const { url, postmasterPid } = await host.ready();
    await loaded(host, 100);
    process.kill(postmasterPid, 'SIGKILL');
    const back = await host.line((line) => line.restarted);
    expect(back.restarted).not.toBe(postmasterPid);
    expect(await kept(url, back.acknowledged as number)).toBe(back.acknowledged);

    await loaded(host, (back.acknowledged as number) + 100);
    await expect(place.host().ready()).rejects.toThrow('ALREADY_RUNNING');
    await host.ctrlC();
    expect(await host.line((line) => line.drained)).toMatchObject({ restarts: 1 });
  });

  test('three times in a row comes back three times', async () => {
    const host = place.host(undefined, { load: true });
    const ready = await host.ready();
    let { postmasterPid } = ready;
    for (let round = 0; round < 3; round += 1) {
      host.forget();
      process.kill(postmasterPid, 'SIGKILL');
      const back = await host.line((line) => line.restarted && line.restarted !== postmasterPid);
      postmasterPid = back.restarted as number;
      expect(await kept(ready.url, back.acknowledged as number)).toBe(back.acknowledged);
    }
    await host.ctrlC();
    expect(await host.line((line) => line.drained)).toMatchObject({ restarts: 3 });
  });

  test('while a child of it still holds the shared memory is not started over it', async () => {
    const host = place.host();
    const { url, postmasterPid } = await host.ready();
    // A busy child notices its parent's death late; a paused one stands for it.
    const [row] = await ask(url, 'SELECT pid FROM pg_stat_activity WHERE backend_type = $1', [
      'checkpointer',
    ]);
    process.kill(row?.pid as number, 'SIGSTOP');
    process.kill(postmasterPid, 'SIGKILL');
    const log = () => readFileSync(`${place.folder()}/postgres.log`, 'utf8');
    await expect.poll(log).toContain('pre-existing shared memory');
    await expect(ask(url, 'SELECT 1')).rejects.toThrow();
    process.kill(row?.pid as number, 'SIGKILL');
    await host.line((line) => line.restarted);
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('does not keep the program from stopping while it is being brought back', async () => {
    const host = place.host();
    const { url, postmasterPid } = await host.ready();
    const [row] = await ask(url, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'");
    process.kill(row?.pid as number, 'SIGSTOP');
    process.kill(postmasterPid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = performance.now();
    await host.ctrlC();
    process.kill(row?.pid as number, 'SIGKILL');
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(host.child.exitCode).toBe(0);
    const again = await place.host().ready();
    expect(again.adopted).toBe(false);
  });

  test('one that only lost a backend recovers by itself and stays guarded', async () => {
    const host = place.host();
    const { url, postmasterPid } = await host.ready();
    const [row] = await ask(url, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'");
    process.kill(row?.pid as number, 'SIGKILL');
    await guardedAgain(url);
    expect((await host.line((line) => line.ready)).postmasterPid).toBe(postmasterPid);
    await expect(place.host().ready()).rejects.toThrow('ALREADY_RUNNING');
  });

  test('together with its program: the next start recovers what was acknowledged', async () => {
    const host = place.host(undefined, { load: true });
    const { url, postmasterPid } = await host.ready();
    const acknowledged = await loaded(host, 100);
    host.child.kill('SIGKILL');
    process.kill(postmasterPid, 'SIGKILL');
    const again = await place.host().ready();
    expect(again.adopted).toBe(false);
    expect(await kept(url, acknowledged)).toBe(acknowledged);
  });
});

/** Until the program holds the lock on the recovered server. */
async function guardedAgain(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const rows = await ask(url, "SELECT 1 FROM pg_locks WHERE locktype = 'advisory'").catch(() => []);
    if (rows.length) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('nobody took the lock again');
}
