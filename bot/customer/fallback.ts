import type { Turn } from '../conversation/turn.ts';
import { t } from '../i18n/index.ts';
import { queueFor, summaryOf } from './hand-off.ts';
import { button } from './say.ts';
import { type CustomerParts, type Talk, talkOf } from './talk.ts';

/**
 * What is left when a turn has failed for good: the people take over, with reason `turn_failed`, whatever the hour.
 * It relies on as little as possible, for nobody knows what failed.
 */
export function customerFallback(parts: CustomerParts): (turn: Turn) => Promise<void> {
  return async (turn) => {
    if (turn.episode.owner === 'queue') return turn.note('queued');
    const talk = talkOf(turn, parts, '');
    const { policy, memory, locale } = talk;
    const queue = queueFor(policy, memory.form?.form);
    const summary = summarise(talk);
    // What the dialogue kept may be what it stumbled over.
    turn.state = {};
    await turn.handOff({ queue: queue.id, reason: 'turn_failed', summary });
    const actions = [button(t(locale, 'customer.leave_queue'))];
    turn.say('handoff', t(locale, 'customer.sorry_failed'), { actions });
  };
}

function summarise(talk: Talk): Record<string, unknown> {
  try {
    return summaryOf(talk);
  } catch {
    return { locale: talk.locale };
  }
}
