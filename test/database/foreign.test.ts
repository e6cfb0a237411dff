import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, Place } from './host-process.ts';

let place: Place;
let bystander: ChildProcess | undefined;
beforeEach(() => {
  place = new Place();
});
afterEach(async () => {
  bystander?.kill('SIGKILL');
  bystander = undefined;
  await place.clean();
});

const pidFile = (folder: string) => path.join(folder, 'postgres', 'postmaster.pid');

describe("somebody else's server", () => {
  test('a copied folder whose postmaster.pid names the living original starts a server of its own', async () => {
    const original = await place.used('original');
    const copy = await place.used('copy');
    const first = await place.host(original).ready();
    writeFileSync(pidFile(copy), readFileSync(pidFile(original)));
    ownLike(pidFile(original), pidFile(copy));

    const host = place.host(copy);
    const second = await host.ready();
    expect(second.adopted).toBe(false);
    expect(second.postmasterPid).not.toBe(first.postmasterPid);
    expect(host.stderr).toContain("isn't a server on this folder");
    await ask(first.url, 'CREATE TABLE of_the_original ()');
    await expect(ask(second.url, 'SELECT * FROM of_the_original')).rejects.toMatchObject({ code: '42P01' });
  });

  test('a database put in the place of ours is refused by its identifier', async () => {
    const [ours, theirs] = [await place.used('ours'), await place.used('theirs', 'two')];
    rmSync(path.join(ours, 'postgres'), { recursive: true });
    renameSync(path.join(theirs, 'postgres'), path.join(ours, 'postgres'));
    expect(await place.host(ours).line((line) => line.refused)).toMatchObject({ refused: 'FOREIGN_SERVER' });
  });

  test('a living server on the folder that does not know our password is refused, not stopped', async () => {
    const first = place.host();
    const { url } = await first.ready();
    await first.kill();
    const file = path.join(place.folder(), 'cluster.json');
    const record = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...record, password: 'not-the-one' }));

    const refusal = await place.host().line((line) => line.refused);
    expect(refusal.refused).toBe('FOREIGN_SERVER');
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('a database folder that vanished is missed, not silently made anew', async () => {
    const folder = await place.used('data');
    renameSync(path.join(folder, 'postgres'), path.join(folder, 'elsewhere'));
    expect(await place.host(folder).line((line) => line.refused)).toMatchObject({
      refused: 'CLUSTER_MISSING',
    });
  });

  test('a database whose record vanished is not overwritten', async () => {
    const folder = await place.used('data');
    rmSync(path.join(folder, 'cluster.json'));
    expect(await place.host(folder).line((line) => line.refused)).toMatchObject({
      refused: 'CLUSTER_UNKNOWN',
    });
  });
});

describe('a stale postmaster.pid', () => {
  const lines = (pid: number, folder: string) =>
    `${pid}\n${folder}/postgres\n1700000000\n5432\n\n127.0.0.1\n  1234567   1234567\nready   \n`;

  test.each<[string, () => Promise<number>]>([
    ['of a dead process', async () => deadPid()],
    ["whose number is now another user's process", async () => process.pid],
    ["whose number is now another process of the server's own user", () => livingPidOf(place.folder())],
    [
      'whose number is now another database server',
      async () => (await place.host(place.folder('other')).ready()).postmasterPid,
    ],
  ])('%s does not hinder the start', async (_, pid) => {
    const folder = await place.used('data');
    writeFileSync(pidFile(folder), lines(await pid(), folder));
    ownLike(path.join(folder, 'postgres', 'PG_VERSION'), pidFile(folder));
    const { url, adopted } = await place.host(folder).ready();
    expect(adopted).toBe(false);
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('left empty by a power cut does not hinder the start', async () => {
    const folder = await place.used('data');
    writeFileSync(pidFile(folder), '');
    ownLike(path.join(folder, 'postgres', 'PG_VERSION'), pidFile(folder));
    expect((await place.host(folder).ready()).adopted).toBe(false);
  });
});

async function deadPid(): Promise<number> {
  const child = spawn('sleep', ['0']);
  await new Promise((resolve) => child.once('close', resolve));
  return child.pid as number;
}

/** The one kind of stranger that the server itself takes for a colleague: it may send it signals. */
async function livingPidOf(folder: string): Promise<number> {
  const { uid, gid } = statSync(path.join(folder, 'postgres'));
  bystander = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {});
  return bystander.pid as number;
}

/** A file that root writes belongs to root, whose files the server can't read. */
function ownLike(model: string, file: string): void {
  const { uid, gid } = statSync(model);
  chownSync(file, uid, gid);
}
