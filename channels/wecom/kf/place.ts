import { z } from 'zod';
import type { ChannelHost } from '../../channel.ts';

const NAME = 'read';
/** The shelf forgets after 30 days; a quiet account's place is put there anew. */
const FRESH = 24 * 3600_000;

/** How far we have read. What customers wrote before the account was first opened here isn't answered any more. */
const placeShape = z.object({ since: z.number(), cursor: z.string().optional() });
export type Place = z.infer<typeof placeShape>;

/** The place of an account; where there is none, from now on. `old`: to be put on the shelf again. */
export async function readPlace(host: ChannelHost, account: string): Promise<Place & { old: boolean }> {
  const [kept] = await host.shelf.list(account, NAME);
  if (kept) return { ...placeShape.parse(JSON.parse(kept.value)), old: kept.at < host.now() - FRESH };
  const first = { since: host.now() };
  await writePlace(host, account, first);
  return { ...first, old: false };
}

/** Two processes may write side by side: whichever place stays, all before it has been taken in. */
export async function writePlace(host: ChannelHost, account: string, place: Place): Promise<void> {
  await host.shelf.set(account, NAME, JSON.stringify(place));
}
