/** Names and values of the centre's wording variables, e.g. `{ hotline: '1002026' }`. */
export type Variables = Readonly<Record<string, string>>;

/** 统一口径 The approved wording of an entry: markdown, and a short form for SMS if the editors wrote one. */
export type Wording = { body: string; sms?: string | null };

/** Publishing is refused with code `unknown_variable`; `names` says which. */
export class WordingError extends Error {
  readonly code = 'unknown_variable';
  readonly names: string[];

  constructor(names: string[]) {
    super(`unknown wording variables: ${names.join(', ')}`);
    this.names = names;
  }
}

const VARIABLE = /\{([a-z][a-zA-Z0-9_]*)\}/g;
/** The blanks beside a variable that is left out would otherwise double. */
const MISSING = /[ \t]?\{[a-z][a-zA-Z0-9_]*\}/g;

const has = (variables: Variables, name: string): boolean => Object.hasOwn(variables, name);

/** Names of the variables that a text uses, each once, in order of appearance. */
export function variablesIn(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] as string))];
}

/** Throws WordingError if any text uses a variable that the centre does not have; called before publishing. */
export function checkWording(texts: readonly (string | null | undefined)[], variables: Variables): void {
  const used = texts.flatMap((text) => variablesIn(text ?? ''));
  const unknown = [...new Set(used)].filter((name) => !has(variables, name));
  if (unknown.length > 0) throw new WordingError(unknown);
}

/**
 * A text with its variables filled in. One that is unknown by now (removed from the settings after publishing)
 * is left out with the blank before it: a customer never sees a placeholder, and a send never fails for it.
 * Values are inserted as they are and not searched for further variables.
 */
export function render(text: string, variables: Variables): string {
  const filled: string[] = [];
  let from = 0;
  for (const match of text.matchAll(MISSING)) {
    const name = match[0].slice(match[0].indexOf('{') + 1, -1);
    const blank = match[0].slice(0, match[0].indexOf('{'));
    filled.push(text.slice(from, match.index), has(variables, name) ? blank + variables[name] : '');
    from = match.index + match[0].length;
  }
  return filled.join('') + text.slice(from);
}

/** The wording for a channel: the short one where only plain text fits, if there is one; else the body. */
export function wordingFor(wording: Wording, form: 'markdown' | 'sms', variables: Variables): string {
  const short = wording.sms?.trim();
  return render(form === 'sms' && short ? short : wording.body, variables);
}
