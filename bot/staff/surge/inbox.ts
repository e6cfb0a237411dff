import { z } from 'zod';
import type { hot } from '../../../prisma/client.ts';
import { t } from '../../i18n/index.ts';
import type { Talk } from '../talk.ts';
import { ASK_CARD, askCard, buttons, CALL_CARD, surgeCard } from './card.ts';
import { type Surge, surgeById } from './record.ts';
import { standingText, whenText } from './words.ts';

const word = z.object({ surgeId: z.uuid() });

/** Says a word about a surge from elsewhere. What is out of date is not said. */
export async function saySurgeWord({ kind, data }: hot.InboxRow, talk: Talk): Promise<void> {
  const surge = await surgeById(talk.turn.unit.sql, word.parse(data).surgeId);
  if (!surge) return;
  const { turn, person, locale, reader } = talk;
  const mine = surge.answers.find(({ personId }) => personId === person.id)?.state;
  switch (kind) {
    case 'surge.alert':
      if (surge.state === 'alerted') await sayAlert(surge, talk);
      return;
    case 'surge.ask':
      if (mine === 'asked' && surge.state === 'calling') await sayAsk(surge, talk);
      return;
    case 'surge.closed':
      if (mine === 'full' || mine === 'late') turn.say('notice', t(locale, `surge.${mine}`));
      return;
    case 'surge.outcome': {
      const text = t(locale, 'surge.outcome', { standing: standingText(surge, reader) });
      turn.say('notice', text, { card: surgeCard(surge, reader) });
    }
  }
}

async function sayAlert(surge: Surge, talk: Talk): Promise<void> {
  const { turn, locale, reader, parts } = talk;
  const { contacts, expected, onDuty, needed } = surge;
  const { windowMinutes: minutes } = parts.policy().policy.surge;
  const figures = { minutes, contacts, expected: Math.round(expected), onDuty, needed };
  const card = { ...surgeCard(surge, reader), buttons: await buttons(CALL_CARD, surge, talk) };
  turn.say('notice', t(locale, 'surge.alert', figures), { card });
}

async function sayAsk(surge: Surge, talk: Talk): Promise<void> {
  const { turn, locale, reader, parts } = talk;
  const { answerMinutes: minutes } = parts.policy().policy.surge;
  const card = { ...askCard(surge, reader), buttons: await buttons(ASK_CARD, surge, talk) };
  turn.say('notice', t(locale, 'surge.ask', { when: whenText(surge, reader), minutes }), { card });
}
