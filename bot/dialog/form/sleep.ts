import { say, t } from '../../i18n/index.ts';
import { readYesNo } from '../read.ts';
import type { Command } from './commands.ts';
import { again, button, fieldAt, over, type Run, readField } from './flow.ts';
import type { FormContext, FormState, Step } from './types.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WAKING = new Set<Command['do']>(['cancel', 'resume', 'confirm', 'restart', 'correctField']);

/**
 * What time did to the form: expired (forgotten, the message is an ordinary one) or fallen asleep, when "go on?" is
 * asked. undefined: nothing, or the message itself says clearly what is to become of the form.
 */
export function sleep<C extends FormContext>(run: Run<C>, text: string, command?: Command): Step | undefined {
  const { form, state, context } = run;
  const { locale, policy, now } = context;
  const idle = now - state.touchedAt;
  if (idle > policy.forms.resumeHours * HOUR) return { ...over('expired', []), rest: text };
  if (dozes(state) || idle <= policy.forms.timeoutMinutes * MINUTE) return undefined;
  if (command && WAKING.has(command.do)) return undefined;
  return askToResume({ form, state: { ...state, held: text, touchedAt: now }, context }, [
    t(locale, 'form.unfinished', { title: say(locale, form.title) }),
  ]);
}

/** Asks whether to go on with what was begun. */
export function askToResume<C extends FormContext>({ state, context }: Run<C>, words: string[]): Step {
  const { locale } = context;
  const options = [
    { ...button(t(locale, 'form.resume')), style: 'primary' as const },
    button(t(locale, 'form.discard')),
  ];
  return {
    state: { ...state, phase: 'asleep', options: [] },
    say: [{ text: words.join('\n'), options }],
  };
}

/** The answer to "go on?". Anything else leaves the form parked and is the caller's to handle. */
export function wake<C extends FormContext>(
  run: Run<C>,
  text: string,
  command: Command | undefined,
  answer: (run: Run<C>, text: string) => Step,
): Step {
  const { form, state, context } = run;
  const asked = state.phase === 'asleep';
  if (command?.do === 'cancel' || (asked && readYesNo(text) === 'no')) {
    const words = [t(context.locale, 'form.cancelled', { title: say(context.locale, form.title) })];
    return { ...over('cancelled', words), ...(state.held !== undefined && { rest: state.held }) };
  }
  if (command?.do === 'resume' || (asked && readYesNo(text) === 'yes')) return resume(run, answer);
  return { state: { ...withoutHeld(state), phase: 'parked' }, say: [], rest: text };
}

/** Goes on where it stopped. What was said to the sleeping form counts now, if the field can read nothing else into it. */
function resume<C extends FormContext>(run: Run<C>, answer: (run: Run<C>, text: string) => Step): Step {
  const { form, context } = run;
  const state: FormState = { ...run.state, phase: 'asking', touchedAt: context.now };
  const field = fieldAt(run);
  if (field && !field.free && state.held !== undefined) {
    const awake = { form, state: withoutHeld(state), context };
    if ('value' in readField(field, state.held, awake)) return answer(awake, state.held);
    return again(awake);
  }
  return again({ form, state, context });
}

export function dozes(state: FormState): boolean {
  return state.phase === 'asleep' || state.phase === 'parked';
}

export function withoutHeld(state: FormState): FormState {
  const { held: _, ...rest } = state;
  return rest;
}
