import { expect, test } from 'vitest';
import { actsFor, assertMay, nextState, TICKET_STATES } from './rules.ts';

const agent = { id: 'a', role: 'agent', teamId: 't1' } as const;
const leader = { id: 'b', role: 'shift_leader', teamId: 't1' } as const;

test('open → dispatched → answered → closed', () => {
  expect(nextState('open', 'dispatch')).toBe('dispatched');
  expect(nextState('dispatched', 'answer')).toBe('answered');
  expect(nextState('answered', 'close')).toBe('closed');
});

test('settled at first contact it is closed at once; unsolved it goes out again', () => {
  expect(nextState('open', 'close')).toBe('closed');
  expect(nextState('answered', 'dispatch')).toBe('dispatched');
});

test('what a department has can’t be closed behind its back, and a closed ticket takes notes only', () => {
  expect(() => nextState('dispatched', 'close')).toThrow(
    expect.objectContaining({ code: 'not_allowed_now' }),
  );
  for (const act of ['dispatch', 'answer', 'close'] as const)
    expect(() => nextState('closed', act)).toThrow();
  for (const state of TICKET_STATES) expect(nextState(state, 'note')).toBe(state);
});

test('nobody’s ticket is in everybody’s reach, a colleague’s in the leader’s', () => {
  const others = { personId: 'c', teamId: 't1' };
  expect(actsFor(agent, 'open', { personId: null, teamId: null })).toEqual(['dispatch', 'note', 'close']);
  expect(actsFor(agent, 'open', others)).toEqual([]);
  expect(actsFor(leader, 'open', others)).toEqual(['dispatch', 'note', 'close']);
  expect(() => assertMay(agent, 'dispatch', others)).toThrow(expect.objectContaining({ code: 'forbidden' }));
});
