import { z } from 'zod';
import type { Account, Channel } from '../../channels/channel.ts';
import type { Database } from '../../prisma/client.ts';
import type { AddressVault } from '../conversation/threads.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { localeOf } from '../i18n/index.ts';
import { staffAccounts, staffChat } from './chats.ts';

export interface StaffRouteParts {
  db: Database;
  vault(): AddressVault;
  channelOf(account: string): Channel | undefined;
}

const invitation = z.strictObject({
  conversationId: z.uuid(),
  token: z.string(),
  /** Seconds until the token has to be refreshed. */
  expires_in: z.number(),
});

/** The way into one's own staff chat 内部助手, for the console and for /staff. */
export function staffRoutes({ db, vault, channelOf }: StaffRouteParts): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/staff/directline-token',
      action: 'staffchat.open',
      summary: 'A Direct Line token for one’s own conversation with the staff bot',
      response: invitation,
      async handler({ person, now }) {
        const account = (await staffAccounts(db)).find(({ id }) => channelOf(id)?.invite);
        const channel = account && channelOf(account.id);
        if (!account || !channel?.invite) throw new AppError('unavailable', 'no channel has a staff chat');
        const who = { id: person.id, locale: localeOf(person.locale) };
        const chat = await staffChat(db, vault(), account.id, who, now);
        return invited(channel, chat, account, person.id);
      },
    }),
  ];
}

async function invited(channel: Channel, chat: string, account: Account, personId: string) {
  return invitation.parse(await channel.invite?.(chat, account, personId));
}
