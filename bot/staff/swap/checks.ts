import { comparable, notice, quota, rest } from '../../policy/primitives.ts';
import type { SwapPolicy, SwapSeverity } from '../../policy/schema.ts';
import type { Duty } from '../roster/types.ts';
import { around } from './around.ts';
import type { About, Days, Leg, SwapFacts, SwapFigures, SwapKind, SwapVerdict } from './types.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What every check is given: the facts, the policy's section, the instant (epoch ms) and the calendar. */
export interface CheckInput {
  readonly facts: SwapFacts;
  readonly swap: SwapPolicy;
  readonly now: number;
  readonly days: Days;
}

type Rule = Pick<SwapVerdict, 'rule' | 'clause' | 'quote'> & { vars?: SwapVerdict['quoteVars'] };

function verdict(rule: Rule, about: About, result: SwapSeverity, figures?: SwapFigures): SwapVerdict {
  const { vars = {}, ...named } = rule;
  return { ...named, quoteVars: vars, about, result, ...(figures && { figures }) };
}

/** Clause 1: the swap states its reason. */
export function reasonCheck({ facts: { kind, reason }, swap }: CheckInput): SwapVerdict[] {
  // A shift that nobody has is its own reason.
  if (reason === undefined || kind === 'open') return [];
  const { min, max, missing } = swap.reason;
  // Emoji and dots give no reason.
  const letters = reason.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const length = letters < min ? letters : [...reason].length;
  const result = letters < min || length > max ? missing : 'pass';
  const rule: Rule = { rule: 'reason', clause: 'swap.1', quote: 'swap.quote_reason' };
  return [verdict(rule, 'reason', result, { of: 'reason', length, min, max })];
}

/** Not begun, and early enough that both leaders can look at it; a shift that nobody has is filled until it begins. */
export function noticeCheck({ facts, swap, now }: CheckInput, { duty }: Leg, about: About): SwapVerdict {
  const { hours, late } = noticeOf(facts.kind, swap);
  const { state, actualMs, requiredMs, latest } = notice(now, duty.startsAt, duty.endsAt, hours);
  const result = actualMs <= 0 ? 'refuse' : state === 'inTime' ? 'pass' : late;
  const rule: Rule = { rule: 'notice', clause: 'product', quote: 'swap.quote_notice', vars: { hours } };
  return verdict(rule, about, result, { of: 'notice', shift: duty, now, actualMs, requiredMs, latest });
}

/** What the notice asks of this kind of swap. */
export const noticeOf = (kind: SwapKind, { notice: { hours, late } }: SwapPolicy): SwapPolicy['notice'] =>
  kind === 'open' ? { hours: 0, late: 'refuse' } : { hours, late };

/** Clause 2: at most so many a month, for whoever it counts; the month is that of the shift's business date. */
export function quotaChecks({ facts, swap }: CheckInput): SwapVerdict[] {
  // Whoever takes a shift that nobody has swaps with nobody.
  if (facts.kind === 'open') return [];
  const { perMonth: limit, partnerCounts, returnCounts, over } = swap.quota;
  const [first, back] = facts.legs;
  const uses = new Map([[monthOf(first), 1]]);
  if (back && returnCounts) uses.set(monthOf(back), (uses.get(monthOf(back)) ?? 0) + 1);
  const rule: Rule = { rule: 'quota', clause: 'swap.2', quote: 'swap.quote_quota', vars: { limit } };
  const check = ({ id, name: person }: Leg['giver'], about: About) =>
    [...uses].map(([month, more]) => {
      const { count, within } = quota(facts.counted(id, month) + more - 1, limit);
      return verdict(rule, about, within ? 'pass' : over, { of: 'quota', person, month, count, limit });
    });
  return [...check(first.giver, 'shift'), ...(partnerCounts ? check(first.taker, 'partner') : [])];
}

const monthOf = ({ duty }: Leg) => duty.businessDate.slice(0, 7);

/** What would have to be another if the shift itself can't be given. */
const itself = (about: About) => (about === 'partner' ? 'shift' : about);

const isSwapped = ({ instead }: Duty) => instead?.cause === 'swap' || instead?.cause === 'give';

/**
 * Clause 2: not a shift that came from a swap, and none right before or after one that came or went by a swap, for
 * whoever gives it nor for whoever takes it.
 */
export function consecutiveCheck({ facts, swap }: CheckInput, leg: Leg, about: About): SwapVerdict {
  const rule: Rule = { rule: 'consecutive', clause: 'swap.2', quote: 'swap.quote_consecutive' };
  // Whoever takes a shift that nobody has swaps with nobody.
  if (facts.kind === 'open') return verdict(rule, about, 'pass');
  const { duty, giver, taker } = leg;
  const givers = isSwapped(duty) ? duty : nextSwapped(facts, duty, giver);
  const other = givers ?? nextSwapped(facts, duty, taker);
  if (!other) return verdict(rule, about, 'pass');
  const person = givers ? giver.name : taker.name;
  return verdict(rule, givers ? itself(about) : about, swap.consecutive.found, {
    ...{ of: 'consecutive', person, shift: duty, other },
  });
}

/**
 * A shift right before or after this one that came to somebody by an earlier swap, or went from them by one. Their other
 * shift of this same swap stands between like any: it is looked at by itself.
 */
function nextSwapped(
  { legs, dutiesOf, givenBy }: SwapFacts,
  duty: Duty,
  { id }: Leg['giver'],
): Duty | undefined {
  const gone = around(givenBy(id), duty);
  const taken = legs.flatMap((leg) => (leg.taker.id === id ? around([leg.duty], duty) : []));
  const all = [...around(dutiesOf(id), duty), ...taken, ...gone].sort((a, b) => a.from - b.from);
  const next = [all.findLast(({ from }) => from < duty.from), all.find(({ from }) => from >= duty.from)];
  const ours = legs.map((leg) => leg.duty.shiftId);
  return next.find(
    (each) => each && (gone.includes(each) || (isSwapped(each) && !ours.includes(each.shiftId))),
  );
}

/** Clause 2, back to back 连班, and the rest between shifts: with the nearest shifts before and after. */
export function restChecks({ facts, swap }: CheckInput, leg: Leg, about: About): SwapVerdict[] {
  const { duty, taker } = leg;
  const measured = neighbours(facts, leg).map((other) => ({ other, ...rest(other, duty, 0) }));
  const closest = measured.sort((a, b) => a.gapMs - b.gapMs)[0];
  const weigh = (rule: Rule, requiredMs: number, short: SwapSeverity) => {
    if (!closest) return verdict(rule, about, 'pass');
    const { other, gapMs } = closest;
    const figures = { of: 'rest', person: taker.name, shift: duty, other, gapMs, requiredMs } as const;
    return verdict(rule, about, gapMs >= requiredMs ? 'pass' : short, figures);
  };
  const { backToBack, rest: pause } = swap;
  const together = weigh(
    { rule: 'backToBack', clause: 'swap.2', quote: 'swap.quote_backToBack' },
    backToBack.minutes * MINUTE_MS,
    backToBack.found,
  );
  // One fault is said once: what is back to back is short of rest as well.
  if (together.result === 'refuse') return [together];
  const quoted: Rule = {
    rule: 'rest',
    clause: 'product',
    quote: 'swap.quote_rest',
    vars: { hours: pause.hours },
  };
  return [together, weigh(quoted, pause.hours * HOUR_MS, pause.short)];
}

/** The taker's shifts right before and after, once the swap has taken away what they give for it. */
function neighbours({ legs, dutiesOf }: SwapFacts, { duty, taker }: Leg): Duty[] {
  const given = legs.find(({ giver }) => giver.id === taker.id)?.duty.shiftId;
  return around(dutiesOf(taker.id), duty, given);
}

/** Clause 3: same job type, comparable grade. */
export function attributeChecks({ swap }: CheckInput, { giver, taker }: Leg, about: About): SwapVerdict[] {
  const job: Rule = { rule: 'jobType', clause: 'swap.3', quote: 'swap.quote_jobType' };
  const same = giver.jobType === taker.jobType;
  const jobs = { of: 'jobType', giver: giver.name, taker: taker.name } as const;
  const grade: Rule = { rule: 'grade', clause: 'swap.3', quote: 'swap.quote_grade' };
  const compared = comparable(taker.grade, giver.grade);
  return [
    verdict(job, 'partner', same ? 'pass' : swap.jobType.different, jobs),
    verdict(grade, about, compared === 'equal' ? 'pass' : swap.grade[compared], {
      ...{ of: 'grade', giver: giver.name, giverGrade: giver.grade },
      ...{ taker: taker.name, takerGrade: taker.grade },
    }),
  ];
}

/** Clause 4: no leave on a shift that is swapped, whoever asked for it, nor on the day of one that is taken on. */
export function leaveCheck({ facts, swap }: CheckInput, leg: Leg, about: About): SwapVerdict {
  const { duty, giver, taker } = leg;
  const rule: Rule = { rule: 'leave', clause: 'swap.4', quote: 'swap.quote_leave' };
  const own =
    facts.kind === 'open' ? [] : facts.leavesOf(giver.id).filter((l) => l.shiftIds.includes(duty.shiftId));
  const date = duty.businessDate;
  const takers = facts.leavesOf(taker.id).filter(({ from, to }) => from <= date && date <= to);
  const [found] = [...own, ...takers];
  if (!found) return verdict(rule, about, 'pass');
  const person = found.personId === giver.id ? giver.name : taker.name;
  const { from, to } = found;
  return verdict(rule, own.length > 0 ? itself(about) : about, swap.leave.clash, {
    ...{ of: 'leave', person, shift: duty, from, to },
  });
}

/** Clause 5: who is on duty on a public holiday stays on it; whoever fills a shift that nobody has swaps with nobody. */
export function holidayCheck(
  { facts, swap, days }: CheckInput,
  { duty: { businessDate: date } }: Leg,
  about: About,
): SwapVerdict {
  const rule: Rule = { rule: 'holiday', clause: 'swap.5', quote: 'swap.quote_holiday' };
  if (facts.kind === 'open') return verdict(rule, about, 'pass');
  const { weekends, makeUpWorkdays, onDuty, unknown } = swap.holidays;
  const kind = days.kind(date);
  if (kind === 'unknown')
    return verdict(rule, about, unknown, { of: 'holidayUnknown', date, covered: days.coveredThrough });
  const blocked =
    kind === 'holiday' || (kind === 'weekend' && weekends) || (kind === 'makeUpWorkday' && makeUpWorkdays);
  if (!blocked) return verdict(rule, about, 'pass');
  return verdict(rule, about, onDuty, { of: 'holiday', date, name: days.holiday(date) });
}

/** Clause 7: a swap normally has its return shift, within so many days. */
export function returnCheck({ facts, swap }: CheckInput): SwapVerdict[] {
  if (facts.kind === 'open') return [];
  const { withinDays: limit, later, none } = swap.return;
  const rule: Rule = { rule: 'return', clause: 'swap.7', quote: 'swap.quote_return' };
  const [{ duty }, back] = facts.legs;
  if (!back) return [verdict(rule, 'back', none, { of: 'noReturn' })];
  const days = Math.abs(daysBetween(duty.businessDate, back.duty.businessDate));
  return [verdict(rule, 'back', days <= limit ? 'pass' : later, { of: 'return', days, limit })];
}

const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / (24 * HOUR_MS));
