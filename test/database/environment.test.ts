import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reachable } from '../../prisma/embedded/as-user.ts';
import { findBinaries } from '../../prisma/embedded/binaries.ts';
import { ask, Place } from './host-process.ts';

const root = process.getuid?.() === 0;
const checkout = fileURLToPath(new URL('../..', import.meta.url));

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.clean());

test.each([
  ['without LANG', {}],
  ['with the POSIX locale', { LC_ALL: 'POSIX' }],
  [
    "with the caller's PostgreSQL variables pointing elsewhere",
    { PGHOST: '/nowhere', PGPORT: '1', PGDATA: '/nowhere', PGSSLMODE: 'require' },
  ],
])('the database is UTF-8 in every locale: %s', async (_, extra) => {
  const { LANG: _lang, LC_ALL: _all, LC_CTYPE: _ctype, ...rest } = process.env;
  const { url } = await place.host(undefined, { env: { ...rest, ...extra } }).ready();
  const [facts] = await ask(
    url,
    `SELECT current_setting('server_encoding') AS encoding, datlocprovider AS provider, datlocale AS locale,
            upper('é') AS upper, length('应答') AS length, current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS commit
       FROM pg_database WHERE datname = current_database()`,
  );
  expect(facts).toEqual({
    encoding: 'UTF8',
    provider: 'b',
    locale: 'C.UTF-8',
    upper: 'É',
    length: 2,
    fsync: 'on',
    commit: 'on',
  });
});

describe.runIf(asRoot())('started by root', () => {
  test('in a folder that others can enter, the server runs there as an ordinary user', async () => {
    const { postmasterPid } = await place.host().ready();
    expect(statSync(`/proc/${postmasterPid}`).uid).not.toBe(0);
    expect(existsSync(path.join(place.folder(), 'postgres', 'PG_VERSION'))).toBe(true);
  });

  test("in a folder that others can't enter, data move to /var/lib/yingda, and it says so", async () => {
    const { folder, state } = closedFolder();
    const host = place.host(folder);
    const { url } = await host.ready();
    expect(existsSync(path.join(state, 'postgres', 'PG_VERSION'))).toBe(true);
    expect(existsSync(path.join(folder, 'postgres'))).toBe(false);
    expect(host.stderr).toContain(state);
    await ask(url, 'CREATE TABLE kept ()');
    await host.kill();

    // Opened later, the folder must not get a second, empty database.
    chmodSync(path.dirname(folder), 0o755);
    const again = await place.host(folder).ready();
    expect(again.adopted).toBe(true);
    expect(await ask(again.url, 'SELECT * FROM kept')).toEqual([]);
  });

  test('whose checkout others can not enter, the programs stand where its user can reach them', () => {
    const { folder, state } = closedFolder();
    const native = findBinaries().native;
    const closed = path.join(path.dirname(folder), 'native');
    spawnSync('cp', ['-a', native, closed]);
    const script = `
      import { lodge } from './prisma/embedded/as-user.ts';
      const said = [];
      const log = { warn: (_, text) => said.push(text) };
      console.log(JSON.stringify({ ...lodge(process.argv[1], { native: process.argv[2], version: '1' }, log), said }));`;
    const lodging = spawnSync(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', script, folder, closed],
      { cwd: checkout, encoding: 'utf8' },
    );
    const { native: used, runAs, said } = JSON.parse(lodging.stdout);
    expect(used).toBe(path.join(state, 'native-1'));
    expect(said.join()).toContain('also stand in');
    const version = spawnSync(path.join(used, 'bin', 'postgres'), ['--version'], {
      ...runAs,
      cwd: '/',
      encoding: 'utf8',
    });
    expect(version.stdout).toContain('PostgreSQL');
    expect(readdirSync(state).filter((name) => name.includes('draft'))).toEqual([]);
  });

  test('a folder emptied to begin anew keeps the old database of /var/lib/yingda aside', async () => {
    const { folder, state } = closedFolder();
    const first = place.host(folder);
    await first.ready();
    await first.ctrlC();
    rmSync(folder, { recursive: true });
    const second = place.host(folder);
    await second.ready();
    expect(second.stderr).toContain('it is kept in');
    expect(readdirSync(state).filter((name) => name.startsWith('postgres-of-'))).toHaveLength(1);
  });

  test('a database that was made by root tells an ordinary user why it stays closed', async () => {
    const first = place.host();
    await first.ready();
    await first.ctrlC();
    chmodSync(place.folder(), 0o755);
    const refused = await place
      .host(place.folder(), { command: asUser(12_345) })
      .line((line) => line.refused);
    expect(refused.refused).toBe('NOT_OWNER');
  });
});

test.runIf(asRoot())('an ordinary user needs nothing of root, and root can take over later', async () => {
  chmodSync(place.base, 0o777);
  const nobody = place.host(undefined, { command: asUser(65_534) });
  const { url, postmasterPid } = await nobody.ready();
  expect(statSync(`/proc/${postmasterPid}`).uid).toBe(65_534);
  expect(statSync(place.folder()).mode & 0o777).toBe(0o700);
  await ask(url, 'CREATE TABLE kept ()');
  await nobody.ctrlC();
  chmodSync(place.folder(), 0o711);
  const byRoot = await place.host().ready();
  expect(statSync(`/proc/${byRoot.postmasterPid}`).uid).toBe(65_534);
  expect(await ask(byRoot.url, 'SELECT * FROM kept')).toEqual([]);
});

function asUser(uid: number): string[] {
  return ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', 'env', `HOME=${place.base}`];
}

/** A data folder under one that only root can enter, and where its data must go instead. */
function closedFolder(): { folder: string; state: string } {
  const home = path.join(place.base, 'home');
  mkdirSync(home, { mode: 0o700 });
  const folder = path.join(home, 'data');
  mkdirSync(folder, { mode: 0o755 });
  const state = `/var/lib/yingda/${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
  place.alsoRemove(state);
  return { folder, state };
}

/** These need root, a checkout that `nobody` can read, and Linux's setpriv. */
function asRoot(): boolean {
  const everybody = { uid: 65_534, gid: 65_534 };
  if (root && reachable(checkout, everybody) && reachable(process.execPath, everybody)) return true;
  process.stdout.write(
    'skipped: not root in a checkout that everybody can read; the tests of root are left out\n',
  );
  return false;
}
