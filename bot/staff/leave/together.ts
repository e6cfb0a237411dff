import { Temporal } from 'temporal-polyfill';
import type { LeaveFacts, LeaveKind, OtherLeave } from './types.ts';

/**
 * The requests that run on before and after this one, directly or with only days off between (RULEBOOK §7:
 * several one-day requests in a row count together). Days of unknown roster are taken as working days.
 */
export function adjoining(
  facts: Pick<LeaveFacts, 'kind' | 'span' | 'shifts' | 'roster' | 'others' | 'extendsId'>,
  countTogether: readonly LeaveKind[],
): OtherLeave[] {
  const extended = facts.extendsId !== undefined;
  if (!countTogether.includes(facts.kind) && !extended) return [];
  // An extension 续假 counts with all of its kind that it runs on from.
  const kinds = extended ? [...countTogether, facts.kind] : countTogether;
  const open = facts.others.filter((other) => kinds.includes(other.kind));
  const found: OtherLeave[] = [];
  let { from, to } = facts.span;
  for (;;) {
    const next = open.find((other) => !found.includes(other) && touches(other, from, to, facts));
    if (!next) return found;
    found.push(next);
    // ISO dates sort as text.
    const dates = [from, to, next.from, next.to].sort();
    from = dates[0] ?? from;
    to = dates[3] ?? to;
  }
}

function touches(
  other: OtherLeave,
  from: string,
  to: string,
  { shifts, roster }: Pick<LeaveFacts, 'shifts' | 'roster'>,
): boolean {
  if (other.from <= to && from <= other.to) return true;
  const [start, end] = other.to < from ? [other.to, from] : [to, other.from];
  const first = Temporal.PlainDate.from(start).add({ days: 1 }).toString();
  const last = Temporal.PlainDate.from(end).subtract({ days: 1 }).toString();
  if (first > last) return true;
  if (first < roster.from || last > roster.through) return false;
  return !shifts.some((shift) => shift.businessDate >= first && shift.businessDate <= last);
}
