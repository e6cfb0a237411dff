import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { ROLES } from '../../people/permission-table.ts';
import {
  agent,
  at,
  colleague,
  dayShift,
  director,
  everybody,
  facts,
  head,
  leader,
  longNight,
  nightShift,
  otherLeader,
  person,
  policy,
} from './fixtures.testdata.ts';
import { buildLadder, type Ladder } from './ladder.ts';
import { checkLeave } from './rules.ts';
import type { LeaveKind, PersonFact, Role } from './types.ts';

interface Ask {
  kind?: LeaveKind;
  days?: number;
  holiday?: boolean;
  managers?: Role[];
  by?: PersonFact;
  people?: PersonFact[];
}

function ladder(who: PersonFact, ask: Ask = {}): Ladder | string {
  const { kind = 'personal', days = 1, holiday = false, managers = [], by = who, people = everybody } = ask;
  const checked = { daysTogether: days, holiday, managers };
  const result = buildLadder({ kind, person: who, requester: by, checked }, people, policy);
  return result.ok ? result.ladder : result.code;
}

const steps = (result: Ladder | string) =>
  typeof result === 'string'
    ? result
    : result.steps.map((step) => step.approverNumber + (step.deputy ? 'd' : '')).join(' ');

describe('who decides', () => {
  test.each<[string, PersonFact, Ask, string]>([
    ['half a day: the head', agent, { days: 0.5 }, '4001'],
    ['one day: the head', agent, { days: 1 }, '4001'],
    ['three thirds are one day', agent, { days: 0.333334 * 3 }, '4001 5001'],
    ['a hair more than a day: the head, then the director', agent, { days: 1.01 }, '4001 5001'],
    ['two days', agent, { days: 2 }, '4001 5001'],
    ['illness goes the same way', agent, { kind: 'sick', days: 3 }, '4001 5001'],
    ['official business: the director', agent, { kind: 'official' }, '5001'],
    ['outside study: the director', agent, { kind: 'study', days: 5 }, '5001'],
    ['a holiday: the director too', agent, { holiday: true, managers: ['director'] }, '4001 5001'],
    ['a shift leader', leader, {}, '4001'],
    ['the head’s own: the director', head, {}, '5001'],
    ['the head’s own, long', head, { days: 9 }, '5001'],
    ['the director’s own: the deputy', director, {}, '4001d'],
    ['the director’s own official business', director, { kind: 'official' }, '4001d'],
    ['the head reports an illness: one level up', agent, { kind: 'sick', by: head }, '5001'],
    [
      'the deputy reports the director ill: nobody is left',
      director,
      { kind: 'sick', by: head },
      'noApprover',
    ],
    ['no head: one level up', agent, { people: [agent, leader, director] }, '5001'],
    [
      'an equal is no level up',
      head,
      { people: [head, person('4000', 'department_head', null), director] },
      '5001',
    ],
    ['nobody at all', agent, { people: [agent, leader] }, 'noApprover'],
  ])('%s', (_, who, ask, expected) => expect(steps(ladder(who, ask))).toBe(expected));

  test('the consent that a rule asks for is in the ladder, below the rest', () => {
    expect(steps(ladder(agent, { kind: 'official', managers: ['shift_leader'] }))).toBe('2001 5001');
  });
});

describe('who is told', () => {
  const informed = (who: PersonFact, ask: Ask = {}) => {
    const result = ladder(who, ask);
    return typeof result === 'string' ? [] : result.informed;
  };
  test('the shift leader of the team', () => {
    expect(informed(agent)).toEqual([leader.id]);
    expect(informed(person('1002', 'agent', 'B'))).toEqual([otherLeader.id]);
  });
  test('not oneself, nor the one who reported it, nor an approver', () => {
    expect(informed(leader)).toEqual([]);
    expect(informed(agent, { kind: 'sick', by: leader })).toEqual([]);
    expect(informed(agent, { managers: ['shift_leader'], kind: 'official' })).toEqual([]);
  });
});

const anyPerson = fc.constantFrom(
  agent,
  colleague,
  leader,
  otherLeader,
  head,
  director,
  person('3001', 'knowledge_editor', null),
);
const anyAsk = fc.record({
  who: anyPerson,
  by: anyPerson,
  kind: fc.constantFrom<LeaveKind>('personal', 'special', 'sick', 'official', 'study'),
  holiday: fc.boolean(),
  managers: fc.uniqueArray(fc.constantFrom<Role>(...ROLES), { maxLength: 3 }),
  people: fc.subarray(everybody),
});
const anyDays = fc.integer({ min: 1, max: 40 }).map((quarters) => quarters / 4);

test('nobody decides what is their own or what they asked for, and levels rise without a gap', () => {
  fc.assert(
    fc.property(anyAsk, anyDays, ({ who, by, ...ask }, days) => {
      const result = ladder(who, { ...ask, by, days });
      if (typeof result === 'string') return;
      expect(result.steps.length).toBeGreaterThan(0);
      const ids = result.steps.map((step) => step.approverId);
      expect(ids).not.toContain(who.id);
      expect(ids).not.toContain(by.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(result.steps.map((step) => step.level)).toEqual(ids.map((_, level) => level));
      const ranks = result.steps.map((step) => policy.people.ranks.indexOf(step.role));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      expect(result.informed).not.toContain(who.id);
    }),
    { numRuns: 1000 },
  );
});

test('whoever’s special consent is asked for, a longer leave never has a shorter ladder', () => {
  fc.assert(
    fc.property(anyAsk, anyDays, anyDays, ({ who, ...ask }, a, b) => {
      const [short, long] = [
        ladder(who, { ...ask, days: Math.min(a, b) }),
        ladder(who, { ...ask, days: Math.max(a, b) }),
      ];
      if (typeof short === 'string' || typeof long === 'string') return;
      expect(long.steps.length).toBeGreaterThanOrEqual(short.steps.length);
    }),
    { numRuns: 1000 },
  );
});

const day = (n: number) => Temporal.PlainDate.from('2026-06-11').add({ days: n }).toString();

test('nor by the rules themselves: whatever days are added, over nights, weekends and a holiday', () => {
  const kinds = fc.constantFrom<LeaveKind>('personal', 'special', 'sick', 'official', 'study');
  const shift = fc.constantFrom(dayShift, nightShift, longNight, undefined);
  const roster = fc.array(shift, { minLength: 20, maxLength: 20 });
  const hours = fc.integer({ min: -30, max: 120 });
  fc.assert(
    fc.property(kinds, roster, fc.nat(9), fc.nat(9), hours, (kind, of, short, more, before) => {
      const shifts = of.flatMap((make, n) => make?.(day(n)) ?? []);
      const now = at('2026-06-11', '08:00') - before * 3_600_000;
      const asked = (days: number) => {
        const span = { from: day(0), to: day(days) };
        const checked = checkLeave(facts({ kind, span, shifts }), policy, now);
        if (checked.result === 'noShift' || checked.result === 'refuse') return undefined;
        return buildLadder({ kind, person: agent, requester: agent, checked }, everybody, policy);
      };
      const [less, longer] = [asked(short), asked(short + more)];
      if (!less?.ok || !longer?.ok) return;
      expect(longer.ladder.steps.length).toBeGreaterThanOrEqual(less.ladder.steps.length);
    }),
    { numRuns: 1000 },
  );
});
