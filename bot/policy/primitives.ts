import { Temporal } from 'temporal-polyfill';

const HOUR_MS = 3_600_000;

/** How a request stands in time: `inTime`, `late`, or `over` once the thing itself has ended. */
export interface Notice {
  readonly state: 'inTime' | 'late' | 'over';
  /** From now to the start; negative once it has begun. */
  readonly actualMs: number;
  readonly requiredMs: number;
  /** The last instant (epoch ms) at which it would have been in time. */
  readonly latest: number;
}

/** Notice 提前量: at least `hours` before `startsAt`; exactly `hours` is enough. Instants in epoch ms. */
export function notice(now: number, startsAt: number, endsAt: number, hours: number): Notice {
  const requiredMs = hours * HOUR_MS;
  const actualMs = startsAt - now;
  const state = now >= endsAt ? 'over' : actualMs >= requiredMs ? 'inTime' : 'late';
  return { state, actualMs, requiredMs, latest: startsAt - requiredMs };
}

/** Cut-off 截止: before an instant; the instant itself is too late. */
export interface CutOff {
  readonly state: 'inTime' | 'late';
  readonly latest: number;
}

/**
 * Before `time` (HH:MM) on the day of the start. A start before `previousDayIfStartsBefore` belongs to the
 * night before it: its cut-off is a calendar day earlier (RULEBOOK §7, the noon rule).
 */
export function cutOff(
  now: number,
  startsAt: number,
  rule: { readonly time: string; readonly previousDayIfStartsBefore: string },
  timeZone: string,
): CutOff {
  const start = Temporal.Instant.fromEpochMilliseconds(startsAt).toZonedDateTimeISO(timeZone);
  const early =
    Temporal.PlainTime.compare(start.toPlainTime(), Temporal.PlainTime.from(rule.previousDayIfStartsBefore)) <
    0;
  const date = early ? start.toPlainDate().subtract({ days: 1 }) : start.toPlainDate();
  const latest = date.toZonedDateTime({ timeZone, plainTime: rule.time }).epochMilliseconds;
  return { state: now < latest ? 'inTime' : 'late', latest };
}

/** Blackout 禁期: the first day that is blocked, and the first of which nobody knows. */
export interface Blackout {
  readonly blocked?: string;
  readonly unknown?: string;
}

/** @param dates ISO dates in order */
export function blackout(
  dates: readonly string[],
  isBlocked: (date: string) => boolean | 'unknown',
): Blackout {
  const blocked = dates.find((date) => isBlocked(date) === true);
  const unknown = dates.find((date) => isBlocked(date) === 'unknown');
  return { ...(blocked !== undefined && { blocked }), ...(unknown !== undefined && { unknown }) };
}

/** Mutual exclusion 互斥: the first of `others` that claims one of `ids` too. */
export function claimedTwice<T extends { readonly shiftIds: readonly string[] }>(
  ids: readonly string[],
  others: readonly T[],
): { readonly other: T; readonly id: string } | undefined {
  for (const other of others) {
    const id = ids.find((mine) => other.shiftIds.includes(mine));
    if (id !== undefined) return { other, id };
  }
  return undefined;
}

/** Evidence due 凭证: the day (ISO) by which it must be handed in, or undefined when none is asked for. */
export function evidenceDue(
  leave: { readonly days: number; readonly to: string; readonly emergency: boolean },
  rule: { readonly fromDays: number; readonly emergencyExempt: boolean; readonly dueDaysAfter: number },
): string | undefined {
  if (leave.days < rule.fromDays || (rule.emergencyExempt && leave.emergency)) return undefined;
  return Temporal.PlainDate.from(leave.to).add({ days: rule.dueDaysAfter }).toString();
}

/** Approval ladder 审批阶梯: the levels of the first band that reaches `days`. Bands rise (checked on load). */
export function levelsFor<Level>(
  bands: readonly { readonly upToDays?: number | undefined; readonly levels: readonly Level[] }[],
  days: number,
): readonly Level[] {
  // Half days are fractions of shifts: a third three times must not come to more than one.
  const reached = bands.find((band) => band.upToDays === undefined || days <= band.upToDays + 1e-9);
  return reached?.levels ?? [];
}

/** Quota 次数: with this one, how many there are of how many. */
export function quota(before: number, limit: number): { readonly count: number; readonly within: boolean } {
  return { count: before + 1, within: before + 1 <= limit };
}

/** A stretch of time, epoch ms. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Rest 间隔: what lies between two stretches (ms, negative where they overlap); exactly `requiredMs` is enough. */
export function rest(
  a: Stretch,
  b: Stretch,
  requiredMs: number,
): { readonly gapMs: number; readonly enough: boolean } {
  const gapMs = Math.max(b.from - a.to, a.from - b.to);
  return { gapMs, enough: gapMs >= requiredMs };
}

/** Grade 等级 of whoever covers, beside that of whom they cover. */
export function comparable(covering: number, covered: number): 'equal' | 'higher' | 'lower' {
  if (covering === covered) return 'equal';
  return covering > covered ? 'higher' : 'lower';
}
