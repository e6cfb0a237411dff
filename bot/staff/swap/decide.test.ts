import { describe, expect, test } from 'vitest';
import { pressSwap as press } from './decide.ts';

const seat = (...leaders: string[]) => ({ leaders, above: ['head'] });

describe('clause 1: both colleagues agree, then both leaders', () => {
  const swap = {
    ...{ state: 'leader_pending' as const, requesterId: 'me', partnerId: 'other', open: false },
    ...{
      seats: [seat('a'), seat('b')],
      consents: [{ personId: 'other', as: 'peer' as const, decision: 'agree' as const, note: '', at: 1 }],
    },
  };
  const agree = (by: string) => ({ by, action: 'agree' as const, at: 2 });
  const agreed = (by: string) => ({ ...seat(by), by });

  test('the colleague first: before that no leader can', () => {
    const asked = { ...swap, state: 'peer_pending' as const, consents: [] };
    expect(press(asked, agree('a'))).toEqual({ kind: 'refused', code: 'not_theirs' });
    expect(press(asked, agree('me'))).toEqual({ kind: 'refused', code: 'not_theirs' });
    expect(press(asked, agree('other'))).toMatchObject({ state: 'leader_pending' });
  });
  test('one leader of two is not enough; the second makes it agreed', () => {
    expect(press(swap, agree('a'))).toMatchObject({ state: 'leader_pending' });
    expect(press({ ...swap, seats: [agreed('a'), seat('b')] }, agree('b'))).toMatchObject({
      state: 'approved',
    });
  });
  test('the same leader once, if they share one; a second press counts no more', () => {
    expect(press({ ...swap, seats: [seat('a')] }, agree('a'))).toMatchObject({ state: 'approved' });
    expect(press({ ...swap, seats: [agreed('a'), seat('b')] }, agree('a'))).toEqual({ kind: 'repeat' });
  });
  test('of two leaders of a team either decides, and it counts once', () => {
    const two = { ...swap, seats: [seat('a', 'a2'), seat('b')] };
    expect(press(two, agree('a2'))).toMatchObject({ state: 'leader_pending', seats: [{ by: 'a2' }, {}] });
    const decided = { ...two, seats: [{ ...seat('a', 'a2'), by: 'a2' }, seat('b')] };
    expect(press(decided, agree('a'))).toEqual({ kind: 'repeat' });
    expect(press(decided, agree('b'))).toMatchObject({ state: 'approved' });
  });
  test('whoever stands above decides only while every leader there is away, and for those alone', () => {
    const head = (...away: string[]) => ({ ...agree('head'), away });
    expect(press(swap, head())).toEqual({ kind: 'refused', code: 'not_theirs' });
    expect(press({ ...swap, seats: [seat('a', 'a2')] }, head('a'))).toMatchObject({ code: 'not_theirs' });
    const once = press(swap, head('a'));
    expect(once).toMatchObject({ state: 'leader_pending', seats: [{ by: 'head' }, {}] });
    const { seats = [], consent } = once.kind === 'changed' ? once : {};
    const after = { ...swap, seats, consents: [...swap.consents, ...(consent ? [consent] : [])] };
    expect(press(after, head('a'))).toEqual({ kind: 'repeat' });
    // The other leader has gone away since.
    expect(press(after, head('b'))).toMatchObject({ state: 'approved' });
    expect(press(swap, head('a', 'b'))).toMatchObject({ state: 'approved' });
  });
  test('nobody decides their own, and what has ended stays so', () => {
    expect(press({ ...swap, seats: [seat('me'), seat('b')] }, agree('me'))).toEqual({
      kind: 'refused',
      code: 'not_theirs',
    });
    expect(press({ ...swap, state: 'expired' }, agree('a'))).toEqual({ kind: 'refused', code: 'closed' });
    expect(press({ ...swap, state: 'approved' }, { by: 'me', action: 'withdraw', at: 3 })).toMatchObject({
      code: 'closed',
    });
  });
});
