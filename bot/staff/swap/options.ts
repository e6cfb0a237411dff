import type { FormContext, Option, Values } from '../../dialog/form/index.ts';
import { t } from '../../i18n/index.ts';
import { readerOf } from '../leave/words.ts';
import type { Duty } from '../roster/types.ts';
import { factsOn, isWhole, type SwapDesk } from './desk.ts';
import { dutyText, explainSwap } from './explain.ts';
import { offerOf, type Wanted, whoCan } from './find.ts';
import { checkSwap } from './rules.ts';
import type { Days, PersonFact, SwapChecked } from './types.ts';

/** What the swap form 换班单 knows besides the words. */
export interface SwapContext extends FormContext {
  readonly me: PersonFact;
  readonly desk: SwapDesk;
  readonly days: Days;
  /** 让给 was said: no return shift is asked for. */
  readonly gives: boolean;
}

/** Values that stand for no colleague in particular, and for no return shift. */
export const ANYONE = 'anyone';
export const NO_RETURN = 'none';

export const SHOWN = { partners: 5, backs: 4, shifts: 4 };

export const reader = ({ locale, policy, now }: SwapContext) => readerOf(locale, policy, now);
export const text = (duty: Duty, context: SwapContext) => dutyText(duty, reader(context));
export const optionOf = (duty: Duty, context: SwapContext): Option => ({
  title: text(duty, context),
  value: duty.shiftId,
});

/** A colleague's whole shifts that have not begun. */
export function shiftsOf(personId: string, { desk, now }: SwapContext): Duty[] {
  return desk.roster.of(personId).filter((duty) => isWhole(duty) && duty.from > now);
}

export const shiftIn = (values: Values, context: SwapContext) =>
  shiftsOf(context.me.id, context).find(({ shiftId }) => shiftId === values.shift);
export const partnerIn = (values: Values, { desk }: SwapContext) => desk.people.get(String(values.partner));
export const backIn = (values: Values, context: SwapContext) =>
  shiftsOf(String(values.partner), context).find(({ shiftId }) => shiftId === values.back);

export const wantedOf = (shift: Duty, { desk, policy, days, now, me }: SwapContext): Wanted => {
  return { desk, policy: policy.swap, days, now, me, shift };
};

export const mayGive = ({ policy }: SwapContext) => policy.swap.return.none !== 'refuse';

export function personOption({ id, name, number, ...person }: PersonFact, { locale }: SwapContext): Option {
  const team = (person as { teamName?: string | null }).teamName;
  const title = team
    ? t(locale, 'swap.partner_option_team', { name, number, team })
    : t(locale, 'swap.partner_option', { name, number });
  return { title, value: id };
}

/** Colleagues who pass every rule for the shift, fairest first; and asking all of them, where it may be given away. */
export function partners(values: Values, context: SwapContext): Option[] {
  const mine = shiftIn(values, context);
  if (!mine) return [];
  const { gives, locale } = context;
  const offers = whoCan(wantedOf(mine, context), { most: SHOWN.partners, backs: 1 });
  const fit = offers.filter((offer) => (gives ? offer.gives : offer.backs.length > 0));
  const anyone = { title: t(locale, 'swap.anyone'), value: ANYONE };
  const all = mayGive(context) && offers.some((offer) => offer.gives);
  return [...fit.map(({ person }) => personOption(person, context)), ...(all ? [anyone] : [])];
}

export function backs(values: Values, context: SwapContext): Option[] {
  const [mine, with_] = [shiftIn(values, context), partnerIn(values, context)];
  const offer = mine && with_ && offerOf(with_, wantedOf(mine, context), SHOWN.backs);
  if (!offer) return [];
  const none = { title: t(context.locale, 'swap.no_return'), value: NO_RETURN };
  const returns = offer.backs.map((duty) => optionOf(duty, context));
  return [...returns, ...(offer.gives && mayGive(context) ? [none] : [])];
}

/** My next shifts that could be swapped with somebody like me. */
export function giveable(context: SwapContext): Option[] {
  return shiftsOf(context.me.id, context)
    .filter((duty) => itself(duty, context).length === 0)
    .slice(0, SHOWN.shifts)
    .map((duty) => optionOf(duty, context));
}

/** What stands against the shift itself, whoever might take it: tried with somebody who has nothing else to do. */
export function itself(duty: Duty, context: SwapContext): string[] {
  const { me, desk } = context;
  const somebody = { ...me, id: 'somebody' };
  const facts = factsOn(desk, { kind: 'give', legs: [{ duty, giver: me, taker: somebody }] });
  const checked = checkSwap(facts, context.policy.swap, context.now, context.days);
  return refusals(checked, context, ['shift']);
}

export function refusals(
  { verdicts }: SwapChecked,
  context: SwapContext,
  about?: readonly string[],
): string[] {
  return verdicts
    .filter((each) => each.result === 'refuse' && (!about || about.includes(each.about)))
    .map((verdict) => explainSwap(verdict, reader(context)));
}
