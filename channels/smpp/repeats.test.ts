import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryHost } from '../../test/fakes/memory-host.ts';
import { Repeats } from './repeats.ts';

let now = 0;
let host: MemoryHost;
/** A session whose SMSC never says that it has read anything. */
const session = () =>
  new Repeats({
    host,
    account: 'smpp:a',
    window: 600_000,
    enquire: () => Promise.reject(new Error('the link broke')),
    onError: (error) => expect.unreachable(String(error)),
  });
beforeEach(() => {
  now = 1_000_000;
  host = new MemoryHost([], () => now);
});

describe('what was left unanswered for sure by a session that ended', () => {
  it('is known when it comes again, once, and for the window only', async () => {
    const first = await session().arrive('f', 1, now);
    const later = session();
    expect((await later.arrive('f', 1, now)).id).toBe(first.id);
    expect((await later.arrive('f', 2, now)).id).not.toBe(first.id);
    expect((await later.arrive('g', 3, now)).id).not.toBe(first.id);
    now += 600_001;
    await later.sweep();
    expect((await session().arrive('f', 1, now)).id).toBe(first.id);
    now += 600_001;
    const last = session();
    now += 600_001;
    await last.sweep();
    expect((await last.arrive('f', 1, now)).id).not.toBe(first.id);
  });

  it('the time while there was no link does not count', async () => {
    const first = await session().arrive('f', 1, now);
    now += 24 * 3_600_000;
    expect((await session().arrive('f', 1, now)).id).toBe(first.id);
  });
});

describe('within a session', () => {
  it('the same sequence number is the same message, another number another', async () => {
    const own = session();
    const first = await own.arrive('f', 1, now);
    expect((await own.arrive('f', 1, now + 10)).id).toBe(first.id);
    expect((await own.arrive('f', 2, now + 10)).id).not.toBe(first.id);
  });

  it('while we are slow an equal one may be the repeat, but not one that came at once', async () => {
    const own = session();
    const first = await own.arrive('f', 1, now);
    expect((await own.arrive('f', 2, now + 1000)).id).not.toBe(first.id);
    expect((await own.arrive('f', 3, now + 6000)).id).toBe(first.id);
  });
});
