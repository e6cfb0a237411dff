/** A hand-off's summary 摘要 as the panel shows it. */
export interface Summary {
  questions: string[];
  /** Entries that the bot cited. */
  entryIds: string[];
  /** The form that was open, with what had been filled in. */
  form: { title: string; facts: { label: string; value: string }[] } | undefined;
}

/** Reads what a hand-off left; parts that are missing or of another shape are left out, never shown as code. */
export function readSummary(summary: Record<string, unknown> | null): Summary {
  const { lastQuestions, entryIds, filledForm } = summary ?? {};
  return { questions: strings(lastQuestions), entryIds: strings(entryIds), form: formOf(filledForm) };
}

/** The hand-off in one line: the form that was open, else the questions, newest first. */
export function gist(summary: Record<string, unknown> | null): string {
  const { questions, form } = readSummary(summary);
  return form?.title ? form.title : questions.toReversed().join(' · ');
}

function formOf(form: unknown): Summary['form'] {
  if (!isRecord(form)) return undefined;
  const facts = list(form.facts).flatMap((fact) =>
    isRecord(fact) && typeof fact.label === 'string' && typeof fact.value === 'string'
      ? [{ label: fact.label, value: fact.value }]
      : [],
  );
  return { title: typeof form.title === 'string' ? form.title : '', facts };
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const strings = (value: unknown) => list(value).filter((each): each is string => typeof each === 'string');
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
