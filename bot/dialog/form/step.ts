import { say, t } from '../../i18n/index.ts';
import { readYesNo } from '../read.ts';
import { type Command, readCommand } from './commands.ts';
import {
  activeFields,
  advance,
  again,
  ask,
  chosen,
  fieldAt,
  over,
  type Run,
  readField,
  summarise,
} from './flow.ts';
import { dozes, sleep, wake, withoutHeld } from './sleep.ts';
import type { Form, FormContext, FormState, Option, Step, Values } from './types.ts';

/**
 * Opens a form. What `sentence` says already is filled in; `policy` is the id of `context.policy`.
 */
export function open<C extends FormContext>(form: Form<C>, policy: string, context: C, sentence = ''): Step {
  const now = context.now;
  const state: FormState = {
    ...{ form: form.name, policy, phase: 'asking', at: null, values: {}, options: [], tries: 0 },
    ...{ startedAt: now, touchedAt: now },
  };
  const words = [t(context.locale, 'form.begin', { title: say(context.locale, form.title) })];
  const found = sentence ? (form.fromSentence?.(sentence, context) ?? {}) : {};
  return fillFrom({ form, state, context }, found, words);
}

/** Gives each field the words that were found for it; the first that can't be read is asked back. */
function fillFrom<C extends FormContext>(run: Run<C>, found: Record<string, string>, words: string[]): Step {
  let filled = run;
  let unclear: { at: string; problem: string; options?: Option[] } | undefined;
  for (const field of run.form.fields) {
    const text = found[field.key];
    if (text === undefined || !(field.when?.(filled.state.values, run.context) ?? true)) continue;
    const read = readField(field, text, filled);
    if ('problem' in read) {
      unclear ??= { at: field.key, ...read };
      continue;
    }
    if (read.echo) words.push(read.echo);
    const values = { ...filled.state.values, [field.key]: read.value };
    filled = { ...filled, state: { ...filled.state, values } };
  }
  if (!unclear) return advance(filled, words);
  const { at, problem, options } = unclear;
  return ask({ ...filled, state: { ...filled.state, at } }, [...words, problem], { options });
}

// Any other command leaves the field for which words were kept.
const STAYING = new Set<Command['do']>(['useHeld', 'resume', 'confirm']);

/** One message to an open form. Pure: nothing happens besides what the returned step says. */
export function step<C extends FormContext>(form: Form<C>, state: FormState, text: string, context: C): Step {
  const run = { form, state, context };
  const command = readCommand(form, text);
  const slept = sleep(run, text, command);
  if (slept) return slept;
  if (dozes(state)) return wake(run, text, command, answer);
  const awake = { ...run, state: { ...state, touchedAt: context.now } };
  const obeyed =
    command && obey(STAYING.has(command.do) ? awake : { ...awake, state: withoutHeld(awake.state) }, command);
  if (obeyed) return obeyed;
  if (state.phase === 'confirming') return atSummary(awake, text);
  return state.phase === 'choosing' ? atChoice(awake, text) : answer(awake, text);
}

/** The field's answer. What can't be read is asked again, with the reason. */
function answer<C extends FormContext>(run: Run<C>, text: string): Step {
  const { state } = run;
  const field = fieldAt(run);
  if (!field) return advance(run);
  const rest = withoutHeld(state);
  const read = readField(field, text, run, state.options.length > 0 ? state.options : undefined);
  if ('problem' in read) {
    const values = { ...state.values, ...read.others };
    const tried = { ...run, state: { ...rest, values, tries: state.tries + 1 } };
    return ask(tried, [read.problem], { options: read.options });
  }
  const filled = { ...rest, values: { ...state.values, [field.key]: read.value } };
  return advance({ ...run, state: filled }, read.echo ? [read.echo] : []);
}

/** What a command does here; undefined where it makes no sense and the words may be an answer. */
function obey<C extends FormContext>(run: Run<C>, command: Command): Step | undefined {
  const { form, state, context } = run;
  const { locale } = context;
  switch (command.do) {
    case 'cancel':
      return over('cancelled', [t(locale, 'form.cancelled', { title: say(locale, form.title) })]);
    case 'resume':
      return again(run);
    case 'restart':
      return advance({ ...run, state: { ...state, at: null, values: {}, tries: 0 } });
    case 'back':
      return back(run);
    case 'correctField': {
      const field = activeFields(run).find((f) => f.key === command.field);
      return field && ask({ ...run, state: { ...state, at: field.key, tries: 0 } });
    }
    case 'correct':
      return choose(run);
    case 'confirm':
      return state.phase === 'confirming' ? handIn(run) : notYet(run);
    case 'keep':
      return state.phase === 'asking' && Object.hasOwn(state.values, state.at ?? '')
        ? advance(run)
        : undefined;
    case 'skip':
      return state.phase === 'asking' && fieldAt(run)?.optional ? fill(run, null) : undefined;
    case 'useHeld':
      return state.phase === 'asking' && state.held !== undefined ? answer(run, state.held) : undefined;
  }
}

/** 「提交」 before the summary was shown: it is shown, or what is missing is asked. */
function notYet<C extends FormContext>(run: Run<C>): Step {
  const next = advance(run);
  const complete = next.state === null || next.state.phase === 'confirming';
  return complete ? next : advance(run, [t(run.context.locale, 'form.not_complete')]);
}

function fill<C extends FormContext>(run: Run<C>, value: Values[string]): Step {
  const { state } = run;
  return advance({ ...run, state: { ...state, values: { ...state.values, [state.at ?? '']: value } } });
}

function back<C extends FormContext>(run: Run<C>): Step {
  const { state, context } = run;
  const fields = activeFields(run);
  if (state.phase === 'choosing') return advance(run);
  const place = state.phase === 'confirming' ? fields.length : fields.findIndex((f) => f.key === state.at);
  const before = fields[place - 1];
  if (!before) return ask(run, [t(context.locale, 'form.first_field')]);
  return ask({ ...run, state: { ...state, at: before.key, tries: 0 } });
}

/** Asks which field is to be corrected. */
function choose<C extends FormContext>(run: Run<C>): Step | undefined {
  const { state, context } = run;
  const filled = activeFields(run).filter((field) => Object.hasOwn(state.values, field.key));
  if (filled.length === 0) return undefined;
  const options = filled.map((field) => ({ title: say(context.locale, field.label), value: field.key }));
  return {
    state: { ...state, phase: 'choosing', options },
    say: [{ text: t(context.locale, 'form.which_field'), options }],
  };
}

function atChoice<C extends FormContext>(run: Run<C>, text: string): Step {
  const { state, context } = run;
  const option = chosen(text, state.options);
  if (option) return ask({ ...run, state: { ...state, at: option.value, tries: 0 } });
  const words = { text: t(context.locale, 'form.which_field'), options: state.options };
  return { state: { ...state, tries: state.tries + 1 }, say: [words] };
}

function atSummary<C extends FormContext>(run: Run<C>, text: string): Step {
  const { state, context } = run;
  if (readYesNo(text) === 'yes') return handIn(run);
  if (readYesNo(text) === 'no') return choose(run) ?? summarise(run);
  const step = summarise(run, [t(context.locale, 'form.confirm_or_correct')]);
  const tries = state.tries + 1;
  const stuck = tries >= context.policy.forms.attemptsPerField;
  return { ...step, state: step.state && { ...step.state, tries }, stuck };
}

/** Time has passed since the summary was shown: the rules are asked once more. */
function handIn<C extends FormContext>(run: Run<C>): Step {
  const checked = advance(run);
  if (checked.state?.phase !== 'confirming') return checked;
  const keys = new Set(activeFields(run).map((field) => field.key));
  const values = Object.fromEntries(Object.entries(run.state.values).filter(([key]) => keys.has(key)));
  return { state: null, say: [], result: 'done', values };
}

/**
 * A message that was answered as a question of its own: the field is asked again. Where any words would do, the
 * question is kept, should it have been meant as the answer.
 */
export function aside<C extends FormContext>(
  form: Form<C>,
  state: FormState,
  text: string,
  context: C,
): Step {
  const run = { form, state: { ...state, touchedAt: context.now }, context };
  if (state.phase === 'confirming') return summarise(run);
  if (state.phase !== 'asking') return again(run);
  return ask(fieldAt(run)?.free ? { ...run, state: { ...run.state, held: text } } : run, [
    t(context.locale, 'form.where_we_were', { title: say(context.locale, form.title) }),
  ]);
}

/** What a message would be to the form now, without giving it to the form. */
export function reads<C extends FormContext>(
  form: Form<C>,
  state: FormState,
  text: string,
  context: C,
): 'command' | 'value' | 'free' | 'unread' {
  const run = { form, state, context };
  const command = readCommand(form, text);
  if (command && obey(run, command)) return 'command';
  if (state.phase === 'confirming') return readYesNo(text) ? 'command' : 'unread';
  if (state.phase === 'choosing') return chosen(text, state.options) ? 'value' : 'unread';
  const field = fieldAt(run);
  if (state.phase !== 'asking' || !field) return 'unread';
  const read = readField(field, text, run, state.options.length > 0 ? state.options : undefined);
  if ('problem' in read) return 'unread';
  return field.free && !chosen(text, state.options) ? 'free' : 'value';
}
