import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currentStep, type LeavePress, type LeaveProgress, pressLeave, submitLeave } from './decide.ts';
import { agent, director, head, leader } from './fixtures.testdata.ts';
import type { LadderStep } from './ladder.ts';
import type { PersonFact } from './types.ts';

const step = (who: PersonFact, level: number): LadderStep => ({
  level,
  role: who.role,
  approverId: who.id,
  approverNumber: who.number,
  approverName: who.name,
  deputy: false,
});
const two = submitLeave([step(head, 0), step(director, 1)], [agent.id, agent.id]);
const press = (who: PersonFact, action: LeavePress['action'], at = 1): LeavePress => ({
  by: who.id,
  action,
  at,
});

function play(...presses: LeavePress[]): LeaveProgress {
  return presses.reduce((progress, one) => pressLeave(progress, one).progress, two);
}

describe('the way of a request', () => {
  test('level by level to approval', () => {
    const first = pressLeave(two, { ...press(head, 'approve', 5), note: '同意' });
    expect(first).toMatchObject({
      kind: 'changed',
      next: { approverId: director.id },
      progress: { state: 'pending', level: 1 },
    });
    const second = pressLeave(first.progress, press(director, 'approve', 9));
    expect(second).toMatchObject({ kind: 'changed', progress: { state: 'approved', decidedAt: 9 } });
    expect(second).not.toHaveProperty('next');
    expect(second.progress.decisions).toEqual([
      { level: 0, approverId: head.id, decision: 'approve', note: '同意', at: 5 },
      { level: 1, approverId: director.id, decision: 'approve', note: '', at: 9 },
    ]);
  });

  test('a refusal at any level ends it', () => {
    expect(play(press(head, 'refuse')).state).toBe('refused');
    expect(play(press(head, 'approve'), press(director, 'refuse'))).toMatchObject({
      state: 'refused',
      level: 1,
    });
  });

  test('it can be withdrawn while it is open', () => {
    expect(play(press(head, 'approve'), press(agent, 'withdraw')).state).toBe('withdrawn');
  });

  test('who decides next', () => {
    expect(currentStep(two)?.approverId).toBe(head.id);
    expect(currentStep(play(press(head, 'approve')))?.approverId).toBe(director.id);
    expect(currentStep(play(press(head, 'refuse')))).toBeUndefined();
  });
});

describe('presses that change nothing', () => {
  test('a second press returns the stored decision, also the other button', () => {
    const after = play(press(head, 'approve', 5));
    const again = pressLeave(after, press(head, 'refuse', 6));
    expect(again).toEqual({ kind: 'repeat', progress: after, decision: after.decisions[0] });
    const closed = play(press(head, 'approve'), press(director, 'approve'));
    expect(pressLeave(closed, press(director, 'approve'))).toMatchObject({
      kind: 'repeat',
      decision: { level: 1 },
    });
    const withdrawn = play(press(agent, 'withdraw'));
    expect(pressLeave(withdrawn, press(agent, 'withdraw'))).toEqual({ kind: 'repeat', progress: withdrawn });
  });

  test.each<[string, LeaveProgress, LeavePress, string]>([
    ['one who is not in the ladder', two, press(leader, 'approve'), 'not_current_approver'],
    ['one whose turn has not come', two, press(director, 'approve'), 'not_your_turn'],
    ['the requester', two, press(agent, 'approve'), 'own_request'],
    ['withdrawing for another', two, press(head, 'withdraw'), 'not_requester'],
    ['deciding what was withdrawn', play(press(agent, 'withdraw')), press(head, 'approve'), 'closed'],
    ['the next level after a refusal', play(press(head, 'refuse')), press(director, 'approve'), 'closed'],
    ['withdrawing what was refused', play(press(head, 'refuse')), press(agent, 'withdraw'), 'closed'],
  ])('%s', (_, progress, pressed, code) => {
    expect(pressLeave(progress, pressed)).toEqual({ kind: 'refused', code, progress });
  });

  test('a ladder that names the requester is still no way to approve oneself', () => {
    const forged = submitLeave([step(agent, 0)], [agent.id]);
    expect(pressLeave(forged, press(agent, 'approve'))).toMatchObject({
      kind: 'refused',
      code: 'own_request',
    });
  });

  test('a request without a ladder is not taken', () => {
    expect(() => submitLeave([], [agent.id])).toThrow(RangeError);
  });
});

test('whatever is pressed: one decision a level, in order, by its approver; what is closed stays closed', () => {
  const anyPress = fc.record({
    by: fc.constantFrom(agent.id, leader.id, head.id, director.id),
    action: fc.constantFrom<LeavePress['action']>('approve', 'refuse', 'withdraw'),
    at: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(anyPress, { maxLength: 12 }), (presses) => {
      let progress = two;
      for (const one of presses) {
        const result = pressLeave(progress, one);
        if (progress.state !== 'pending') expect(result.progress).toBe(progress);
        if (result.kind !== 'changed') expect(result.progress).toBe(progress);
        progress = result.progress;
      }
      const approvers = progress.decisions.map((decision) => decision.approverId);
      expect(approvers).toEqual([head.id, director.id].slice(0, approvers.length));
      const approvals = progress.decisions.filter((decision) => decision.decision === 'approve').length;
      expect(progress.state === 'approved').toBe(approvals === 2);
    }),
    { numRuns: 1000 },
  );
});
