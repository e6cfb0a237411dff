import type { ChannelHost, Shelved } from '../channel.ts';
import type { Place } from './concat.ts';

/** One part of a message, as it is kept. */
export interface Part {
  from: string;
  total: number;
  no: number;
  coding: number;
  octets: Buffer;
}

/** A message put together; undefined for what is missing. */
export interface Whole {
  from: string;
  externalId: string;
  parts: (Part | undefined)[];
}

export interface ReassemblyParts {
  host: ChannelHost;
  account: string;
  hash(...of: string[]): string;
  /** Milliseconds until a message is passed on with gaps. */
  patience: number;
  /** Milliseconds for which parts that were passed on are remembered, so that their repeats change nothing. */
  linger: number;
  receive(whole: Whole): Promise<void>;
}

const PREFIX = 'part/';
const AGAIN = '/again';
const DONE = 'done/';
const TRIES = 3;

/**
 * Puts messages of several parts together. A part is acknowledged once it is on the shelf, which all processes share:
 * whichever of them gets the last part passes the message on, and after a restart nothing is missing. A shelf's name:
 * `part/GROUP/NO/DIGEST`, `…/again` for one that came once more after it was passed on, `part/GROUP/done/ID` for the
 * names that were.
 */
export class Reassembly {
  readonly #parts: ReassemblyParts;

  constructor(parts: ReassemblyParts) {
    this.#parts = parts;
  }

  /** Once this resolves the part is safe, and if it was the last one the message has been passed on. */
  async add(part: Part, { kind, ref }: Place): Promise<void> {
    const { account, hash } = this.#parts;
    const { shelf } = this.#parts.host;
    const group = `${PREFIX}${hash('group', part.from, kind, `${ref}`, `${part.total}`)}/`;
    const name = `${group}${part.no}/${hash('part', `${part.coding}`, part.octets.toString('base64'))}`;
    const value = JSON.stringify({ ...part, octets: part.octets.toString('base64') });
    // Another process may clear a group away that has been at rest, just when it comes to life.
    for (let tries = 0; tries < TRIES; tries++) {
      await shelf.put(account, name, value);
      const items = await shelf.list(account, group);
      if (!items.some((item) => item.name === name)) continue;
      if (consumed(items).has(name)) {
        await shelf.put(account, name + AGAIN, value);
        return this.#pass(group, await shelf.list(account, group), false);
      }
      return this.#pass(group, items, false);
    }
    throw new Error('a part of a message could not be kept');
  }

  /** Passes on what has waited long enough, and clears away what is done with. */
  async sweep(): Promise<void> {
    const { host, account, patience, linger } = this.#parts;
    const groups = new Map<string, Shelved[]>();
    for (const item of await host.shelf.list(account, PREFIX)) {
      const group = item.name.split('/', 2).join('/');
      groups.set(group, [...(groups.get(group) ?? []), item]);
    }
    for (const [group, items] of groups) {
      const fresh = waiting(items).filter(({ name }) => !name.endsWith(AGAIN));
      const oldest = Math.min(...fresh.map(({ at }) => at));
      const newest = Math.max(...items.map(({ at }) => at));
      if (fresh.length > 0) await this.#pass(`${group}/`, items, host.now() - oldest > patience);
      else if (host.now() - newest > linger)
        await host.shelf.take(
          account,
          items.map(({ name }) => name),
        );
    }
  }

  /** Passes a message on if it is whole, or `anyway` with gaps. */
  async #pass(group: string, items: Shelved[], anyway: boolean): Promise<void> {
    const { host, account, hash, receive } = this.#parts;
    // Two messages of one sender can't share a reference at a time; if they do, the newest parts belong together.
    const chosen = new Map(waiting(items).map((item) => [noOf(item), item]));
    const used = [...chosen.values()];
    if (used.every(({ name }) => name.endsWith(AGAIN))) return;
    const [first] = used.map(partOf);
    if (!first || (used.length < first.total && !anyway)) return;
    const names = used.map(({ name }) => name);
    // The time tells a message from an equal one said later with the same reference.
    const externalId = hash('whole', ...used.flatMap(({ name, at }) => [name, `${at}`]).sort());
    const parts = Array.from({ length: first.total }, (_, at) => {
      const item = chosen.get(at + 1);
      return item && partOf(item);
    });
    await receive({ from: first.from, externalId, parts });
    await host.shelf.put(account, `${group}${DONE}${externalId}`, JSON.stringify(names));
  }
}

function consumed(items: Shelved[]): Set<string> {
  const done = items.filter(({ name }) => name.split('/')[2] === 'done');
  return new Set(done.flatMap(({ value }) => JSON.parse(value) as string[]));
}

/** Parts that haven't been passed on, oldest first. */
function waiting(items: Shelved[]): Shelved[] {
  const gone = consumed(items);
  return items.filter(({ name }) => name.split('/')[2] !== 'done' && !gone.has(name));
}

const noOf = ({ name }: Shelved) => Number(name.split('/')[2]);

function partOf({ value }: Shelved): Part {
  const part = JSON.parse(value) as Omit<Part, 'octets'> & { octets: string };
  return { ...part, octets: Buffer.from(part.octets, 'base64') };
}
