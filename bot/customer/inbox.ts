import type { Button } from '../../channels/channel.ts';
import { ticketOf } from '../tickets/read.ts';
import { statusOf } from './status.ts';
import type { Talk } from './talk.ts';

/**
 * Says words that came from elsewhere: `say` with `{ text, actions? }`, and `ticket` with `{ number }`, whose state
 * has changed.
 */
export async function sayInbox(talk: Talk): Promise<void> {
  const { turn } = talk;
  for (const { kind, data } of turn.inbox) {
    if (kind === 'say') {
      const { text, actions } = data;
      const buttons = Array.isArray(actions) ? { actions: actions as Button[] } : {};
      turn.say('notice', String(text ?? ''), buttons);
    }
    if (kind === 'ticket') {
      const ticket = await ticketOf(turn.unit.sql, turn.conversation.id, { number: String(data.number) });
      if (ticket) turn.say('notice', statusOf(talk, ticket));
    }
  }
}
