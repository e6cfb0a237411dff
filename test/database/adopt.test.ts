import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, Place } from './host-process.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.clean());

describe('the data folder of a process that was killed', () => {
  test('kill -9 leaves its database running; the next start adopts it, with all that was written', async () => {
    await place.used();
    const first = place.host(undefined, { load: true });
    const before = await first.ready();
    const { acknowledged } = await first.line((line) => (line.acknowledged ?? 0) >= 100);
    await first.kill();

    const second = place.host();
    const after = await second.ready();
    expect(after).toEqual({ ...before, adopted: true, ready: true });
    const [row] = await ask(after.url, 'SELECT count(*)::int AS kept FROM ledger WHERE n <= $1', [
      acknowledged,
    ]);
    expect(row?.kept).toBe(acknowledged);

    await second.ctrlC();
    await expect(ask(after.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('an orderly stop leaves nothing running, and the next start finds the same port, password and data', async () => {
    const first = place.host();
    const before = await first.ready();
    await ask(before.url, "CREATE TABLE memo AS SELECT '明天见' AS words");
    await first.ctrlC();

    const after = await place.host().ready();
    expect(after.adopted).toBe(false);
    expect(after.postmasterPid).not.toBe(before.postmasterPid);
    expect(after.url).toBe(before.url);
    expect(await ask(after.url, 'SELECT words FROM memo')).toEqual([{ words: '明天见' }]);
  });
});

describe('starting twice', () => {
  test('is refused with a sentence that names the running process, which goes on undisturbed', async () => {
    await place.used();
    const first = place.host();
    const { url } = await first.ready();
    const second = place.host();
    const refusal = await second.line((line) => line.refused);
    expect(refusal.refused).toBe('ALREADY_RUNNING');
    expect(refusal.message).toContain(`process ${first.child.pid}`);
    expect(refusal.message).toContain(place.folder());
    await second.closed();
    expect(second.child.exitCode).toBe(1);
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test.each(['a new folder', 'a folder with data'])(
    'at the same instant on %s lets exactly one in',
    async (kind) => {
      if (kind !== 'a new folder') {
        const earlier = place.host();
        await earlier.ready();
        await earlier.ctrlC();
      }
      const hosts = [place.host(), place.host(), place.host()];
      const lines = await Promise.all(hosts.map((host) => host.line((line) => line.ready || line.refused)));
      expect(lines.filter(({ ready }) => ready)).toHaveLength(1);
      expect(lines.filter(({ refused }) => refused === 'ALREADY_RUNNING')).toHaveLength(2);
      const winner = lines.find(({ ready }) => ready);
      expect(await ask(winner?.url as string, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    },
  );
});

test('two data folders side by side have servers, passwords and data of their own', async () => {
  const [one, two] = await Promise.all([
    place.host(place.folder('one')).ready(),
    place.host(place.folder('two')).ready(),
  ]);
  expect(one.postmasterPid).not.toBe(two.postmasterPid);
  await ask(one.url, 'CREATE TABLE only_here ()');
  await expect(ask(two.url, 'SELECT * FROM only_here')).rejects.toMatchObject({ code: '42P01' });
  const crossed = one.url.replace(new URL(one.url).port, new URL(two.url).port);
  await expect(ask(crossed, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});

test('the password is random and readable by the owner alone', async () => {
  const { url } = await place.host().ready();
  const file = `${place.folder()}/cluster.json`;
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { password } = JSON.parse(readFileSync(file, 'utf8'));
  expect(new URL(url).password).toBe(password);
  expect(password).toMatch(/^[\w-]{32}$/);
  await expect(ask(url.replace(password, 'guess'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});
