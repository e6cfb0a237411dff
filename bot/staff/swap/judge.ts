import type { Objection, Values } from '../../dialog/form/index.ts';
import { t } from '../../i18n/index.ts';
import type { Duty } from '../roster/types.ts';
import { factsOn } from './desk.ts';
import { offerOf } from './find.ts';
import {
  ANYONE,
  backIn,
  backs,
  giveable,
  itself,
  mayGive,
  partnerIn,
  partners,
  refusals,
  type SwapContext,
  shiftIn,
  shiftsOf,
  text,
  wantedOf,
} from './options.ts';
import { checkSwap } from './rules.ts';
import type { Leg, SwapChecked } from './types.ts';

/** The legs of what was chosen so far. */
export function legsIn(values: Values, context: SwapContext): [Leg] | [Leg, Leg] | undefined {
  const [mine, with_, returned] = [
    shiftIn(values, context),
    partnerIn(values, context),
    backIn(values, context),
  ];
  if (!mine || !with_) return undefined;
  const first = { duty: mine, giver: context.me, taker: with_ };
  return returned ? [first, { duty: returned, giver: with_, taker: context.me }] : [first];
}

export function checkedIn(values: Values, context: SwapContext): SwapChecked | undefined {
  const legs = legsIn(values, context);
  if (!legs) return undefined;
  const kind = legs.length === 2 ? 'swap' : 'give';
  const said = typeof values.reason === 'string' ? { reason: values.reason } : {};
  return checkSwap(
    factsOn(context.desk, { kind, legs, ...said }),
    context.policy.swap,
    context.now,
    context.days,
  );
}

/** Why the values so far don't do, with what would. */
export function objectionTo(values: Values, context: SwapContext): Objection | undefined {
  const { locale, me } = context;
  if (shiftsOf(me.id, context).length === 0) return { end: t(locale, 'swap.no_shifts') };
  if (values.shift === undefined) return undefined;
  const mine = shiftIn(values, context);
  const against = mine ? itself(mine, context) : [];
  if (!mine || against.length > 0) {
    const options = giveable(context);
    const next = options.length > 0 ? t(locale, 'swap.shifts_next') : '';
    return { field: 'shift', problem: mine ? refusalText(against, next, context) : next, options };
  }
  if (values.partner === ANYONE) return reasonObjection(values, context);
  if (values.partner === undefined || !partnerIn(values, context))
    return partners(values, context).length > 0
      ? undefined
      : { end: t(locale, 'swap.nobody', { shift: text(mine, context) }) };
  return values.back === undefined && !context.gives
    ? partnerObjection(values, mine, context)
    : wholeObjection(values, mine, context);
}

function refusalText(why: readonly string[], next: string, { locale }: SwapContext): string {
  return [t(locale, 'swap.refused_head'), ...why, next].filter(Boolean).join('\n');
}

/** Before the return shift is chosen: whether there is one at all. */
function partnerObjection(values: Values, mine: Duty, context: SwapContext): Objection | undefined {
  const person = partnerIn(values, context);
  const offer = person && offerOf(person, wantedOf(mine, context), 1);
  if (!person || (offer && (offer.backs.length > 0 || mayGive(context)))) return undefined;
  const checked = checkedIn(values, context);
  const why = checked ? refusals(checked, context, ['partner']) : [];
  const none = t(context.locale, 'swap.no_back', { partner: person.name });
  return anotherPartner(why.length > 0 ? why : [none], values, mine, context);
}

/** With everything but the reason, or with all: the first part that would have to be another. */
function wholeObjection(values: Values, mine: Duty, context: SwapContext): Objection | undefined {
  const checked = checkedIn(values, context);
  const refused = checked?.verdicts.filter(({ result }) => result === 'refuse') ?? [];
  if (!checked || refused.length === 0) return undefined;
  const why = refusals(checked, context);
  if (refused.every(({ about }) => about === 'reason')) return { field: 'reason', problem: why.join('\n') };
  const options = context.gives ? [] : backs(values, context);
  if (options.length > 0 && refused.every(({ about }) => about === 'back' || about === 'reason'))
    return { field: 'back', problem: refusalText(why, '', context), options };
  return anotherPartner(why, values, mine, context);
}

function anotherPartner(why: readonly string[], values: Values, mine: Duty, context: SwapContext): Objection {
  const options = partners(values, context);
  if (options.length > 0) return { field: 'partner', problem: refusalText(why, '', context), options };
  const nobody = t(context.locale, 'swap.nobody', { shift: text(mine, context) });
  return { end: refusalText(why, nobody, context) };
}

function reasonObjection({ reason }: Values, { policy, locale }: SwapContext): Objection | undefined {
  if (typeof reason !== 'string') return undefined;
  const { min, max } = policy.swap.reason;
  const length = [...reason].length;
  if (length >= min && length <= max) return undefined;
  return { field: 'reason', problem: t(locale, 'swap.figures_reason', { length, min, max }) };
}
