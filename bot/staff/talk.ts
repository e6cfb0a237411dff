import type { Turn } from '../conversation/turn.ts';
import {
  aside,
  type Form,
  type FormContext,
  type FormState,
  reads,
  type Said,
  type Step,
  step,
} from '../dialog/form/index.ts';
import { type Locale, localeOf, t } from '../i18n/index.ts';
import type { Person } from '../people/person.ts';
import { type PolicyVersion, policyById } from '../policy/versions.ts';
import type { Reader } from './leave/explain.ts';
import type { LeaveParties } from './leave/facts.ts';
import type { Extended } from './leave/judge.ts';
import { readerOf } from './leave/words.ts';
import type { StaffParts } from './parts.ts';

/** What a staff chat keeps in its conversation's row from turn to turn. */
export interface StaffMemory {
  form?: FormState;
  /** What the open leave form is about, besides its values. */
  leave?: { personId: string; emergency: boolean; extending?: Extended };
  /** A certificate whose dates are being asked for. */
  certificate?: { requestId: string; from: string; files: string[] };
  /** What the open swap form is about, besides its values. */
  swap?: { gives: boolean; partnerId?: string };
  /** The last form handed in, should its button be pressed again. */
  done?: { requestId: string } | { swapId: string } | { matterId: string };
}

/** One turn of the staff bot, with what its handlers share. */
export interface Talk {
  readonly turn: Turn;
  readonly parts: StaffParts;
  readonly memory: StaffMemory;
  /** Whose chat it is. */
  readonly person: Person;
  readonly locale: Locale;
  /** Who reads what is said, in the policy in force. */
  readonly reader: Reader;
}

export function talkOf(turn: Turn, parts: StaffParts, person: Person): Talk {
  return {
    ...{ turn, parts, person, memory: turn.state as StaffMemory },
    get locale() {
      return localeOf(turn.locale);
    },
    get reader() {
      return readerOf(localeOf(turn.locale), parts.policy().policy, turn.now);
    },
  };
}

/** Who is absent and who asks, of the open leave form. */
export function partiesOf({ memory, person }: Talk): LeaveParties {
  return { personId: memory.leave?.personId ?? person.id, requesterId: person.id };
}

/** Says what a form's step says; a summary becomes a card. */
export function sayStep(
  { turn, locale }: Pick<Talk, 'turn' | 'locale'>,
  { say, stuck }: Pick<Step, 'say' | 'stuck'>,
): void {
  for (const [index, said] of say.entries()) {
    // In the same message: another one after it would take the question's buttons away.
    const helped = stuck === true && index === say.length - 1;
    sayForm(turn, helped ? { ...said, text: `${said.text}\n${t(locale, 'staff.stuck')}` } : said);
  }
}

function sayForm(turn: Turn, { text, options = [], summary, wordsOnly }: Said): void {
  const buttons = options.map(({ title, style }) => ({ title, value: title, ...(style && { style }) }));
  if (summary) turn.say('form', text, { card: { ...summary, buttons } });
  else if (buttons.length === 0) turn.say('form', text);
  else turn.say('form', text, { actions: buttons, ...(wordsOnly && { wordsOnly }) });
}

/** The policy that an open form began with. */
export async function versionOf({ parts, turn }: Talk, id: string): Promise<PolicyVersion | undefined> {
  const current = parts.policy();
  return current.id === id ? current : policyById(turn.unit, id);
}

/** How a message that comes while a form is open is taken. */
export interface GoingOn<C extends FormContext> {
  readonly form: Form<C>;
  readonly state: FormState;
  readonly context: C;
  /** What the message would mean without the form. */
  readonly command: (() => Promise<void>) | undefined;
  /** What it is to the form; `step` unless the form reads more in it. */
  answer?(text: string): Step;
  /** Keeps and says what a step came to. */
  go(next: Step): Promise<void>;
}

/**
 * Gives a message to the open form. A question in between, which the form can't read as its answer, is answered first;
 * then the form asks its own again.
 * @returns what is left to be handled as an ordinary message
 */
export async function goOn<C extends FormContext>(
  text: string,
  { memory, turn }: Talk,
  { form, state, context, command, answer = (said) => step(form, state, said, context), go }: GoingOn<C>,
): Promise<string | undefined> {
  const next = answer(text);
  const read = reads(form, state, text, context);
  const between = command && (read === 'unread' || read === 'free') && next.result !== 'expired';
  if (!between || state.phase === 'parked') {
    await go(next);
    return next.rest;
  }
  await command();
  // Should the command have opened another form, or this one have slept, nothing is asked again.
  if (memory.form === state && state.phase !== 'asleep') await go(aside(form, state, text, context));
  turn.note('form');
  return undefined;
}
