import type { Locale, TextKey } from '../../i18n/index.ts';
import type { Policy } from '../../policy/schema.ts';

/** What a field may hold: it is kept in the conversation's row and read back on any channel, in any process. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Values = { [key: string]: Json };

/** What a form may know besides the words. A form that needs more (a roster) extends it; the caller loads it before. */
export interface FormContext {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly locale: Locale;
  /** The version that the form began with. */
  readonly policy: Policy;
}

/** Something to press 选项: its title is said, `value` is what the field's parser reads. */
export interface Option {
  title: string;
  value: string;
  style?: 'primary' | 'danger';
}

/**
 * A value, with words that repeat how it was understood; or why it is none, with what could be meant, or with the
 * values of other fields that the words told instead.
 */
export type Parsed<V> =
  | { value: V; echo?: string }
  | { problem: string; options?: Option[]; others?: Values };

/** One question of a form. Texts are in the language of the context. */
export interface Field<C extends FormContext = FormContext, V extends Json = Json> {
  key: string;
  label: TextKey;
  ask: TextKey | ((values: Values, context: C) => string);
  /** Takes any words 自由文本: a question asked here could also be meant as the answer. */
  free?: boolean;
  /** May be passed over; its value is then null. */
  optional?: boolean;
  /** Only asked, shown and handed in while this holds. */
  when?(values: Values, context: C): boolean;
  options?(values: Values, context: C): Option[];
  /** Reads what was said, or the value of a pressed option. Without it, only an option's value counts. */
  parse?(text: string, context: C, values: Values): Parsed<V>;
  show?(value: V, context: C): string;
}

/** Why the values together don't do: a field to ask again, or an end with nothing handed in. */
export type Objection = { field: string; problem: string; options?: Option[] } | { end: string };

/**
 * A conversational form 对话式表单, the same for customers and staff: data, no code of its own beyond parsing.
 * The bot asks field after field, shows a summary, and hands in once it is confirmed.
 */
export interface Form<C extends FormContext = FormContext> {
  name: string;
  title: TextKey;
  fields: Field<C>[];
  /** Texts for fields found in the first sentence; each goes through its field's parser like an answer. */
  fromSentence?(text: string, context: C): Record<string, string>;
  /** Rules over the values so far; asked after every answer and once more when the form is handed in. */
  check?(values: Values, context: C): Objection | undefined;
  /** More lines for the summary: who decides, what is due. */
  facts?(values: Values, context: C): { label: string; value: string }[];
  /** A sentence under the summary. */
  note?(values: Values, context: C): string | undefined;
}

/**
 * asking: `at` is asked. choosing: which field to correct. confirming: the summary is shown. asleep: time ran out
 * and "go on?" was asked. parked: the answer to that was something else; only a word about the form wakes it.
 */
export type Phase = 'asking' | 'choosing' | 'confirming' | 'asleep' | 'parked';

/** An open form, as it is kept between turns. */
export interface FormState {
  form: string;
  /** Id of the policy version that the form began with. */
  policy: string;
  phase: Phase;
  at: string | null;
  values: Values;
  /** What a number or a title means right now. */
  options: Option[];
  /** Failed answers to the field in a row. */
  tries: number;
  startedAt: number;
  touchedAt: number;
  /** What was said when the form had fallen asleep, or was answered as a question but may be meant as the value. */
  held?: string;
}

/** Words for the person, with what can be pressed. */
export interface Said {
  text: string;
  options?: Option[];
  summary?: { title: string; text?: string; facts: { label: string; value: string }[] };
  /** A text is asked for, in which digits mean themselves: the options are named by their words only. */
  wordsOnly?: true;
}

export interface Step {
  /** null: the form is over. */
  state: FormState | null;
  say: Said[];
  /** Present when the form is over, with `values` of the active fields if it is done. */
  result?: 'done' | 'cancelled' | 'ended' | 'expired';
  values?: Values;
  /** Not a word for the form: the caller handles it as if there were no form. */
  rest?: string;
  /** Too many failed answers in a row: a person should be offered. */
  stuck?: boolean;
}
