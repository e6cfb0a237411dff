import { t } from '../../i18n/index.ts';
import { plain } from '../command.ts';
import type { Talk } from '../talk.ts';
import { buttons, CALL_CARD, surgeCard } from './card.ts';
import { agreedBy, setAgreed } from './consent.ts';
import { newestSurge } from './record.ts';

export const AGREES =
  /^(?:忙的时候|高峰时?)?(?:可以|同意|愿意)叫我(?:来)?加班$|^you (?:may|can) call me in$/u;
export const REFUSES =
  /^(?:别|不要|不用|不可以|不同意)(?:再)?叫我(?:来)?加班了?$|^(?:do not|don['’]t) call me in$/u;

/** 「可以叫我加班」, 「别叫我加班」; else how it is set, with the other as a button. */
export async function overtimeTyped(text: string, talk: Talk): Promise<void> {
  const { turn, parts, person, locale } = talk;
  const said = plain(text);
  const { restHours: hours } = parts.policy().policy.roster;
  const agreed = AGREES.test(said) ? true : REFUSES.test(said) ? false : undefined;
  if (agreed !== undefined) {
    await setAgreed(turn.unit, parts, person.id, agreed, turn.now);
    return turn.say('answer', t(locale, agreed ? 'surge.agreed' : 'surge.disagreed', { hours }));
  }
  const on = (await agreedBy(turn.unit.sql, person.id)) ?? false;
  const title = t(locale, on ? 'surge.button_disagree' : 'surge.button_agree');
  const actions = [{ title, value: title }];
  turn.say('answer', t(locale, on ? 'surge.setting_on' : 'surge.setting_off'), { actions });
}

/** 高峰支援: the last surge, who comes; with the buttons while nobody has decided. */
export async function surgeTyped(_text: string, talk: Talk): Promise<void> {
  const { turn, locale, reader } = talk;
  const surge = await newestSurge(turn.unit.sql);
  if (!surge) return turn.say('answer', t(locale, 'surge.none'));
  const card = surgeCard(surge, reader);
  const shown =
    surge.state === 'alerted' ? { ...card, buttons: await buttons(CALL_CARD, surge, talk) } : card;
  turn.say('answer', t(locale, 'surge.now'), { card: shown });
}
