import { levelsFor } from '../../policy/primitives.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Checked, LeaveKind, PersonFact, Role } from './types.ts';

/** One level of a frozen ladder 审批阶梯. `level` counts from 0 and is the request's own. */
export interface LadderStep {
  readonly level: number;
  readonly role: Role;
  readonly approverId: string;
  readonly approverNumber: string;
  readonly approverName: string;
  /** Decides instead of the holder of the post. */
  readonly deputy: boolean;
  /** May decide while the approver is away. Steps of an older release have none. */
  readonly deputies?: readonly Seat[];
  /** May decide, too, once the approver has let the time pass. */
  readonly above?: Seat;
}

/** Somebody who may come to decide in the approver's place. */
export interface Seat {
  readonly id: string;
  readonly number: string;
  readonly name: string;
}

export interface Ladder {
  readonly steps: readonly LadderStep[];
  /** Ids of the people who are told. */
  readonly informed: readonly string[];
}

/** `noApprover`: no post above has a holder or a deputy other than those concerned. */
export type LadderResult =
  | { readonly ok: true; readonly ladder: Ladder }
  | { readonly ok: false; readonly code: 'noApprover'; readonly role: Role };

export interface LadderRequest {
  readonly kind: LeaveKind;
  readonly person: PersonFact;
  readonly requester: PersonFact;
  readonly checked: Pick<Checked, 'daysTogether' | 'holiday' | 'managers'>;
}

/**
 * The ladder of a request, RULEBOOK §4 leave 2 and 7: level by level, no skipping; nobody decides their own
 * request or one that they made for another, it goes one level up, the highest post's to a deputy.
 * @param people the active colleagues who hold posts, and the deputies
 */
export function buildLadder(
  request: LadderRequest,
  people: readonly PersonFact[],
  policy: Policy,
): LadderResult {
  const finder = new Finder(request, people, policy);
  const { steps, missing } = finder.climb(levelsOf(request, policy));
  if (missing) return { ok: false, code: 'noApprover', role: missing };
  const approvers = new Set(steps.map((step) => step.approverId));
  const told = policy.leave.informed.flatMap((role) => finder.holder(role)?.id ?? []);
  const informed = [...new Set(told)].filter((id) => !approvers.has(id) && !finder.concerned.has(id));
  return { ok: true, ladder: { steps, informed } };
}

/**
 * Everybody above a colleague, the direct leader first: who is asked about what they report up 请示汇报 (RULEBOOK §4).
 * Empty: nobody holds a post above them, nor is there a deputy.
 */
export function ladderAbove(
  person: PersonFact,
  people: readonly PersonFact[],
  policy: Policy,
): readonly LadderStep[] {
  const { ranks } = policy.people;
  const above = ranks.slice(ranks.indexOf(person.role) + 1);
  const finder = new Finder({ person, requester: person }, people, policy);
  return finder.climb(above.length > 0 ? above : ranks.slice(-1)).steps;
}

/** Posts in order. A person's own post and those below it have no say; then the next above decides. */
function levelsOf({ kind, person, checked }: LadderRequest, { leave, people: { ranks } }: Policy): Role[] {
  const bands = leave.bands.filter((band) => band.kinds.includes(kind));
  const levels = new Set<Role>(levelsFor(bands, checked.daysTogether));
  if (checked.holiday && leave.holidayLevel) levels.add(leave.holidayLevel);
  const consent = ranks.find((role) => checked.managers.includes(role));
  if (consent && !checked.managers.some((role) => levels.has(role))) levels.add(consent);
  const own = ranks.indexOf(person.role);
  const above = ranks.filter((role, rank) => levels.has(role) && rank > own);
  if (above.length > 0) return above;
  const next = ranks[own + 1] ?? ranks[own];
  return next ? [next] : [];
}

interface Found {
  readonly person: PersonFact;
  readonly role: Role;
  readonly deputy: boolean;
}

type Parties = Pick<LadderRequest, 'person' | 'requester'>;

class Finder {
  readonly concerned: ReadonlySet<string>;
  private readonly request: Parties;
  private readonly people: readonly PersonFact[];
  private readonly policy: Policy;

  constructor(request: Parties, people: readonly PersonFact[], policy: Policy) {
    this.request = request;
    this.people = [...people].sort((a, b) => a.number.localeCompare(b.number));
    this.policy = policy;
    this.concerned = new Set([request.person.id, request.requester.id]);
  }

  /** The levels of these posts, up to the first that nobody can decide at. */
  climb(roles: readonly Role[]): { readonly steps: readonly LadderStep[]; readonly missing?: Role } {
    const steps: LadderStep[] = [];
    for (const role of roles) {
      const found = this.approver(role);
      if (!found) return { steps, missing: role };
      // A deputy may stand for two levels: one decision is enough, at the place of the first.
      if (steps.some((step) => step.approverId === found.person.id)) continue;
      steps.push(this.step(found, steps.length));
    }
    return { steps };
  }

  holder(role: Role): PersonFact | undefined {
    const { teamId } = this.request.person;
    return this.people.find((one) => one.role === role && (role !== 'shift_leader' || one.teamId === teamId));
  }

  /** The post's holder, else a deputy of the post, else whoever decides one level up. */
  approver(role: Role): Found | undefined {
    const { ranks } = this.policy.people;
    const own = ranks.indexOf(this.request.person.role);
    const holder = this.holder(role);
    // Another holder of one's own post is an equal, not a level up.
    if (holder && !this.concerned.has(holder.id) && ranks.indexOf(role) > own) {
      return { person: holder, role, deputy: false };
    }
    const [deputy] = this.deputies(role);
    if (deputy) return { person: deputy, role, deputy: true };
    const next = this.above(role);
    return next && this.approver(next);
  }

  /** A level with those who may come to decide in its approver's place: never anybody whom the request concerns. */
  step({ person, role, deputy }: Found, level: number): LadderStep {
    const next = this.above(role);
    const above = next && this.approver(next);
    const deputies = this.deputies(role).filter(({ id }) => id !== person.id);
    return {
      ...{
        level,
        role,
        deputy,
        approverId: person.id,
        approverNumber: person.number,
        approverName: person.name,
      },
      deputies: deputies.map(seatOf),
      ...(above && above.person.id !== person.id && { above: seatOf(above.person) }),
    };
  }

  private above(role: Role): Role | undefined {
    const { ranks } = this.policy.people;
    return ranks.includes(role) ? ranks[ranks.indexOf(role) + 1] : undefined;
  }

  private deputies(role: Role): PersonFact[] {
    const numbers = this.policy.people.deputies[role] ?? [];
    return numbers
      .flatMap((number) => this.people.find((one) => one.number === number) ?? [])
      .filter(({ id }) => !this.concerned.has(id));
  }
}

const seatOf = ({ id, number, name }: PersonFact): Seat => ({ id, number, name });
