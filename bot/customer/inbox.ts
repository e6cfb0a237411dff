import type { Button } from '../../channels/channel.ts';
import { t } from '../i18n/index.ts';
import { ticketOf } from '../tickets/read.ts';
import { showMenu } from './menu.ts';
import { statusOf } from './status.ts';
import type { Talk } from './talk.ts';

/**
 * Says words that came from elsewhere: `say` with `{ text, actions? }`, `ticket` with `{ number }`, whose state has
 * changed, and `joined`: somebody opened the conversation on a channel where we say the first word.
 */
export async function sayInbox(talk: Talk): Promise<void> {
  const { turn } = talk;
  for (const { kind, data } of turn.inbox) {
    if (kind === 'say') {
      const { text, actions } = data;
      const buttons = Array.isArray(actions) ? { actions: actions as Button[] } : {};
      turn.say('notice', String(text ?? ''), buttons);
    }
    if (kind === 'joined')
      showMenu(
        talk,
        [],
        {},
        t(talk.locale, 'channel.joined', { name: talk.policy.centre.name[talk.locale] }),
      );
    if (kind === 'ticket') {
      const ticket = await ticketOf(turn.unit.sql, turn.conversation.id, { number: String(data.number) });
      if (ticket) turn.say('notice', statusOf(talk, ticket));
    }
  }
}
