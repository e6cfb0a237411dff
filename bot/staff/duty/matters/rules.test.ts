import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  agent,
  colleague,
  director,
  everybody,
  head,
  leader,
  otherLeader,
  person,
  policy,
} from '../../leave/fixtures.testdata.ts';
import { ladderAbove } from '../../leave/ladder.ts';
import {
  type MatterMove,
  moveMatter,
  reminderDue,
  skippedOf,
  startOf,
  tellSkippedDue,
  unacknowledged,
} from './rules.ts';
import type { MatterProgress, Urgency } from './types.ts';

const steps = ladderAbove(agent, everybody, policy);
const { maySkip } = policy.reporting;
const MINUTE = 60_000;

function reported(change: Partial<MatterProgress> = {}): MatterProgress {
  return {
    ...{ state: 'waiting', reporterId: agent.id, carrierId: agent.id, urgency: 'ordinary', steps },
    ...{ firstLevel: 0, level: change.firstLevel ?? 0, skippedToldAt: null, words: [], ...change },
  };
}

const answer = (by: string, carrierId: string | null = null, instead: string[] = []): MatterMove => {
  return { do: 'answer', by, text: '先发公告', carrierId, instead };
};
const pass = (by: string): MatterMove => ({ do: 'pass', by, text: '', instead: [] });
const follow = (kind: 'acknowledge' | 'object' | 'done', by: string = agent.id): MatterMove => {
  return { do: kind, by, text: kind };
};

/** What comes of these moves, one after the other; a refusal ends it. */
function endOf(...moves: MatterMove[]): MatterProgress | string {
  return from(reported(), ...moves);
}
function from(start: MatterProgress, ...moves: MatterMove[]): MatterProgress | string {
  let progress = start;
  for (const [index, move] of moves.entries()) {
    const moved = moveMatter(progress, move, index + 1);
    if ('refused' in moved) return moved.refused;
    progress = moved.progress;
  }
  return progress;
}

describe('「逐级请示汇报」: level by level', () => {
  const numbers = (who: typeof agent, people = everybody) =>
    ladderAbove(who, people, policy).map(({ approverNumber }) => approverNumber);
  test.each([
    ['an agent: leader, head, director', agent, ['2001', '4001', '5001']],
    ['of another team: their own leader', person('1002', 'agent', 'B'), ['2002', '4001', '5001']],
    ['a shift leader: the head first', leader, ['4001', '5001']],
    ['somebody without a team: the head first', person('3001', 'knowledge_editor', null), ['4001', '5001']],
    ['the head: the director', head, ['5001']],
    ['the director: whoever the policy names', director, ['4001']],
  ])('%s', (_, who, expected) => expect(numbers(who)).toEqual(expected));

  test('nobody above at all', () => {
    expect(numbers(agent, [agent, colleague])).toEqual([]);
  });

  test('the leader answers or passes it up; the head can’t before it is theirs', () => {
    expect(endOf(answer(head.id))).toBe('not_yours');
    expect(endOf(answer(otherLeader.id))).toBe('not_yours');
    expect(endOf(answer(leader.id))).toMatchObject({ state: 'instructed', level: 0 });
    expect(endOf(pass(leader.id))).toMatchObject({ state: 'waiting', level: 1 });
    expect(endOf(pass(leader.id), answer(head.id))).toMatchObject({ state: 'instructed', level: 1 });
    expect(endOf(pass(leader.id), answer(leader.id))).toBe('answered');
    expect(endOf(pass(leader.id), pass(head.id), pass(director.id))).toBe('top');
  });

  test('whoever may answer in the leader’s place, and only then', () => {
    expect(endOf(answer(head.id, null, [head.id]))).toMatchObject({ state: 'instructed' });
    expect(endOf(answer(colleague.id, null, [colleague.id]))).toBe('not_yours');
  });
});

describe('「紧急情况可越级」: an emergency may skip levels', () => {
  test.each<[string, string | undefined, Urgency, unknown]>([
    ['nobody named', undefined, 'emergency', { level: 0 }],
    ['the direct leader', leader.id, 'ordinary', { level: 0 }],
    ['the head, in an emergency', head.id, 'emergency', { level: 1 }],
    ['the director, in an emergency', director.id, 'emergency', { level: 2 }],
    ['the head, urgent but no emergency', head.id, 'urgent', { refused: 'skips' }],
    ['the head, ordinary', head.id, 'ordinary', { refused: 'skips' }],
    ['somebody who is no superior', colleague.id, 'ordinary', { level: 0 }],
  ])('%s', (_, to, urgency, expected) => expect(startOf(steps, to, urgency, maySkip)).toEqual(expected));

  test('「事后报告」: those who were skipped are told with the instruction', () => {
    const skipping = reported({ urgency: 'emergency', firstLevel: 1 });
    expect(skippedOf(skipping).map(({ approverId }) => approverId)).toEqual([leader.id]);
    expect(from(skipping, answer(head.id))).toMatchObject({ skippedToldAt: 1 });
    expect(from(skipping, answer(leader.id))).toBe('answered');
    expect(endOf(answer(leader.id))).toMatchObject({ skippedToldAt: null });
  });

  test('or by the clock, the minute itself included, and once', () => {
    const skipping = { steps, firstLevel: 1, skippedToldAt: null };
    expect(tellSkippedDue(skipping, 0, 30, 30 * MINUTE - 1)).toBe(false);
    expect(tellSkippedDue(skipping, 0, 30, 30 * MINUTE)).toBe(true);
    expect(tellSkippedDue({ ...skipping, skippedToldAt: 5 }, 0, 30, 99 * MINUTE)).toBe(false);
    expect(tellSkippedDue({ ...skipping, firstLevel: 0 }, 0, 30, 99 * MINUTE)).toBe(false);
  });
});

describe('「上级指示详细记录，认真执行」: the instruction is recorded and carried out', () => {
  test('there is one, whoever presses after it', () => {
    expect(endOf(answer(leader.id), answer(leader.id))).toBe('answered');
    expect(endOf(answer(leader.id), answer(head.id))).toBe('answered');
  });

  test('by the reporter, or by whom it names: never the leader, an equal or somebody above', () => {
    expect(endOf(answer(leader.id))).toMatchObject({ carrierId: agent.id });
    expect(endOf(answer(leader.id, colleague.id))).toMatchObject({ carrierId: colleague.id });
    expect(endOf(answer(leader.id, leader.id))).toBe('carrier');
    expect(endOf(answer(leader.id, head.id))).toBe('carrier');
    expect(endOf(pass(leader.id), answer(head.id, leader.id))).toMatchObject({ carrierId: leader.id });
  });

  test('acknowledged by both, once; carrying it out says as much', () => {
    const told = endOf(answer(leader.id, colleague.id)) as MatterProgress;
    expect(unacknowledged(told)).toEqual([agent.id, colleague.id]);
    const heard = from(told, follow('acknowledge'), follow('acknowledge', colleague.id)) as MatterProgress;
    expect(unacknowledged(heard)).toEqual([]);
    expect(from(heard, follow('acknowledge'))).toBe('said');
    expect(from(told, follow('acknowledge', head.id))).toBe('not_yours');
    expect(unacknowledged(from(told, follow('done', colleague.id)) as MatterProgress)).toEqual([agent.id]);
    expect(endOf(follow('acknowledge'))).toBe('not_instructed');
  });

  test('carried out by who carries it out, once', () => {
    const told = endOf(answer(leader.id, colleague.id)) as MatterProgress;
    expect(from(told, follow('done'))).toBe('not_carrier');
    expect(from(told, follow('done', colleague.id))).toMatchObject({ state: 'closed' });
    expect(from(told, follow('done', colleague.id), follow('done', colleague.id))).toBe('said');
  });
});

describe('「有不同意见……先执行，再向上反映」: the objection goes up once it is carried out', () => {
  const objected = [answer(leader.id), follow('object')];
  test('not before', () => {
    expect(endOf(...objected)).toMatchObject({ state: 'instructed', level: 0 });
    expect(endOf(...objected, answer(head.id))).toBe('answered');
    expect(endOf(...objected, follow('done'))).toMatchObject({ state: 'objected', level: 1 });
    expect(endOf(answer(leader.id), follow('done'), follow('object'))).toBe('carried_out');
  });

  test('the level above rules, or passes it on; one ruling', () => {
    const up = [...objected, follow('done')];
    expect(endOf(...up, answer(leader.id))).toBe('answered');
    expect(endOf(...up, answer(head.id))).toMatchObject({ state: 'closed' });
    expect(endOf(...up, pass(head.id), answer(director.id))).toMatchObject({ state: 'closed' });
    expect(endOf(...up, answer(head.id), answer(head.id))).toBe('closed');
  });

  test('of an instruction from the top it stays on record', () => {
    const top = [pass(leader.id), pass(head.id), answer(director.id)];
    expect(endOf(...top, follow('object'), follow('done'))).toMatchObject({ state: 'closed', level: 2 });
  });

  test('against a word of the head in the leader’s place it goes to the director', () => {
    const instead = answer(head.id, null, [head.id]);
    expect(endOf(instead, follow('object'), follow('done'))).toMatchObject({ state: 'objected', level: 2 });
  });

  test('nobody rules on their own', () => {
    const told = [pass(leader.id), answer(head.id, leader.id), follow('object', leader.id)];
    const up = [...told, follow('done', leader.id)];
    expect(endOf(...up, answer(leader.id, null, [leader.id]))).toBe('not_yours');
    expect(endOf(...up, answer(director.id))).toMatchObject({ state: 'closed' });
  });
});

test('a reminder is due each time so much has passed, and one for however long nobody ran', () => {
  const asked = { askedAt: 0, reminders: 0 };
  const often = { every: 10, most: 3 };
  expect(reminderDue(asked, often, 10 * MINUTE - 1)).toBeUndefined();
  expect(reminderDue(asked, often, 10 * MINUTE)).toBe(1);
  expect(reminderDue(asked, often, 999 * MINUTE)).toBe(3);
  expect(reminderDue({ ...asked, reminders: 3 }, often, 999 * MINUTE)).toBeUndefined();
});

const people = [agent, colleague, leader, otherLeader, head, director].map(({ id }) => id);
// More often those whose word it can be: or hardly a matter would come to its end.
const someone = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(agent.id, leader.id, head.id) },
  { weight: 1, arbitrary: fc.constantFrom(...people) },
);
const anyMove: fc.Arbitrary<MatterMove> = fc.oneof(
  fc.record({
    do: fc.constant('answer' as const),
    ...{ by: someone, text: fc.constant('先发公告'), instead: fc.constantFrom([], [head.id]) },
    carrierId: fc.option(someone, { freq: 2 }),
  }),
  fc.record({
    do: fc.constant('pass' as const),
    ...{ by: someone, text: fc.constant(''), instead: fc.constantFrom([], [head.id]) },
  }),
  fc.record({ do: fc.constantFrom('acknowledge', 'object', 'done'), by: someone, text: fc.constant('好') }),
);

test('whatever anybody presses: one instruction, no level skipped but by an emergency, the skipped always told', () => {
  let instructed = 0;
  let ruled = 0;
  fc.assert(
    fc.property(
      fc.constantFrom<Urgency>('ordinary', 'urgent', 'emergency'),
      fc.option(someone, { nil: undefined }),
      fc.array(anyMove, { maxLength: 40, size: 'max' }),
      (urgency, to, moves) => {
        const start = startOf(steps, to, urgency, maySkip);
        if ('refused' in start) return;
        let progress = reported({ urgency, firstLevel: start.level });
        for (const [index, move] of moves.entries()) {
          const moved = moveMatter(progress, move, index);
          if ('refused' in moved) continue;
          const { progress: next, word } = moved;
          // Up one level at a time while it waits; afterwards only an objection moves it, past a word from above.
          if (progress.state === 'waiting')
            expect(next.level - progress.level).toBe(Number(word.kind === 'pass'));
          if (next.state === 'objected') expect(next.words.some(({ kind }) => kind === 'done')).toBe(true);
          expect(next.level).toBeGreaterThanOrEqual(progress.level);
          progress = next;
        }
        const count = (kind: string) => progress.words.filter((word) => word.kind === kind).length;
        expect(count('instruct')).toBe(Number(progress.state !== 'waiting'));
        expect(count('done')).toBe(Number(progress.state === 'objected' || progress.state === 'closed'));
        expect(count('rule')).toBeLessThanOrEqual(1);
        if (urgency !== 'emergency') expect(skippedOf(progress)).toEqual([]);
        // Told with the instruction, or due by the clock in the end.
        const told = progress.skippedToldAt !== null || tellSkippedDue(progress, 0, 30, 30 * MINUTE);
        expect(told).toBe(skippedOf(progress).length > 0);
        for (const { by, kind } of progress.words)
          if (['instruct', 'pass', 'rule'].includes(kind)) expect(by).not.toBe(agent.id);
        instructed += count('instruct');
        ruled += count('rule');
      },
    ),
    { numRuns: 2000 },
  );
  expect(instructed).toBeGreaterThan(200);
  expect(ruled).toBeGreaterThan(0);
});
