import { Temporal } from 'temporal-polyfill';
import type { LeaveSpan, MissedShift } from './types.ts';

/** What a granted leave is from its first moment to its last; all instants are epoch ms. Pure. */

/** When it begins: with the first stretch missed; where there is no roster, with its first day. */
export function beginOf(missed: readonly MissedShift[], { from }: LeaveSpan, timeZone: string): number {
  if (missed.length > 0) return Math.min(...missed.map((each) => each.from));
  return Temporal.PlainDate.from(from).toZonedDateTime(timeZone).epochMilliseconds;
}

/** When it ends: with the last stretch missed; where there is no roster, with its last day. */
export function endOf(missed: readonly MissedShift[], { to }: LeaveSpan, timeZone: string): number {
  if (missed.length > 0) return Math.max(...missed.map((each) => each.to));
  return Temporal.PlainDate.from(to).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
}

/** What is left of it when it is cut short 提前销假 at `at`. */
export function cutAt(
  missed: readonly MissedShift[],
  span: LeaveSpan,
  at: number,
  timeZone: string,
): { missed: MissedShift[]; span: LeaveSpan } {
  const kept = missed.filter(({ from }) => from < at).map((each) => ({ ...each, to: Math.min(each.to, at) }));
  const last = Temporal.Instant.fromEpochMilliseconds(at - 1)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
  const to = [span.from, last, span.to].sort()[1] ?? span.to;
  return { missed: kept, span: { ...span, to } };
}

/** The dates (ISO) of a leave that its certificates don't cover: they must be unbroken 连续 (§4 leave 4). */
export function uncertified(
  span: Pick<LeaveSpan, 'from' | 'to'>,
  certificates: readonly { readonly from: string; readonly to: string }[],
): string[] {
  const open: string[] = [];
  let date = Temporal.PlainDate.from(span.from);
  for (; date.toString() <= span.to; date = date.add({ days: 1 })) {
    const day = date.toString();
    if (!certificates.some(({ from, to }) => from <= day && day <= to)) open.push(day);
  }
  return open;
}
