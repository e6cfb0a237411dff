import { type Field, type Form, type FormContext, open, type Step } from '../../dialog/form/index.ts';
import { t } from '../../i18n/index.ts';
import { goOn, sayStep, type Talk, versionOf } from '../talk.ts';
import { button } from './card.ts';
import { currentHandover } from './find.ts';
import { SECTIONS, type Section, type Sections } from './types.ts';
import { writeSections } from './write.ts';

export const HANDOVER_FORM = 'handover';
export const MOST_CHARACTERS = 1000;

interface HandoverContext extends FormContext {
  readonly sections: Sections;
}

const field = (section: Section): Field<HandoverContext> => ({
  key: section,
  label: `handover.section_${section}`,
  ask: `handover.ask_${section}`,
  ...{ free: true, optional: true },
  parse(text, { locale }) {
    const value = text.trim();
    if (value.length > MOST_CHARACTERS)
      return { problem: t(locale, 'handover.too_long', { max: MOST_CHARACTERS }) };
    return value ? { value } : { problem: t(locale, 'handover.empty') };
  },
});

/** The sections of §4, asked one after the other; what stands there already is not asked again. */
const form: Form<HandoverContext> = {
  ...{ name: HANDOVER_FORM, title: 'handover.form', fields: SECTIONS.map(field) },
  fromSentence: (_text, { sections }) =>
    Object.fromEntries(Object.entries(sections).filter(([, text]) => text)),
};

/** Opens the form for the handover that this colleague writes. @returns false where there is none to write */
export async function fillIn(talk: Talk): Promise<boolean> {
  const record = await currentHandover(talk.turn.unit.sql, talk.person);
  if (record?.state !== 'open') return false;
  const { id, policy } = talk.parts.policy();
  const context = { now: talk.turn.now, locale: talk.locale, policy, sections: record.sections };
  await go(open(form, id, context, HANDOVER_FORM), talk);
  return true;
}

/**
 * Gives a message to the open form; `command` is what it would mean without it: that is done first, then the form goes on.
 * @returns what is left to be handled as an ordinary message
 */
export async function continueHandover(
  text: string,
  talk: Talk,
  command: (() => Promise<void>) | undefined,
): Promise<string | undefined> {
  const { memory, turn, locale } = talk;
  const state = memory.form;
  const version = state && (await versionOf(talk, state.policy));
  if (!state || !version) {
    delete memory.form;
    return text;
  }
  const context = { now: turn.now, locale, policy: version.policy, sections: {} };
  return goOn(text, talk, { form, state, context, command, go: (next) => go(next, talk) });
}

async function go({ state, result, values, ...said }: Step, talk: Talk): Promise<void> {
  const { memory, turn, parts, person, locale } = talk;
  if (state) memory.form = state;
  else delete memory.form;
  sayStep(talk, said);
  if (result !== 'done' || !values) return;
  const record = await currentHandover(turn.unit.sql, person);
  if (record?.state !== 'open') return turn.say('form', t(locale, 'handover.refused_completed'));
  const sections = Object.fromEntries(
    Object.entries(values).filter(([, value]) => typeof value === 'string'),
  );
  await writeSections(turn.unit, parts, { id: record.id, by: person, sections });
  const actions = [
    button(t(locale, 'handover.button_complete'), record),
    button(t(locale, 'handover.button_fill'), record),
  ];
  turn.say('form', t(locale, 'handover.form_written'), { actions });
}
