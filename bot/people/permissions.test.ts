import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Action, allowed, may, permissions, permissionsOf, ROLES } from './permissions.ts';

const actions = Object.keys(permissions) as Action[];
const person = (role: (typeof ROLES)[number], id = 'me', teamId: string | null = 'A') => ({
  id,
  role,
  teamId,
});

describe('a visitor who is not signed in', () => {
  test('may look at the site and sign in, and nothing else', () => {
    expect(actions.filter((action) => allowed('nobody', action))).toEqual(['site.visit', 'session.open']);
  });
});

describe('what the rule book says about people', () => {
  test('everybody asks for their own leave and nobody for another’s', () => {
    for (const role of ROLES) {
      expect(may(person(role), 'leave.request', { personId: 'me' })).toBe(true);
      expect(may(person(role), 'leave.request', { personId: 'colleague', teamId: 'A' })).toBe(false);
    }
  });
  test('leave is decided by managers only', () => {
    expect(ROLES.filter((role) => may(person(role), 'leave.decide'))).toEqual([
      'department_head',
      'duty_manager',
      'director',
    ]);
  });
  test('only editors change what the centre says', () => {
    expect(ROLES.filter((role) => may(person(role), 'entry.edit'))).toEqual(['knowledge_editor']);
  });
  test('an agent reads the conversation that is theirs or nobody’s yet, never a colleague’s', () => {
    expect(may(person('agent'), 'conversation.read', { personId: 'me' })).toBe(true);
    expect(may(person('agent'), 'conversation.read', { personId: null })).toBe(true);
    expect(may(person('agent'), 'conversation.read', { personId: 'colleague', teamId: 'A' })).toBe(false);
  });
  test('a shift leader reaches their own team, not the other', () => {
    const leader = person('shift_leader');
    expect(may(leader, 'conversation.read', { personId: 'colleague', teamId: 'A' })).toBe(true);
    expect(may(leader, 'conversation.read', { personId: 'colleague', teamId: 'B' })).toBe(false);
  });
  test('the administrator of the system sees no customer', () => {
    for (const action of actions.filter((name) => /^(desk|conversation|ticket)\./.test(name)))
      expect(allowed('admin', action), action).toBeUndefined();
  });
  test('whoever may see a number unmasked may read what it stands in, just as far or further', () => {
    const width = { own: 1, team: 2, centre: 3 };
    for (const role of ROLES)
      for (const area of ['conversation', 'ticket'] as const) {
        const reveal = allowed(role, `${area}.reveal`);
        const read = allowed(role, `${area}.read`);
        if (reveal) expect(width[read ?? 'own'], role).toBeGreaterThanOrEqual(width[reveal]);
      }
  });
  test('a live stream shows no more than its page', () => {
    for (const role of ROLES) {
      expect(allowed(role, 'live.desk')).toBe(allowed(role, 'desk.read'));
      expect(allowed(role, 'live.conversation')).toBe(allowed(role, 'conversation.read'));
      expect(allowed(role, 'live.ticket')).toBe(allowed(role, 'ticket.read'));
      expect(allowed(role, 'live.knowledge')).toBe(allowed(role, 'entry.read'));
    }
  });
});

const target = fc.record(
  {
    personId: fc.constantFrom('me', 'colleague', null),
    teamId: fc.constantFrom('A', 'B', null),
  },
  { requiredKeys: [] },
);

test('what may be done to a target may be tried at all, and no scope reaches further than a wider one', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ROLES), fc.constantFrom(...actions), target, (role, action, whose) => {
      const scope = allowed(role, action);
      const can = may(person(role), action, whose);
      expect(may(person(role), action)).toBe(scope !== undefined);
      if (!scope) expect(can).toBe(false);
      if (scope === 'centre') expect(can).toBe(true);
      if (scope === 'own' && can) expect(whose.personId === 'me' || whose.personId === null).toBe(true);
      if (scope === 'team' && can)
        expect(whose.teamId === 'A' || whose.personId === 'me' || whose.personId === null).toBe(true);
    }),
  );
});

test('people without a team reach no other people without a team', () => {
  const stranger = { personId: 'colleague', teamId: null };
  expect(may(person('shift_leader', 'me', null), 'conversation.read', stranger)).toBe(false);
});

test('the console is told exactly what the table says', () => {
  for (const role of ROLES)
    for (const action of actions) expect(permissionsOf(role)[action]).toBe(allowed(role, action));
});
