import type { DayPart, Duration, ShiftWord } from './types.ts';

/** What a word says about a day, before it is laid on a calendar. */
export type DaySpec =
  | { readonly k: 'offset'; readonly days: number; readonly span?: number; readonly asks: boolean }
  | {
      readonly k: 'weekday';
      readonly day: number;
      readonly week?: number;
      readonly next?: boolean;
      readonly english?: boolean;
    }
  | { readonly k: 'weekend'; readonly week: number }
  | {
      readonly k: 'date';
      readonly year?: number;
      readonly month?: number;
      readonly monthOffset?: number;
      readonly day: number;
    }
  | {
      /** Days of a public holiday, or beside it; `name` is how the table's begins, '' the next one of all. */
      readonly k: 'festival';
      readonly name: string;
      readonly at: 'all' | 'first' | 'nth' | 'last' | 'before' | 'after' | 'nthAfter';
      readonly days: number;
      /** 0 this year, 1 the next. */
      readonly year?: number;
      /** 国庆前三天: those before, or its first ones. */
      readonly either?: boolean;
    }
  | {
      readonly k: 'monthEdge';
      readonly edge: 'first' | 'last';
      readonly month?: number;
      readonly monthOffset?: number;
    };

/** A clock time as said: `hour` 0–24, `half` what was said before it, `exact` when no 12-hour doubt is left. */
export interface ClockWord {
  readonly hour: number;
  readonly minute: number;
  readonly part?: DayPart;
  readonly exact: boolean;
}

export type TokenBody =
  | { readonly type: 'day'; readonly spec: DaySpec; readonly part?: DayPart }
  | { readonly type: 'part'; readonly part: DayPart }
  | { readonly type: 'shift'; readonly shift: ShiftWord }
  | { readonly type: 'clock'; readonly clock: ClockWord }
  | { readonly type: 'duration'; readonly duration: Duration }
  | { readonly type: 'range' }
  | { readonly type: 'list'; readonly soft: boolean }
  | { readonly type: 'filler' };

export type Token = TokenBody & { readonly index: number; readonly end: number };

/**
 * A recogniser: a pattern, and what it says, knowing the two characters before and the tokens so far.
 * `null` means "not this after all": the next one tries.
 */
export interface Recogniser {
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray, before: string, previous: readonly Token[]) => TokenBody | null;
}

/**
 * Makes a cutter of texts into tokens: at each place the first recogniser that fits wins; what none fits is
 * skipped. The patterns are compiled once: doing it per text cost more than reading it.
 */
export function tokeniser(recognisers: readonly Recogniser[]): (text: string) => Token[] {
  const sticky = recognisers.map(({ pattern, read }) => ({
    pattern: new RegExp(pattern.source, 'iuy'),
    read,
  }));
  const known = new Set(
    recognisers.flatMap(({ pattern }) => [...pattern.source].filter((sign) => sign > '\u007f')),
  );
  return (text) => {
    const tokens: Token[] = [];
    let at = 0;
    while (at < text.length) {
      const token = mayBegin(text, at, known) ? tokenAt(text, at, sticky, tokens) : null;
      if (token) tokens.push(token);
      at = token ? token.end : at + 1;
    }
    return tokens;
  };
}

/** Most places begin nothing: a letter inside a word, or a character that no pattern names. */
function mayBegin(text: string, at: number, known: ReadonlySet<string>): boolean {
  const sign = text.charAt(at);
  if (sign > '\u007f') return known.has(sign);
  return !/[a-z]/i.test(sign) || at === 0 || !/[a-z]/i.test(text.charAt(at - 1));
}

function tokenAt(
  text: string,
  at: number,
  recognisers: readonly Recogniser[],
  previous: readonly Token[],
): Token | null {
  for (const { pattern, read } of recognisers) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const body = match && match[0] !== '' ? read(match, text.slice(Math.max(0, at - 2), at), previous) : null;
    if (match && body) return { ...body, index: at, end: at + match[0].length };
  }
  return null;
}
