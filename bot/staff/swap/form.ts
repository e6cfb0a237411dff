import { dateContext, describeSpan, readDates } from '../../dialog/dates/index.ts';
import type {
  Field,
  Form,
  FormContext,
  Json,
  Objection,
  Option,
  Parsed,
  Values,
} from '../../dialog/form/index.ts';
import { t } from '../../i18n/index.ts';
import { leaveSpanOf, missedShifts } from '../leave/missed.ts';
import { readerOf } from '../leave/words.ts';
import type { Duty } from '../roster/types.ts';
import { factsOn, isWhole, type SwapDesk } from './desk.ts';
import { dutyText, explainSwap } from './explain.ts';
import { offerOf, type Wanted, whoCan } from './find.ts';
import { checkSwap } from './rules.ts';
import type { Days, Leg, PersonFact, SwapChecked } from './types.ts';
import { understandSwap } from './understand.ts';

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

const SHOWN = { partners: 5, backs: 4, shifts: 4 };

const reader = ({ locale, policy, now }: SwapContext) => readerOf(locale, policy, now);
const text = (duty: Duty, context: SwapContext) => dutyText(duty, reader(context));
const optionOf = (duty: Duty, context: SwapContext): Option => ({
  title: text(duty, context),
  value: duty.shiftId,
});

/** A colleague's whole shifts that have not begun. */
function shiftsOf(personId: string, { desk, now }: SwapContext): Duty[] {
  return desk.roster.of(personId).filter((duty) => isWhole(duty) && duty.from > now);
}

export const shiftIn = (values: Values, context: SwapContext) =>
  shiftsOf(context.me.id, context).find(({ shiftId }) => shiftId === values.shift);
export const partnerIn = (values: Values, { desk }: SwapContext) => desk.people.get(String(values.partner));
export const backIn = (values: Values, context: SwapContext) =>
  shiftsOf(String(values.partner), context).find(({ shiftId }) => shiftId === values.back);

const wantedOf = (shift: Duty, { desk, policy, days, now, me }: SwapContext): Wanted => {
  return { desk, policy: policy.swap, days, now, me, shift };
};

const mayGive = ({ policy }: SwapContext) => policy.swap.return.none !== 'refuse';

/** The shift that words, or a pressed option, name among some. */
function readShift(said: string, shifts: readonly Duty[], context: SwapContext): Parsed<Json> {
  const pressed = shifts.find(({ shiftId }) => shiftId === said);
  if (pressed) return { value: pressed.shiftId };
  const { locale, policy, now } = context;
  const { timeZone, businessDayStartsAt } = policy.centre;
  const { spans, ambiguous } = readDates(said, dateContext(now, timeZone, businessDayStartsAt));
  const { today } = reader(context);
  if (ambiguous)
    return {
      problem: t(locale, `dates.ask_${ambiguous.code}`, { text: ambiguous.text, start: businessDayStartsAt }),
      options: ambiguous.choices.map((each) => ({
        title: describeSpan(each, locale, today),
        value: describeSpan(each, locale),
      })),
    };
  const [span] = spans;
  const some = (list: readonly Duty[]) => list.slice(0, SHOWN.shifts).map((duty) => optionOf(duty, context));
  if (!span) return { problem: t(locale, 'swap.shift_unread'), options: some(shifts) };
  const facts = shifts.map((duty) => ({ ...duty, id: duty.shiftId }));
  const meant = missedShifts(leaveSpanOf(span), facts, policy.leave.parts, timeZone).map(
    ({ shift }) => shift.id,
  );
  const found = shifts.filter(({ shiftId }) => meant.includes(shiftId));
  const [only, ...more] = found;
  const dates = describeSpan(span, locale, today);
  if (!only) return { problem: t(locale, 'swap.shift_none', { dates }), options: some(shifts) };
  if (more.length > 0) return { problem: t(locale, 'swap.shift_several', { dates }), options: some(found) };
  return { value: only.shiftId, echo: text(only, context) };
}

const shift: Field<SwapContext> = {
  key: 'shift',
  label: 'swap.field_shift',
  ask: 'swap.ask_shift',
  options: (_values, context) => giveable(context),
  parse: (said, context) => readShift(said, shiftsOf(context.me.id, context), context),
  show: (value, context) => {
    const found = shiftIn({ shift: value }, context);
    return found ? text(found, context) : '';
  },
};

const partner: Field<SwapContext> = {
  key: 'partner',
  label: 'swap.field_partner',
  ask: 'swap.ask_partner',
  options: (values, context) => partners(values, context),
  parse(said, context) {
    const { desk, locale, me } = context;
    if (said === ANYONE) return { value: ANYONE };
    const name = said.trim().toLowerCase();
    const found = [...desk.people.values()].filter(
      (each) => each.id === said || each.number === name || each.name.toLowerCase() === name,
    );
    const [only, ...more] = found;
    if (only?.id === me.id) return { problem: t(locale, 'swap.yourself') };
    if (only && more.length === 0) return { value: only.id };
    const options = found.map((each) => personOption(each, context));
    return { problem: t(locale, more.length > 0 ? 'swap.which' : 'swap.partner_unread'), options };
  },
  show(value, context) {
    const found = partnerIn({ partner: value }, context);
    return found ? personOption(found, context).title : t(context.locale, 'swap.anyone');
  },
};

const back: Field<SwapContext> = {
  key: 'back',
  label: 'swap.field_back',
  ask: 'swap.ask_back',
  when: (values, { gives }) => !gives && values.partner !== ANYONE,
  options: (values, context) => backs(values, context),
  parse(said, context, values) {
    if (said === NO_RETURN) return { value: NO_RETURN };
    return readShift(said, shiftsOf(String(values.partner), context), context);
  },
  show(value, context) {
    if (value === NO_RETURN) return t(context.locale, 'swap.no_return_shown');
    const found = [...context.desk.people.keys()]
      .flatMap((id) => context.desk.roster.of(id))
      .find(({ shiftId }) => shiftId === value);
    return found ? text(found, context) : '';
  },
};

const reason: Field<SwapContext> = {
  key: 'reason',
  label: 'swap.field_reason',
  ask: 'swap.ask_reason',
  free: true,
  parse: (said) => ({ value: said.trim() }),
};

function personOption({ id, name, number, ...person }: PersonFact, { locale }: SwapContext): Option {
  const team = (person as { teamName?: string | null }).teamName;
  const title = team
    ? t(locale, 'swap.partner_option_team', { name, number, team })
    : t(locale, 'swap.partner_option', { name, number });
  return { title, value: id };
}

/** Colleagues who pass every rule for the shift, fairest first; and asking all of them, where it may be given away. */
function partners(values: Values, context: SwapContext): Option[] {
  const mine = shiftIn(values, context);
  if (!mine) return [];
  const { gives, locale } = context;
  const offers = whoCan(wantedOf(mine, context), { most: SHOWN.partners, backs: 1 });
  const fit = offers.filter((offer) => (gives ? offer.gives : offer.backs.length > 0));
  const anyone = { title: t(locale, 'swap.anyone'), value: ANYONE };
  const all = mayGive(context) && offers.some((offer) => offer.gives);
  return [...fit.map(({ person }) => personOption(person, context)), ...(all ? [anyone] : [])];
}

function backs(values: Values, context: SwapContext): Option[] {
  const [mine, with_] = [shiftIn(values, context), partnerIn(values, context)];
  const offer = mine && with_ && offerOf(with_, wantedOf(mine, context), SHOWN.backs);
  if (!offer) return [];
  const none = { title: t(context.locale, 'swap.no_return'), value: NO_RETURN };
  const returns = offer.backs.map((duty) => optionOf(duty, context));
  return [...returns, ...(offer.gives && mayGive(context) ? [none] : [])];
}

/** My next shifts that could be swapped with somebody like me. */
function giveable(context: SwapContext): Option[] {
  return shiftsOf(context.me.id, context)
    .filter((duty) => itself(duty, context).length === 0)
    .slice(0, SHOWN.shifts)
    .map((duty) => optionOf(duty, context));
}

/** What stands against the shift itself, whoever might take it: tried with somebody who has nothing else to do. */
function itself(duty: Duty, context: SwapContext): string[] {
  const { me, desk } = context;
  const somebody = { ...me, id: 'somebody' };
  const facts = factsOn(desk, { kind: 'give', legs: [{ duty, giver: me, taker: somebody }] });
  const checked = checkSwap(facts, context.policy.swap, context.now, context.days);
  return refusals(checked, context, ['shift']);
}

function refusals({ verdicts }: SwapChecked, context: SwapContext, about?: readonly string[]): string[] {
  return verdicts
    .filter((each) => each.result === 'refuse' && (!about || about.includes(each.about)))
    .map((verdict) => explainSwap(verdict, reader(context)));
}

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
function objectionTo(values: Values, context: SwapContext): Objection | undefined {
  const { locale, me } = context;
  if (shiftsOf(me.id, context).length === 0) return { end: t(locale, 'swap.no_shifts') };
  const mine = shiftIn(values, context);
  if (!mine)
    return values.shift === undefined
      ? undefined
      : { field: 'shift', problem: t(locale, 'swap.ask_shift'), options: giveable(context) };
  const head = (why: readonly string[], next: string) =>
    [t(locale, 'swap.refused_head'), ...why, next].filter(Boolean).join('\n');
  const against = itself(mine, context);
  if (against.length > 0) {
    const options = giveable(context);
    return {
      field: 'shift',
      problem: head(against, options.length > 0 ? t(locale, 'swap.shifts_next') : ''),
      options,
    };
  }
  if (values.partner === undefined) {
    return partners(values, context).length > 0
      ? undefined
      : { end: t(locale, 'swap.nobody', { shift: text(mine, context) }) };
  }
  if (values.partner === ANYONE) return reasonObjection(values, context);
  const with_ = partnerIn(values, context);
  if (!with_)
    return { field: 'partner', problem: t(locale, 'swap.ask_partner'), options: partners(values, context) };
  const open = values.back === undefined && !context.gives;
  const found = offerOf(with_, wantedOf(mine, context), 1);
  if (open && (found?.backs.length || (found?.gives && mayGive(context)))) return undefined;
  const checked = checkedIn(values, context);
  const why = checked ? refusals(checked, context, open ? ['partner'] : undefined) : [];
  if (!open && why.length === 0) return undefined;
  if (
    checked?.verdicts.some(({ about, result }) => about === 'reason' && result === 'refuse') &&
    why.length === 1
  )
    return { field: 'reason', problem: why.join('\n') };
  const returns = backs(values, context);
  if (
    !open &&
    returns.length > 0 &&
    !context.gives &&
    checked?.verdicts.every((v) => v.result !== 'refuse' || v.about === 'back')
  )
    return { field: 'back', problem: head(why, t(locale, 'swap.ask_back')), options: returns };
  const no = why.length > 0 ? why : [t(locale, 'swap.no_back', { partner: with_.name })];
  const options = partners(values, context);
  if (options.length === 0)
    return { end: head(no, t(locale, 'swap.nobody', { shift: text(mine, context) })) };
  return { field: 'partner', problem: head(no, t(locale, 'swap.ask_partner')), options };
}

function reasonObjection(values: Values, context: SwapContext): Objection | undefined {
  if (typeof values.reason !== 'string') return undefined;
  const { min, max } = context.policy.swap.reason;
  const length = [...values.reason].length;
  if (length >= min && length <= max) return undefined;
  return { field: 'reason', problem: t(context.locale, 'swap.figures_reason', { length, min, max }) };
}

/** The swap form 换班单: what is missing is asked, and only what the rules allow is offered. */
export const swapForm: Form<SwapContext> = {
  name: 'swap',
  title: 'swap.form_title',
  fields: [shift, partner, back, reason],
  fromSentence(sentence, { now, policy }) {
    const { timeZone, businessDayStartsAt } = policy.centre;
    const said = understandSwap(sentence, dateContext(now, timeZone, businessDayStartsAt));
    const dated = said.dates.spans.length > 0 || said.dates.ambiguous || said.dates.problem;
    return {
      ...(dated && { shift: said.mine }),
      ...(said.partner && { partner: said.partner }),
      ...(said.back && said.partner && { back: said.back }),
      ...(said.reason && { reason: said.reason }),
    };
  },
  check: objectionTo,
  facts(values, context) {
    const needed =
      checkedIn(values, context)?.verdicts.filter(({ result }) => result === 'needsManager') ?? [];
    if (needed.length === 0) return [];
    const value = needed.map((verdict) => explainSwap(verdict, reader(context))).join('\n');
    return [{ label: t(context.locale, 'swap.fact_consent_needed'), value }];
  },
};
