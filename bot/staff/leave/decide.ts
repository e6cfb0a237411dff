import type { LadderStep } from './ladder.ts';

export type LeaveState = 'pending' | 'approved' | 'refused' | 'withdrawn';

/** One level's decision, on record for good. */
export interface LeaveDecision {
  readonly level: number;
  readonly approverId: string;
  /** As read from the database. */
  readonly approverName?: string;
  readonly decision: 'approve' | 'refuse';
  readonly note: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A request on its way: pending at `level` → approved | refused | withdrawn; approved → withdrawn. Safe as JSON. */
export interface LeaveProgress {
  readonly state: LeaveState;
  /** The level that decides next; once closed, the one that closed it. */
  readonly level: number;
  readonly requesterIds: readonly string[];
  readonly steps: readonly LadderStep[];
  readonly decisions: readonly LeaveDecision[];
  readonly decidedAt?: number;
  /** When what is granted begins: until then it can be taken back. */
  readonly startsAt?: number;
}

export interface LeavePress {
  readonly by: string;
  readonly action: 'approve' | 'refuse' | 'withdraw';
  readonly note?: string;
  /** Epoch ms. */
  readonly at: number;
  /** Ids of those who may decide at this level in its approver's place: see seats.ts. */
  readonly instead?: readonly string[];
}

export type PressRefusal =
  | 'not_current_approver'
  | 'not_your_turn'
  | 'own_request'
  | 'not_requester'
  | 'closed';

/**
 * `changed`: store `progress`; `next` is the step to ask, absent once it is closed. `repeat`: nothing changed,
 * `decision` is this person's stored one (absent for a repeated withdrawal). `refused`: not theirs to press.
 */
export type PressResult =
  | { readonly kind: 'changed'; readonly progress: LeaveProgress; readonly next?: LadderStep }
  | { readonly kind: 'repeat'; readonly progress: LeaveProgress; readonly decision?: LeaveDecision }
  | { readonly kind: 'refused'; readonly code: PressRefusal; readonly progress: LeaveProgress };

/**
 * A request as submitted, its ladder frozen.
 * @param requesterIds who is to be absent, and who asked
 * @throws RangeError for an empty ladder: nobody would ever decide
 */
export function submitLeave(steps: readonly LadderStep[], requesterIds: readonly string[]): LeaveProgress {
  if (steps.length === 0) throw new RangeError('a ladder needs at least one level');
  return { state: 'pending', level: 0, requesterIds: [...new Set(requesterIds)], steps, decisions: [] };
}

/** One press of a button. The first that counts decides; every later one gets the stored outcome. */
export function pressLeave(progress: LeaveProgress, press: LeavePress): PressResult {
  return press.action === 'withdraw' ? withdraw(progress, press) : decide(progress, press, press.action);
}

function withdraw(progress: LeaveProgress, { by, at }: LeavePress): PressResult {
  if (!progress.requesterIds.includes(by)) return { kind: 'refused', code: 'not_requester', progress };
  if (progress.state === 'withdrawn') return { kind: 'repeat', progress };
  const granted = progress.state === 'approved' && progress.startsAt !== undefined && at < progress.startsAt;
  if (progress.state !== 'pending' && !granted) return { kind: 'refused', code: 'closed', progress };
  return { kind: 'changed', progress: { ...progress, state: 'withdrawn', decidedAt: at } };
}

function decide(progress: LeaveProgress, press: LeavePress, action: 'approve' | 'refuse'): PressResult {
  const { by, at } = press;
  // The frozen ladder never names them; should it, through a fault or a forged card, this line holds.
  if (progress.requesterIds.includes(by)) return { kind: 'refused', code: 'own_request', progress };
  const stored = progress.decisions.find((decision) => decision.approverId === by);
  if (stored) return { kind: 'repeat', progress, decision: stored };
  const code = refusalOf(progress, press);
  if (code) return { kind: 'refused', code, progress };

  const decision = { level: progress.level, approverId: by, decision: action, note: press.note ?? '', at };
  const decisions = [...progress.decisions, decision];
  // Whoever stood in here and has a level of their own above has said all that they have to say.
  const later = progress.steps.slice(progress.level + 1).filter((step) => step.approverId !== by);
  const next = action === 'approve' ? later[0] : undefined;
  if (next) return { kind: 'changed', progress: { ...progress, level: next.level, decisions }, next };
  const state = action === 'approve' ? 'approved' : 'refused';
  return { kind: 'changed', progress: { ...progress, state, decisions, decidedAt: at } };
}

function refusalOf(progress: LeaveProgress, { by, instead = [] }: LeavePress): PressRefusal | undefined {
  const named = progress.steps.filter((step) => isNamed(step, by));
  const [first] = named;
  if (!first) return 'not_current_approver';
  if (progress.state !== 'pending') return 'closed';
  const current = progress.steps[progress.level];
  if (current?.approverId === by || instead.includes(by)) return undefined;
  if (named.some(({ level }) => level > progress.level)) return 'not_your_turn';
  return named.some(({ level }) => level === progress.level) ? 'not_current_approver' : 'closed';
}

/** True for a level's approver and whoever may come to decide in their place. */
export function isNamed({ approverId, deputies = [], above }: LadderStep, id: string): boolean {
  return approverId === id || above?.id === id || deputies.some((deputy) => deputy.id === id);
}

/** The step that must decide now, if the request is still open. */
export function currentStep(progress: LeaveProgress): LadderStep | undefined {
  return progress.state === 'pending' ? progress.steps[progress.level] : undefined;
}
