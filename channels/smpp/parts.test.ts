import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryHost } from '../../test/fakes/memory-host.ts';
import type { Place } from './concat.ts';
import { Reassembly, type Whole } from './parts.ts';

let now = 0;
let host: MemoryHost;
const passed: string[] = [];
const ids = new Set<string>();
const process = (receive = async (whole: Whole) => take(whole)) =>
  new Reassembly({
    host,
    account: 'smpp:a',
    hash: (...of) => Buffer.from(of.join('|')).toString('base64url'),
    patience: 120_000,
    linger: 600_000,
    receive,
  });
/** As the product takes it: an id that it has seen changes nothing. */
function take({ externalId, parts }: Whole) {
  if (ids.has(externalId)) return;
  ids.add(externalId);
  passed.push(parts.map((part) => part?.octets ?? '…').join(''));
}
const add = (to: Reassembly, no: number, text: string, total = 3) => {
  const place: Place = { kind: 'udh8', ref: 9, total, no };
  return to.add({ from: '+8613912345678', total, no, coding: 0, octets: Buffer.from(text) }, place);
};
beforeEach(() => {
  now = 1_000_000;
  host = new MemoryHost([], () => now);
  passed.length = 0;
  ids.clear();
});

describe('parts', () => {
  it('that two processes complete at once are one message', async () => {
    const [one, two] = [process(), process()];
    await Promise.all([add(one, 1, 'a'), add(two, 2, 'b'), add(one, 3, 'c'), add(two, 3, 'c')]);
    expect(passed).toEqual(['abc']);
  });

  it('are passed on by the next process, if one died between passing on and saying so', async () => {
    const dying = process(async (whole) => {
      take(whole);
      throw new Error('dies');
    });
    await add(dying, 1, 'a', 2);
    await expect(add(dying, 2, 'b', 2)).rejects.toThrow('dies');
    await process().sweep();
    await add(process(), 2, 'b', 2);
    expect(passed).toEqual(['ab']);
  });

  it('wait for the missing one as long as they must, and no longer', async () => {
    const own = process();
    await add(own, 1, 'a');
    await add(own, 3, 'c');
    now += 120_000;
    await own.sweep();
    expect(passed).toEqual([]);
    now += 1;
    await own.sweep();
    await own.sweep();
    expect(passed).toEqual(['a…c']);
  });

  it('that share some of an older message, whose reference is used again, are another message', async () => {
    const own = process();
    for (const [at, text] of ['a', 'b', 'c'].entries()) await add(own, at + 1, text);
    await add(own, 3, 'd');
    await add(own, 1, 'a');
    expect(passed).toEqual(['abc']);
    await add(own, 2, 'b');
    expect(passed).toEqual(['abc', 'abd']);
  });

  it('are forgotten in time: what is said again later is said again', async () => {
    const own = process();
    for (let round = 0; round < 2; round++) {
      for (const [at, text] of ['a', 'b', 'c'].entries()) await add(own, at + 1, text);
      await add(own, 2, 'b');
      now += 600_001;
      await own.sweep();
      expect(host.shelved.size).toBe(0);
    }
    expect(passed).toEqual(['abc', 'abc']);
  });

  it('that could not be kept are not said to be safe', async () => {
    const { list } = host.shelf;
    // Another process clears the group away whenever we look.
    host.shelf.list = async (account, prefix) => {
      host.shelved.clear();
      return list(account, prefix);
    };
    await expect(add(process(), 1, 'a')).rejects.toThrow('could not be kept');
  });
});
