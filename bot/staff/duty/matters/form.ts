import type { Field, Form, FormContext, Json, Parsed, Values } from '../../../dialog/form/index.ts';
import { namesIn } from '../../../dialog/names.ts';
import { t } from '../../../i18n/index.ts';
import type { Person } from '../../../people/person.ts';
import { URGENCIES, type Urgency } from '../../../policy/schema.ts';
import { postName } from '../../leave/explain.ts';
import type { LadderStep } from '../../leave/ladder.ts';
import { readMatter, splitSuggestion, urgencyIn } from './read.ts';
import { startOf } from './rules.ts';

/** As the command: said again while the form is open, it answers it. */
export const MATTER_FORM = 'report';

export interface MatterContext extends FormContext {
  readonly steps: readonly LadderStep[];
  /** Those at the steps, as sentences may name them. */
  readonly leaders: readonly Person[];
  /** The first sentence names one of them. */
  readonly named: boolean;
}

function written(text: string, { locale, policy }: MatterContext): Parsed<Json> {
  const { min, max } = policy.reporting.characters;
  const value = text.trim();
  const letters = value.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (letters < min) return { problem: t(locale, 'matter.too_short') };
  return value.length > max ? { problem: t(locale, 'matter.too_long', { max }) } : { value };
}

const problem: Field<MatterContext> = {
  ...{ key: 'problem', label: 'matter.field_problem', ask: 'matter.ask_problem', free: true },
  parse: written,
};

const suggestion: Field<MatterContext> = {
  ...{ key: 'suggestion', label: 'matter.field_suggestion', ask: 'matter.ask_suggestion', free: true },
  when: (values, { policy }) =>
    values.suggestion !== undefined || !policy.reporting.withoutSuggestion.includes(urgencyOf(values)),
  parse: written,
};

const urgency: Field<MatterContext> = {
  ...{ key: 'urgency', label: 'matter.field_urgency', ask: 'matter.ask_urgency' },
  options: (_values, { locale }) =>
    URGENCIES.map((value) => ({ title: t(locale, `matter.urgency_${value}`), value })),
  parse(text, { locale }) {
    const value = URGENCIES.find((each) => each === text) ?? urgencyIn(text.trim());
    return value ? { value } : { problem: t(locale, 'matter.urgency_unread') };
  },
  show: (value, { locale }) => t(locale, `matter.urgency_${value as Urgency}`),
};

const to: Field<MatterContext> = {
  ...{ key: 'to', label: 'matter.field_to', ask: 'matter.ask_to' },
  // Level by level there is nothing to choose, unless somebody higher was named.
  when: (values, { steps, policy, named }) =>
    named ||
    values.to !== undefined ||
    (steps.length > 1 && policy.reporting.maySkip.includes(urgencyOf(values))),
  options: (_values, context) => optionsOf(context),
  parse(text, context) {
    const found = stepNamed(text, context);
    if (found) return { value: found.approverId };
    const said = urgencyIn(text.trim());
    const others = said && { others: { urgency: said } };
    const problem = t(context.locale, said ? 'matter.to_urgency' : 'matter.to_unread');
    return { problem, options: optionsOf(context), ...others };
  },
  show: (value, context) =>
    stepText(
      context.steps.find(({ approverId }) => approverId === value),
      context,
    ),
};

/** The form of a report 请示: what, what its reporter suggests, how urgent; and in an emergency, to whom. */
export const matterForm: Form<MatterContext> = {
  name: MATTER_FORM,
  title: 'matter.form_title',
  fields: [urgency, to, problem, suggestion],
  fromSentence(text, context) {
    const said = readMatter(text);
    const report = said?.do === 'report' ? said : { urgency: 'ordinary' as const, to: undefined, text };
    const { problem: what, suggestion: how } = splitSuggestion(report.text);
    const named = report.to !== undefined && stepNamed(report.to, context);
    return {
      urgency: report.urgency,
      ...(named && { to: named.approverId }),
      ...(what && { problem: what }),
      ...(how && { suggestion: how }),
    };
  },
  check(values, context) {
    const { steps, policy, locale } = context;
    if (values.to === undefined) return undefined;
    const begins = startOf(steps, String(values.to), urgencyOf(values), policy.reporting.maySkip);
    if (!('refused' in begins)) return undefined;
    const [first] = steps;
    const problem = t(locale, 'matter.skips', {
      quote: t(locale, 'matter.quote_levels'),
      first: stepText(first, context),
      named: stepText(
        steps.find(({ approverId }) => approverId === values.to),
        context,
      ),
    });
    return { field: 'to', problem, options: optionsOf(context).slice(0, 1) };
  },
  facts(values, context) {
    const level = levelIn(values, context);
    const skipped = context.steps.slice(0, level).map((step) => stepText(step, context));
    const { locale } = context;
    const separator = t(locale, 'leave.list_separator');
    const line = (label: 'first' | 'skipped', value: string) => {
      return { label: t(locale, `matter.fact_${label}`), value };
    };
    return [
      ...(values.to === undefined ? [line('first', stepText(context.steps[level], context))] : []),
      ...(skipped.length > 0 ? [line('skipped', skipped.join(separator))] : []),
    ];
  },
};

export function urgencyOf(values: Values): Urgency {
  return URGENCIES.find((each) => each === values.urgency) ?? 'ordinary';
}

/** Where it begins; the rules have let it pass. */
export function levelIn(values: Values, { steps, policy }: MatterContext): number {
  const asked = values.to === undefined ? undefined : String(values.to);
  const begins = startOf(steps, asked, urgencyOf(values), policy.reporting.maySkip);
  return 'refused' in begins ? 0 : begins.level;
}

const optionsOf = (context: MatterContext) =>
  context.steps.map((step) => ({ title: stepText(step, context), value: step.approverId }));

function stepText(step: LadderStep | undefined, { locale }: MatterContext): string {
  if (!step) return '';
  return t(locale, 'leave.approver', { post: postName(step.role, locale), name: step.approverName });
}

/** 「主任」, 「宋主任」, 「4001」: of the levels above, the one whom it means; the lowest, should it fit several. */
export function stepNamed(
  text: string,
  { steps, leaders, locale }: Pick<MatterContext, 'steps' | 'leaders' | 'locale'>,
): LadderStep | undefined {
  const said = text.trim();
  const pressed = steps.find(({ approverId }) => approverId === said);
  if (pressed) return pressed;
  const named = namesIn(said, leaders)[0]?.people.map(({ id }) => id) ?? [];
  const byName = steps.find(({ approverId }) => named.includes(approverId));
  return byName ?? steps.find(({ role }) => postName(role, locale).endsWith(said) && said.length > 1);
}
