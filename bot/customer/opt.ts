import type { Heard } from '../conversation/turn.ts';
import { t } from '../i18n/index.ts';
import { optWord } from '../policy/contact.ts';
import { tellCustomer } from './say.ts';
import type { Talk } from './talk.ts';

/**
 * Answers a word that opts out of what we start ourselves, or in again; the worker has honoured it already. Said once:
 * who sends it again has been told, and so has whom the platform told itself. Undefined where it is no such word here.
 */
export function opting(talk: Talk, text: string, opts: Heard['opts']): (() => void) | undefined {
  const { turn, memory, policy, locale } = talk;
  // Where customers follow by themselves nothing of ours arrives unasked, and 退订 is a wish like any other.
  if (!turn.conversation.can?.push) return undefined;
  const word = opts?.to ?? optWord(policy.contact, text);
  if (!word) return undefined;
  return () => {
    const out = word === 'out';
    if (out === (memory.optedOut ?? false)) return turn.note('silent');
    memory.optedOut = out;
    if (opts?.confirmed) return turn.note('silent');
    const back = (out ? policy.contact.optInWords : policy.contact.optOutWords)[0] ?? '';
    tellCustomer(talk, 'answer', t(locale, out ? 'channel.opted_out' : 'channel.opted_in', { word: back }));
    turn.note('notice');
  };
}
