import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, Place } from './host-process.ts';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.clean());

const markOf = (folder: string) => path.join(folder, 'postgres', 'yingda.unsynced');
const thisBoot = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();

describe.runIf(process.platform === 'linux')('a new database that is not on disk yet', () => {
  test('is written out before it is stopped, and no longer marked', async () => {
    const host = place.host();
    await host.ready();
    await host.ctrlC();
    expect(host.stderr).toContain('The new database is on disk');
    expect(existsSync(markOf(place.folder()))).toBe(false);
  });

  test('whose maker was killed is finished by the next start, with what it holds', async () => {
    const folder = await place.used();
    const first = place.host(folder);
    await ask((await first.ready()).url, 'CREATE TABLE kept ()');
    await first.ctrlC();
    writeFileSync(markOf(folder), thisBoot());

    const second = place.host(folder);
    expect(await ask((await second.ready()).url, 'SELECT * FROM kept')).toEqual([]);
    await second.ctrlC();
    expect(second.stderr).toContain('The new database is on disk');
    expect(existsSync(markOf(folder))).toBe(false);
  });

  test('when the power failed is made anew, and kept aside', async () => {
    const folder = await place.used();
    writeFileSync(markOf(folder), 'an earlier boot');
    // What a power cut does to a file that was never written out.
    writeFileSync(path.join(folder, 'postgres', 'global', 'pg_control'), '');

    const host = place.host(folder);
    const { url, adopted } = await host.ready();
    expect(adopted).toBe(false);
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(host.stderr).toContain('The machine went down while the database was being made');
    expect(readdirSync(folder).filter((name) => name.startsWith('postgres-torn-'))).toHaveLength(1);
    await host.ctrlC();
    expect(existsSync(markOf(folder))).toBe(false);
  });
});
