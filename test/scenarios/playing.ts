import fc from 'fast-check';
import { isAppError } from '../../bot/errors.ts';
import { personById } from '../../bot/people/directory.ts';
import { reportBack } from '../../bot/staff/leave/back.ts';
import { loadLeaveDesk } from '../../bot/staff/leave/facts.ts';
import { leaveJobs } from '../../bot/staff/leave/jobs.ts';
import type { Extended } from '../../bot/staff/leave/judge.ts';
import { decideLeave } from '../../bot/staff/leave/keep.ts';
import { leaveById } from '../../bot/staff/leave/record.ts';
import { handInLeave } from '../../bot/staff/leave/submit.ts';
import { withdrawLeave } from '../../bot/staff/leave/withdraw.ts';
import { readerOf } from '../../bot/staff/leave/words.ts';
import { editRoster } from '../../bot/staff/roster/edit.ts';
import { undoEdit } from '../../bot/staff/roster/edits.ts';
import { loadRoster } from '../../bot/staff/roster/store.ts';
import type { Duty } from '../../bot/staff/roster/types.ts';
import { loadSwapDesk } from '../../bot/staff/swap/desk.ts';
import { whoCan } from '../../bot/staff/swap/find.ts';
import { ANYONE, NO_RETURN, type SwapContext } from '../../bot/staff/swap/options.ts';
import { proposeSwap } from '../../bot/staff/swap/propose.ts';
import { swapById } from '../../bot/staff/swap/record.ts';
import { settle } from '../../bot/staff/swap/settle.ts';
import { watchSwaps } from '../../bot/staff/swap/watch.ts';
import type { Unit } from '../../prisma/client.ts';
import type { StaffScene } from './staff.ts';

const nat = fc.nat({ max: 60 });
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('propose' as const), who: nat, whom: nat, which: nat }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('agree' as const), which: nat, who: nat }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('decline' as const, 'takeBack' as const, 'revoke' as const),
      ...{ which: nat, who: nat },
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), who: nat, which: nat, days: nat }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('grant' as const), which: nat, who: nat }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('withdraw' as const, 'cut' as const, 'extend' as const, 'refuse' as const),
      which: nat,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), who: nat, which: nat, name: nat }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which: nat }) },
  { weight: 1, arbitrary: fc.constant({ do: 'minute' as const }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

/** What is done at the same moment, some of it twice or three times, and how many hours after the round before. */
export const round: fc.Arbitrary<{ hours: number; acts: Act[] }> = fc.record({
  hours: fc.constantFrom(0, 0, 0, 1, 5),
  acts: fc
    .array(fc.tuple(act, fc.constantFrom(1, 1, 2, 3)), { minLength: 1, maxLength: 3 })
    .map((all) => all.flatMap(([each, times]) => Array.from({ length: times }, () => each))),
});

/** The stretch of the demo's roster that is played on. */
export const PLAYED: { from: number; to: number } = {
  from: Date.parse('2026-06-08T00:00+08:00'),
  to: Date.parse('2026-06-25T00:00+08:00'),
};

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

export class Play {
  readonly #scene: StaffScene;
  readonly #people: readonly string[];
  readonly #head: string;

  constructor(scene: StaffScene, people: readonly string[], head: string) {
    this.#scene = scene;
    this.#people = people;
    this.#head = head;
  }

  /** All at the same moment, each in a transaction of its own. What one is refused is no fault; anything else is. */
  async round(acts: readonly Act[], now: number): Promise<void> {
    const tried = await Promise.allSettled(acts.map((each) => this.#one(each, now)));
    for (const each of tried)
      if (each.status === 'rejected' && !isAppError(each.reason)) throw each.reason as Error;
  }

  async #one(step: Act, now: number): Promise<unknown> {
    const { db } = this.#scene;
    if (step.do === 'minute')
      return [await watchSwaps(db, this.#parts, now), await leaveJobs(db, this.#parts, now)];
    return db.transaction((unit) => this.#perform(unit, step, now));
  }

  /** Nobody is to read the words that are left for them. */
  get #parts() {
    return { ...this.#scene.parts, wake() {} };
  }

  async #perform(unit: Unit, step: Exclude<Act, { do: 'minute' }>, now: number): Promise<unknown> {
    switch (step.do) {
      case 'propose':
        return this.#propose(unit, step, now);
      case 'agree':
      case 'decline':
      case 'takeBack':
      case 'revoke':
        return this.#press(unit, step, now);
      case 'ask': {
        const personId = at(this.#people, step.who) ?? '';
        const duty = at(await this.#ahead(unit, personId, now), step.which);
        return duty && this.#ask(unit, { personId, from: duty.businessDate, days: step.days % 3 }, now);
      }
      case 'grant':
      case 'refuse':
        return this.#decide(unit, { ...step, do: step.do }, now);
      case 'withdraw':
      case 'cut':
      case 'extend':
        return this.#later(unit, { ...step, do: step.do }, now);
      case 'edit':
        return this.#edit(unit, step, now);
      case 'undo': {
        const edits = await unit.prisma.rosterEdit.findMany({ where: { undoneAt: null } });
        const edit = at(edits, step.which);
        return edit && undoEdit(unit, this.#parts, edit.id, await this.#editing(unit, now));
      }
    }
  }

  async #ahead(unit: Unit, personId: string, now: number): Promise<readonly Duty[]> {
    return (await loadRoster(unit.sql, { ...PLAYED, people: [personId] }))
      .of(personId)
      .filter(({ from }) => from > now);
  }

  async #propose(unit: Unit, step: Extract<Act, { do: 'propose' }>, now: number): Promise<unknown> {
    const version = this.#parts.policy();
    const { policy } = version;
    const meId = at(this.#people, step.who) ?? '';
    const shift = at(await this.#ahead(unit, meId, now), step.which);
    const desk = await loadSwapDesk(unit.sql, policy.swap, { ids: this.#people, ...PLAYED });
    const me = desk.people.get(meId);
    if (!me || !shift) return;
    const wanted = { desk, policy: policy.swap, days: desk.days, now, me, shift };
    const offer = at(whoCan(wanted, { most: 4, backs: 3 }), step.whom);
    if (!offer) return;
    const back = at(offer.backs, step.whom);
    const partner = step.whom % 9 === 8 && offer.gives ? ANYONE : offer.person.id;
    const context: SwapContext = { now, locale: 'zh-CN', policy, me, desk, days: desk.days, gives: !back };
    const values = {
      ...{ shift: shift.shiftId, partner, reason: '家里有事' },
      back: back && step.whom % 4 > 0 ? back.shiftId : NO_RETURN,
    };
    return proposeSwap(unit, this.#parts, { values, context, version });
  }

  async #press(
    unit: Unit,
    step: Extract<Act, { do: 'agree' | 'decline' | 'takeBack' | 'revoke' }>,
    now: number,
  ): Promise<unknown> {
    const swaps = await unit.prisma.swap.findMany({ orderBy: { id: 'desc' } });
    const open = swaps.filter(({ state }) => state.endsWith('_pending'));
    // Mostly those whose word it is; now and then somebody else, or about one that has ended.
    const usual = step.do === 'agree' && step.who % 8 > 0;
    const chosen = at(usual ? open : swaps, step.which);
    const record = chosen && (await swapById(unit.sql, chosen.id));
    if (!record) return;
    const { state, partnerId, leaderIds, requesterId, consents } = record;
    const anybody = at(this.#people, step.who);
    const leader = leaderIds.find((id) => !consents.some(({ personId }) => personId === id));
    const waits = state === 'peer_pending' ? (partnerId ?? anybody) : leader;
    const by = usual ? waits : at([partnerId, ...leaderIds, requesterId, anybody], step.who);
    // A shift that is offered to all has no partner yet.
    if (!by) return;
    const action = step.do === 'takeBack' ? 'withdraw' : step.do;
    return settle(unit, this.#parts, record.id, { by, action, at: now });
  }

  async #ask(
    unit: Unit,
    {
      personId,
      from,
      days,
      extending,
    }: { personId: string; from: string; days: number; extending?: Extended },
    now: number,
  ): Promise<unknown> {
    const version = this.#parts.policy();
    const { policy } = version;
    const desk = await loadLeaveDesk(unit.sql, { personId, requesterId: personId }, policy, now);
    if (!desk) return;
    const about = {
      now,
      locale: 'zh-CN' as const,
      policy,
      emergency: false,
      ...(extending && { extending }),
    };
    const span = { from, to: later(from, days) };
    const kind = extending?.kind ?? (days === 2 ? 'sick' : 'personal');
    const values = { kind, span, reason: '家里有事', managerReason: '家里有急事' };
    return handInLeave(unit, this.#parts, { values, context: { ...desk, ...about }, version });
  }

  async #decide(unit: Unit, step: { do: 'grant' | 'refuse'; which: number }, now: number): Promise<unknown> {
    const pending = await unit.prisma.leaveRequest.findMany({ where: { state: 'pending' } });
    const chosen = at(pending, step.which);
    const record = chosen && (await leaveById(unit.sql, chosen.id, { hold: true }));
    const by = record?.ladder.steps[record.level]?.approverId;
    const action = step.do === 'grant' ? 'approve' : 'refuse';
    return record && by && decideLeave(unit, this.#parts, record, { by, action, note: '', now });
  }

  async #later(
    unit: Unit,
    step: { do: 'withdraw' | 'cut' | 'extend'; which: number },
    now: number,
  ): Promise<unknown> {
    const where = step.do === 'withdraw' ? {} : { state: 'approved', returnedAt: null };
    const chosen = at(await unit.prisma.leaveRequest.findMany({ where }), step.which);
    if (!chosen) return;
    const { id: requestId, personId: by } = chosen;
    const reader = readerOf('zh-CN', this.#parts.policy().policy, now);
    if (step.do === 'withdraw') return withdrawLeave(unit, this.#parts, { requestId, by, reader, now });
    if (step.do === 'cut') return reportBack(unit, this.#parts, { requestId, by, early: true, now });
    const record = await leaveById(unit.sql, requestId);
    if (!record) return;
    const extending = { id: requestId, kind: record.kind, to: record.span.to };
    return this.#ask(unit, { personId: by, from: later(record.span.to, 1), days: 1, extending }, now);
  }

  async #edit(unit: Unit, step: Extract<Act, { do: 'edit' }>, now: number): Promise<unknown> {
    const day = new Date(PLAYED.from + (3 + (step.which % 13)) * 86_400_000 + 43_200_000);
    const names = at([[], ['早班'], ['中班'], ['夜班'], ['夜班', '中班']], step.name) ?? [];
    const cells = [
      { personId: at(this.#people, step.who) ?? '', date: day.toISOString().slice(0, 10), shifts: names },
    ];
    const wish = { cells, kind: 'edit' as const, confirmed: true, dry: false };
    return editRoster(unit, this.#parts, wish, await this.#editing(unit, now));
  }

  async #editing(unit: Unit, now: number) {
    const editor = await personById(unit.sql, this.#head);
    if (!editor) throw new Error('there is no department head');
    return { editor, policy: this.#parts.policy().policy, locale: 'zh-CN' as const, now };
  }
}

const later = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
