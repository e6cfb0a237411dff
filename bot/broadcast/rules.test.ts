import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACTS, type Act, after, grant, mayApprove, type State } from './rules.ts';

const acts = fc.array(fc.constantFrom(...(Object.keys(ACTS) as Act[])), { maxLength: 60 });

/** Plays acts one after the other; those that are not allowed change nothing. */
function play(given: readonly Act[]): { state: State; done: [Act, State][] } {
  let state: State = 'draft';
  const done: [Act, State][] = [];
  for (const act of given) {
    const next = after(state, act);
    if (next) done.push([act, next]);
    state = next ?? state;
  }
  return { state, done };
}

test('from the draft to its end', () => {
  const whole: Act[] = ['edit', 'submit', 'approve', 'start', 'begin', 'pause', 'resume', 'finish'];
  expect(play(whole)).toMatchObject({ state: 'done', done: { length: whole.length } });
});

test('whatever is tried, nothing is sent that was not approved since it was last changed', () => {
  fc.assert(
    fc.property(acts, (given) => {
      let approved = false;
      for (const [act, state] of play(given).done) {
        if (act === 'approve') approved = true;
        if (['edit', 'withdraw', 'reject'].includes(act)) approved = false;
        if (['scheduled', 'running', 'paused', 'done'].includes(state)) expect(approved).toBe(true);
      }
    }),
  );
});

test('what has ended stays as it is', () => {
  fc.assert(
    fc.property(acts, (given) => {
      const { done } = play(given);
      const end = done.findIndex(([, state]) => state === 'done' || state === 'cancelled');
      if (end >= 0) expect(done).toHaveLength(end + 1);
    }),
  );
});

test('once sending has begun it can be stopped, and not be changed', () => {
  for (const state of ['scheduled', 'running', 'paused'] as const) {
    expect(after(state, 'cancel')).toBe('cancelled');
    expect(after(state, 'edit')).toBeUndefined();
    expect(after(state, 'withdraw')).toBeUndefined();
  }
});

test('nobody approves what they wrote', () => {
  expect(mayApprove('a', { authorId: 'a' })).toBe(false);
  expect(mayApprove('b', { authorId: 'a' })).toBe(true);
});

test('the pace holds over any time, however the looks around fall', () => {
  const looks = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(looks, fc.integer({ min: 1, max: 6_000 }), (gaps, perMinute) => {
      let now = 1_000;
      let next: number | undefined;
      const taken: { at: number; sum: number }[] = [];
      for (const gap of gaps) {
        now += gap;
        const granted = grant(next, now, perMinute);
        next = granted.nextAt;
        taken.push({ at: now, sum: (taken.at(-1)?.sum ?? 0) + granted.take });
      }
      const burst = Math.max(1, perMinute / 30);
      for (const [i, one] of taken.entries())
        for (const later of taken.slice(i))
          expect(later.sum - one.sum).toBeLessThanOrEqual(
            ((later.at - one.at) / 60_000) * perMinute + burst + 1e-6,
          );
    }),
  );
});

test('no more are claimed than there is room for in the queue, and the pace is used for these only', () => {
  expect(grant(0, 0, 6_000)).toEqual({ take: 50, nextAt: 500 });
  expect(grant(0, 0, 6_000, 20)).toEqual({ take: 20, nextAt: 200 });
  expect(grant(0, 0, 6_000, 0)).toEqual({ take: 0, nextAt: 2_000 });
});

test('who looks around often enough uses the whole pace', () => {
  let [next, sum] = [undefined as number | undefined, 0];
  for (let now = 0; now < 60_000; now += 500) {
    const granted = grant(next, now, 600);
    next = granted.nextAt;
    sum += granted.take;
  }
  expect(sum).toBe(600);
});
