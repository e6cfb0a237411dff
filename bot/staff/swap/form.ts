import { dateContext, describeSpan, readDates } from '../../dialog/dates/index.ts';
import type { Field, Form, Json, Parsed } from '../../dialog/form/index.ts';
import { t } from '../../i18n/index.ts';
import { leaveSpanOf, missedShifts } from '../leave/missed.ts';
import type { Duty } from '../roster/types.ts';
import { explainSwap } from './explain.ts';
import { checkedIn, objectionTo } from './judge.ts';
import {
  ANYONE,
  backs,
  giveable,
  NO_RETURN,
  optionOf,
  partnerIn,
  partners,
  personOption,
  reader,
  SHOWN,
  type SwapContext,
  shiftIn,
  shiftsOf,
  text,
} from './options.ts';
import { understandSwap } from './understand.ts';

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
    if (options.length === 0) return { problem: t(locale, 'swap.partner_unread') };
    return { problem: t(locale, 'swap.which'), options };
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
