import type { Account } from '../../channels/channel.ts';
import type { Database, Unit } from '../../prisma/client.ts';
import { type AddressVault, staffThread, thread } from '../conversation/threads.ts';
import type { Person } from '../people/person.ts';

/** The colleagues' accounts that are on, oldest first. */
export async function staffAccounts({ prisma }: Pick<Database, 'prisma'>): Promise<Account[]> {
  const rows = await prisma.channelAccount.findMany({
    where: { active: true, audience: 'staff' },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, channel, name, settings }) => {
    return { id, channel, name, audience: 'staff', settings: settings as Account['settings'] };
  });
}

/**
 * A colleague's own chat with the staff bot, made if they never opened one: what is left there waits for them.
 * Safe in a turn, for it locks no conversation.
 */
export async function staffChat(
  unit: Pick<Unit, 'sql'>,
  vault: AddressVault,
  account: string,
  person: Pick<Person, 'id' | 'locale'>,
  now: number,
): Promise<string> {
  const { id: personId, locale } = person;
  const known = await staffThread(unit, account, personId);
  if (known) return known;
  return thread(unit, vault, { account, key: personId, audience: 'staff', locale, personId }, now);
}
