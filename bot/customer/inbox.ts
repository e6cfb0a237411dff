import type { Button } from '../../channels/channel.ts';
import type { Talk } from './talk.ts';

/** Says words that came from elsewhere: inbox rows of kind `say` with `{ text, actions? }`. */
export function sayInbox({ turn }: Talk): void {
  for (const { kind, data } of turn.inbox) {
    if (kind !== 'say') continue;
    const { text, actions } = data;
    const buttons = Array.isArray(actions) ? { actions: actions as Button[] } : {};
    turn.say('notice', String(text ?? ''), buttons);
  }
}
