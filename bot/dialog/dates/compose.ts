import type { ClockWord, DaySpec, Token } from './tokens.ts';
import type { DayPart, Duration, ShiftWord } from './types.ts';

/** One day as said, perhaps twice over: 6月12日（周五） is a date with the weekday that it must fall on. */
export interface DayAtom {
  spec: DaySpec;
  part?: DayPart;
  weekday?: number;
  /** The weekday came after a comma only: where it does not fit, it is another day. */
  loose?: boolean;
}

/** A day or a range of days with what was said about the hours. */
export interface Item {
  first: DayAtom;
  last?: DayAtom;
  from?: ClockWord;
  to?: ClockWord;
  shift?: ShiftWord;
  /** A length said beside a single day, and where its last half day ends. */
  days?: number;
  endPart?: DayPart;
  /** Goes on from the item before it: the Tuesday of 下周一、周二. */
  linked: boolean;
  index: number;
  end: number;
}

/** What was said without a day beside it. */
export interface Loose {
  part?: DayPart;
  shift?: ShiftWord;
  from?: ClockWord;
  to?: ClockWord;
  duration?: Duration;
}

export interface Composition {
  readonly items: Item[];
  readonly loose: Loose;
}

/** Puts tokens together. Tokens belong together as long as nothing unread lies between them. */
export function compose(tokens: readonly Token[]): Composition {
  const composer = new Composer();
  let end = -1;
  for (const token of tokens) {
    if (token.index !== end) composer.breakOff();
    end = token.end;
    composer.add(token);
  }
  return { items: composer.items, loose: composer.loose };
}

class Composer {
  readonly items: Item[] = [];
  readonly loose: Loose = {};
  private current: Item | undefined;
  private joint: Extract<Token, { type: 'range' | 'list' }> | undefined;

  breakOff(): void {
    this.current = undefined;
    this.joint = undefined;
  }

  add(token: Token): void {
    if (token.type === 'filler') return;
    if (token.type === 'range' || token.type === 'list') {
      this.joint = token;
      return;
    }
    if (token.type === 'day') this.day(token);
    else if (token.type === 'clock') this.clock(token);
    else if (token.type === 'duration') this.loose.duration ??= token.duration;
    else this.word(token);
    if (this.current && token.type !== 'duration') this.current.end = token.end;
    this.joint = undefined;
  }

  private day(token: Extract<Token, { type: 'day' }>): void {
    const atom: DayAtom = token.part ? { spec: token.spec, part: token.part } : { spec: token.spec };
    const current = this.current;
    if (current && this.joint?.type === 'range' && !current.last) {
      current.last = atom;
      return;
    }
    const hard = this.joint?.type === 'range' || (this.joint?.type === 'list' && !this.joint.soft);
    if (current && !hard && restate(current.last ?? current.first, atom, this.joint !== undefined)) return;
    this.current = { first: atom, linked: current !== undefined, index: token.index, end: token.end };
    this.items.push(this.current);
  }

  private clock(token: Extract<Token, { type: 'clock' }>): void {
    const target: Item | Loose = this.current ?? this.loose;
    const closes = this.joint?.type === 'range' || this.current?.last !== undefined;
    if (!target.from) target.from = token.clock;
    else if (!target.to && closes) target.to = token.clock;
  }

  private word(token: Extract<Token, { type: 'part' | 'shift' }>): void {
    if (token.type === 'shift') {
      const target: Item | Loose = this.current ?? this.loose;
      target.shift ??= token.shift;
      return;
    }
    const target: DayAtom | Loose = this.current ? (this.current.last ?? this.current.first) : this.loose;
    target.part ??= token.part;
  }
}

/** Weekday beside date or relative day: the same day said twice. False when it is another day. */
function restate(atom: DayAtom, next: DayAtom, loose: boolean): boolean {
  if (atom.weekday !== undefined) return false;
  const [a, b] = [atom.spec, next.spec];
  if (a.k === 'weekday' && (b.k === 'date' || b.k === 'offset')) {
    atom.spec = b;
    atom.weekday = a.day;
  } else if (b.k === 'weekday' && (a.k === 'date' || a.k === 'offset')) atom.weekday = b.day;
  else return false;
  if (next.part) atom.part ??= next.part;
  if (loose) atom.loose = true;
  return true;
}
