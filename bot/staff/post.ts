import { hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { type AddressVault, staffThreads } from '../conversation/threads.ts';
import { peopleById } from '../people/directory.ts';
import { staffAccounts, staffChat } from './chats.ts';

/** Hands words to colleagues' own chats with the staff bot, from wherever something was decided. */
export interface Post {
  readonly vault: AddressVault;
  /** Wakes the chats that were told, once the transaction is committed. */
  wake(): void;
}

/**
 * Leaves a word for each of these colleagues, on each channel that they have linked; theirs is the turn that says it.
 * Those who never opened their chat get one, in which it waits.
 */
export async function tellPeople(
  unit: Unit,
  { vault, wake }: Post,
  ids: readonly string[],
  word: { kind: string; data: Record<string, unknown> },
  now: number,
): Promise<void> {
  const people = await peopleById(unit.sql, [...new Set(ids)]);
  const [account] = people.length > 0 ? await staffAccounts(unit) : [];
  if (!account) return;
  for (const person of people) {
    const own = await staffChat(unit, vault, account.id, person, now);
    for (const conversationId of new Set([own, ...(await staffThreads(unit, person.id))]))
      await hot.tell(unit.sql, { id: uuidv7(now), conversationId, ...word }, new Date(now));
  }
  unit.afterCommit(wake);
}
