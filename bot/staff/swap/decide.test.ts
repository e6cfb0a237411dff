import { describe, expect, test } from 'vitest';
import { pressSwap as press } from './decide.ts';

describe('clause 1: both colleagues agree, then both leaders', () => {
  const swap = {
    ...{ state: 'leader_pending' as const, requesterId: 'me', partnerId: 'other', open: false },
    ...{
      leaderIds: ['a', 'b'],
      consents: [{ personId: 'other', as: 'peer' as const, decision: 'agree' as const, note: '', at: 1 }],
    },
  };
  const agree = (by: string) => ({ by, action: 'agree' as const, at: 2 });
  const agreed = (by: string) => ({
    personId: by,
    as: 'leader' as const,
    decision: 'agree' as const,
    note: '',
    at: 2,
  });

  test('the colleague first: before that no leader can', () => {
    const asked = { ...swap, state: 'peer_pending' as const, consents: [] };
    expect(press(asked, agree('a'))).toEqual({ kind: 'refused', code: 'not_theirs' });
    expect(press(asked, agree('me'))).toEqual({ kind: 'refused', code: 'not_theirs' });
    expect(press(asked, agree('other'))).toMatchObject({ state: 'leader_pending' });
  });
  test('one leader of two is not enough; the second makes it agreed', () => {
    expect(press(swap, agree('a'))).toMatchObject({ state: 'leader_pending' });
    expect(press({ ...swap, consents: [...swap.consents, agreed('a')] }, agree('b'))).toMatchObject({
      state: 'approved',
    });
  });
  test('the same leader once, if they share one; a second press counts no more', () => {
    expect(press({ ...swap, leaderIds: ['a'] }, agree('a'))).toMatchObject({ state: 'approved' });
    expect(press({ ...swap, consents: [...swap.consents, agreed('a')] }, agree('a'))).toEqual({
      kind: 'repeat',
    });
  });
  test('nobody decides their own, and what has ended stays so', () => {
    expect(press({ ...swap, leaderIds: ['me', 'b'] }, agree('me'))).toEqual({
      kind: 'refused',
      code: 'not_theirs',
    });
    expect(press({ ...swap, state: 'expired' }, agree('a'))).toEqual({ kind: 'refused', code: 'closed' });
    expect(press({ ...swap, state: 'approved' }, { by: 'me', action: 'withdraw', at: 3 })).toMatchObject({
      code: 'closed',
    });
  });
});
