import type { Button } from '../../channels/channel.ts';
import type { Talk } from './talk.ts';

/**
 * Says words that came from elsewhere: inbox rows of kind `say` with `{ text, actions? }`. While an agent has the
 * conversation the bot is silent; they wait until it is the bot's again.
 */
export function sayInbox({ turn, memory }: Talk): void {
  const words = turn.inbox.filter((row) => row.kind === 'say').map((row) => row.data);
  if (turn.episode.owner === 'agent') {
    if (words.length > 0) memory.later = [...(memory.later ?? []), ...words].slice(-10);
    if (memory.form) memory.form = { ...memory.form, phase: 'parked' };
    return;
  }
  for (const { text, actions } of [...(memory.later ?? []), ...words])
    turn.say('notice', String(text ?? ''), {
      ...(Array.isArray(actions) && { actions: actions as Button[] }),
    });
  delete memory.later;
}
