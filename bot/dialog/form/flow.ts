import { say, t } from '../../i18n/index.ts';
import { readNumberChoice } from '../read.ts';
import { plain } from './commands.ts';
import type { Field, Form, FormContext, FormState, Option, Parsed, Said, Step, Values } from './types.ts';

/** A form on its way: what every function here works on. */
export interface Run<C extends FormContext> {
  form: Form<C>;
  state: FormState;
  context: C;
}

/** The fields that count with these values, in order. */
export function activeFields<C extends FormContext>({ form, state, context }: Run<C>): Field<C>[] {
  return form.fields.filter((field) => field.when?.(state.values, context) ?? true);
}

export function fieldAt<C extends FormContext>(run: Run<C>): Field<C> | undefined {
  return run.form.fields.find((field) => field.key === run.state.at);
}

/** What `text` means to a field: the option it names, or what the field's parser reads. */
export function readField<C extends FormContext>(
  field: Field<C>,
  text: string,
  { state, context }: Run<C>,
  offered: Option[] = field.options?.(state.values, context) ?? [],
): Parsed<Values[string]> {
  const option = chosen(text, offered);
  const meant = option?.value ?? text;
  if (field.parse) return field.parse(meant, context, state.values);
  return option
    ? { value: option.value }
    : { problem: t(context.locale, 'form.choose_one'), options: offered };
}

/** The option that a number or a title names; 「1」「第一个」「①」. */
export function chosen(text: string, options: readonly Option[]): Option | undefined {
  const said = plain(text);
  return (
    options.find((option) => plain(option.title) === said || option.value.toLowerCase() === said) ??
    options[(readNumberChoice(text, options.length) ?? 0) - 1]
  );
}

/**
 * Goes on to what comes next: what the rules object to, else the first field without a value, else the summary.
 * `words` are said before it.
 */
export function advance<C extends FormContext>(run: Run<C>, words: string[] = []): Step {
  const { form, state, context } = run;
  const objection = form.check?.(state.values, context);
  if (objection && 'end' in objection) return over('ended', [...words, objection.end]);
  if (objection) {
    const again = state.at === objection.field ? state.tries + 1 : 1;
    const asked = { ...run, state: { ...state, at: objection.field, tries: again } };
    return ask(asked, [...words, objection.problem], { options: objection.options, keep: false });
  }
  const next = activeFields(run).find((field) => !Object.hasOwn(state.values, field.key));
  if (!next) return summarise(run, words);
  return ask({ ...run, state: { ...state, at: next.key, tries: 0 } }, words);
}

/** Asks the field at hand. `keep` offers to leave its value as it is. */
export function ask<C extends FormContext>(
  run: Run<C>,
  words: string[] = [],
  { options, keep = true }: { options?: Option[] | undefined; keep?: boolean } = {},
): Step {
  const { state, context } = run;
  const { locale, policy } = context;
  const field = fieldAt(run);
  if (!field) return advance({ ...run, state: { ...state, at: null } }, words);
  const own = options ?? field.options?.(state.values, context) ?? [];
  const question = typeof field.ask === 'string' ? say(locale, field.ask) : field.ask(state.values, context);
  // What the rules object to can't stay as it is.
  const objection = run.form.check?.(state.values, context);
  const objected = objection && 'field' in objection && objection.field === field.key;
  const old = keep && !objected ? state.values[field.key] : undefined;
  const had = old == null ? [] : [t(locale, 'form.had', { value: shown(field, old, context) })];
  const extra: Option[] = [];
  if (state.held !== undefined) extra.push(button(t(locale, 'form.use_held')));
  if (had.length > 0) extra.push(button(t(locale, 'form.keep')));
  if (field.optional) extra.push(button(t(locale, 'form.skip')));
  return {
    state: { ...state, phase: 'asking', options: own },
    say: [
      {
        text: [...words, question, ...had].join('\n'),
        options: [...own, ...extra],
        ...(own.length === 0 && { wordsOnly: true as const }),
      },
    ],
    stuck: state.tries >= policy.forms.attemptsPerField,
  };
}

/** Shows everything and asks to confirm. */
export function summarise<C extends FormContext>(run: Run<C>, words: string[] = []): Step {
  const { form, state, context } = run;
  const { locale } = context;
  const facts = activeFields(run).flatMap((field) => {
    const value = state.values[field.key];
    return value == null ? [] : [{ label: say(locale, field.label), value: shown(field, value, context) }];
  });
  const note = form.note?.(state.values, context);
  const summary: Said['summary'] = {
    title: t(locale, 'form.summary_title', { title: say(locale, form.title) }),
    facts: [...facts, ...(form.facts?.(state.values, context) ?? [])],
    ...(note && { text: note }),
  };
  const options: Option[] = [
    { ...button(t(locale, 'form.confirm')), style: 'primary' },
    button(t(locale, 'form.correct')),
    { ...button(t(locale, 'form.cancel')), style: 'danger' },
  ];
  return {
    state: { ...state, phase: 'confirming', at: null, options: [], tries: 0 },
    say: [{ text: [...words, t(locale, 'form.please_confirm')].join('\n'), summary, options }],
  };
}

/** Asks again what was asked last: after a word from elsewhere, or when the form is taken up again. */
export function again<C extends FormContext>(run: Run<C>, words: string[] = []): Step {
  return run.state.at === null ? advance(run, words) : ask(run, words);
}

export function shown<C extends FormContext>(field: Field<C>, value: Values[string], context: C): string {
  return field.show?.(value, context) ?? String(value);
}

/** The end of a form, with words. */
export function over(result: NonNullable<Step['result']>, words: string[]): Step {
  return { state: null, say: words.length > 0 ? [{ text: words.join('\n') }] : [], result };
}

export function button(title: string): Option {
  return { title, value: title };
}
