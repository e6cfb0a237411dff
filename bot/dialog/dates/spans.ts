import { Temporal } from 'temporal-polyfill';
import type { Composition, DayAtom, Item } from './compose.ts';
import { hoursOf } from './hours.ts';
import { type Candidate, type Fault, resolveFirst, resolveNext } from './resolve.ts';
import type { Ambiguity, DateContext, DateProblem, DateSpan } from './types.ts';

export interface Spans {
  readonly spans: readonly DateSpan[];
  readonly ambiguous?: Ambiguity;
  readonly problem?: DateProblem;
}

interface Found {
  spans: DateSpan[];
  ambiguous?: Ambiguity;
  problem?: DateProblem;
}

/** Lays the items on the calendar. The first doubt and the first fault are reported, the rest goes on. */
export function spansOf({ items }: Composition, context: DateContext, text: string): Spans {
  const found: Found = { spans: [] };
  let previous: Candidate | undefined;
  for (const item of separate(items, context)) {
    const words = text.slice(item.index, item.end);
    const start =
      item.linked && previous ? resolveNext(item.first, previous) : resolveFirst(item.first, context);
    if (!start.ok) {
      found.problem ??= { ...start.fault, text: words, index: item.index };
      continue;
    }
    const readings = start.candidates.map((candidate) => ending(item, candidate));
    previous = readings[0]?.last ?? start.candidates[0];
    place(found, item, words, readings, start.code);
  }
  return { ...found, spans: merged(found.spans, text) };
}

/** 6月12日，周四: a weekday after a comma that does not fit is another day. */
function separate(items: readonly Item[], context: DateContext): Item[] {
  return items.flatMap((item) => {
    const atom = item.first;
    const { weekday } = atom;
    if (!atom.loose || weekday === undefined || item.last || resolveFirst(atom, context).ok) return [item];
    const alone: DayAtom = { spec: atom.spec };
    return [
      { ...item, first: alone },
      { ...item, first: { spec: { k: 'weekday' as const, day: weekday } }, linked: false },
    ];
  });
}

interface Reading {
  readonly first: Candidate;
  readonly last?: Candidate;
  readonly fault?: Fault;
}

function ending(item: Item, first: Candidate): Reading {
  if (item.days) return { first, last: { ...first, date: first.date.add({ days: item.days - 1 }) } };
  if (!item.last) return first.to ? { first, last: { ...first, date: first.to } } : { first };
  const end = resolveNext(item.last, first);
  if (!end.ok) return { first, fault: end.fault };
  const last = end.candidates[0];
  if (Temporal.PlainDate.compare(last.to ?? last.date, first.date) < 0)
    return { first, fault: { code: 'reversed' } };
  return { first, last: last.to ? { ...last, date: last.to } : last };
}

function place(found: Found, item: Item, words: string, readings: Reading[], code: Ambiguity['code']): void {
  const sound = readings.filter((reading) => !reading.fault);
  const choices = sound.flatMap((reading) => spanOf(item, words, reading));
  const fault = readings[0]?.fault;
  if (choices.length === 1 && choices[0]) found.spans.push(choices[0]);
  else if (choices.length > 1) {
    const reason = sound.length > 1 ? code : 'amPm';
    found.ambiguous ??= { code: reason, choices, text: words, index: item.index };
  } else if (fault) found.problem ??= { ...fault, text: words, index: item.index };
}

/** The span of one reading, or two where the hour could be in either half of the day. */
function spanOf(item: Item, words: string, { first, last }: Reading): DateSpan[] {
  const to = last?.date ?? first.date;
  const single = Temporal.PlainDate.compare(first.date, to) === 0;
  const part = item.first.part;
  const endPart = single ? undefined : (item.endPart ?? item.last?.part);
  const span: DateSpan = {
    from: first.date,
    to,
    ...(part && !item.from && { part }),
    ...(endPart && !item.to && { endPart }),
    ...(item.shift && { shift: item.shift }),
    ...(first.note && { note: first.note }),
    text: words,
    index: item.index,
  };
  if (!item.from) return [span];
  const end = item.to && item.last?.part && !item.to.part ? { ...item.to, part: item.last.part } : item.to;
  const { time, other, startsNextDay } = hoursOf(item.from, end, part);
  const days = startsNextDay ? 1 : 0;
  const from = span.from.add({ days });
  const across = { ...span, from, to: single ? from : to };
  const within = (hours: typeof time) => (single ? hours : { ...hours, toNextDay: false });
  const sure = { ...across, time: within(time) };
  return other ? [sure, { ...across, time: within(other) }] : [sure];
}

/** 下周一、周二 side by side without hours are one span. */
function merged(spans: readonly DateSpan[], text: string): DateSpan[] {
  const out: DateSpan[] = [];
  for (const span of spans) {
    const before = out.at(-1);
    const apart = before ? text.slice(before.index + before.text.length, span.index) : '';
    const joined = before && /^[、,，和及\s&]*(?:以及|and)?\s*$/i.test(apart) && bare(before) && bare(span);
    if (joined && before.to.add({ days: 1 }).equals(span.from)) {
      const words = text.slice(before.index, span.index + span.text.length);
      out[out.length - 1] = { ...before, to: span.to, text: words };
    } else out.push(span);
  }
  return out;
}

const bare = (span: DateSpan) => !span.part && !span.endPart && !span.time && !span.shift;
