import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alertDue, ended, leftToReadBack, type Move, moved, responsible, waitedFor } from './rules.ts';
import type { Progress } from './types.ts';

const changeAt = Date.parse('2026-06-10T16:00+08:00');
const MINUTE = 60_000;
const incoming = (...ids: string[]) =>
  ids.map((personId) => ({ personId, acceptedAt: null, readBack: [] as string[] }));
const opened: Progress = {
  ...{ state: 'open', changeAt, outgoing: ['zhou', 'shen'], incoming: incoming('tang', 'ye') },
  ...{ decisions: [], items: [] },
};

/** Plays moves one after another; each must be made. */
function played(from: Progress, ...moves: Move[]): Progress {
  return moves.reduce((before, move) => {
    const after = moved(before, move, changeAt);
    if ('refused' in after) throw new Error(`${move.do}: ${after.refused}`);
    return after.progress;
  }, from);
}
const complete: Move = { do: 'complete', by: 'zhou', leads: false, open: ['modem', 'bill'], missing: [] };
const read = (by: string, itemId: string): Move => ({ do: 'readBack', by, itemId });
const accept = (by: string, unread = 0): Move => ({ do: 'accept', by, unread });
const decide = (missingId: string | null, standInId: string | null = null): Move => ({
  ...{ do: 'decide', by: 'leader', leads: true, missingId, standInId, note: '家中急事' },
  kind: standInId ? 'stand_in' : 'release',
});
const all = (by: string) => [read(by, 'modem'), read(by, 'bill'), accept(by)];

describe('the way of a handover', () => {
  test('completed by who goes, read back item by item, accepted by everybody who comes', () => {
    const handed = played(opened, complete, ...all('tang'));
    expect(handed.state).toBe('completed');
    expect(waitedFor(handed)).toEqual(['ye']);
    expect(responsible(handed, changeAt + MINUTE)).toEqual(['zhou', 'shen']);
    const over = played(handed, ...all('ye'));
    expect(over.state).toBe('accepted');
    expect(responsible(over, changeAt)).toEqual(['tang', 'ye']);
    expect(responsible(over, changeAt - 1), 'early acceptance sends nobody home early').toEqual([
      'zhou',
      'shen',
    ]);
  });

  test('a leader releases who is missing, or names a stand-in, who accepts like anybody', () => {
    const one = played(opened, complete, ...all('tang'), decide('ye'));
    expect(one).toMatchObject({ state: 'decided', decisions: [{ missingId: 'ye', note: '家中急事' }] });
    const two = played(opened, complete, ...all('tang'), decide('ye', 'peng'));
    expect(two.state).toBe('completed');
    expect(waitedFor(two)).toEqual(['peng']);
    expect(played(two, ...all('peng')).state).toBe('decided');
  });

  test('where nobody comes at all, a word of the leader lets those go who are there', () => {
    const alone = { ...opened, incoming: [] };
    expect(played(alone, complete).state).toBe('completed');
    expect(played(alone, complete, decide(null)).state).toBe('decided');
    expect(played(alone, decide(null, 'peng'), complete, ...all('peng')).state).toBe('decided');
  });

  test('a leader may complete it for those who left', () => {
    expect(played(opened, { ...complete, by: 'leader', leads: true } as Move).state).toBe('completed');
  });

  test('a problem that comes up after it was completed is handed on too', () => {
    const late = played(opened, complete, ...all('tang').slice(0, 2), {
      do: 'carry',
      by: 'zhou',
      itemId: 'line',
    });
    expect(leftToReadBack(late, 'tang')).toEqual(['line']);
    expect(moved(late, accept('tang'), changeAt)).toEqual({ refused: 'not_read_back' });
  });
});

describe('what is refused, and why', () => {
  const completed = played(opened, complete);
  test.each<[string, Progress, Move, string]>([
    ['completed by who comes', opened, { ...complete, by: 'tang' } as Move, 'not_yours'],
    ['completed with a section left', opened, { ...complete, missing: ['staff'] } as Move, 'empty'],
    ['completed twice', completed, complete, 'completed'],
    ['accepted before it is completed', opened, accept('tang'), 'not_completed'],
    ['read back before it is completed', opened, read('tang', 'modem'), 'not_completed'],
    ['accepted with an item left', played(completed, read('tang', 'modem')), accept('tang'), 'not_read_back'],
    [
      'accepted with a notice unread',
      played(completed, ...all('tang').slice(0, 2)),
      accept('tang', 1),
      'unread',
    ],
    ['accepted by who goes', completed, accept('zhou'), 'not_yours'],
    ['an item that is not handed on', completed, read('tang', 'other'), 'no_item'],
    ['decided by a colleague', completed, { ...decide('ye'), leads: false } as Move, 'not_yours'],
    ['decided about oneself', completed, { ...decide('ye'), by: 'ye' } as Move, 'own'],
    ['decided about who accepted', played(completed, ...all('tang')), decide('tang'), 'not_missing'],
    ['decided about who was not to come', completed, decide('peng'), 'not_missing'],
    ['decided for all while somebody comes', completed, decide(null), 'not_missing'],
    ['decided twice', played(completed, decide('ye', 'peng')), decide('ye'), 'decided'],
    ['a stand-in who comes anyway', completed, decide('ye', 'tang'), 'stand_in'],
    ['anything once it has ended', played(completed, ...all('tang'), ...all('ye')), decide('ye'), 'closed'],
  ])('%s', (_, before, move, refused) => {
    expect(moved(before, move, changeAt)).toEqual({ refused });
  });
});

test.each([
  [9 * MINUTE + 59_999, false],
  [10 * MINUTE, true],
  [11 * MINUTE, true],
])('the leader is told 10 minutes after the change: %i ms → %s', (after, due) => {
  expect(alertDue(opened, 10, changeAt + after)).toBe(due);
  expect(alertDue({ ...opened, state: 'accepted' }, 10, changeAt + after)).toBe(false);
});

describe('whatever happens, in whatever order', () => {
  const who = fc.constantFrom('zhou', 'shen', 'tang', 'ye', 'peng', 'leader');
  const item = fc.constantFrom('modem', 'bill', 'line');
  const move: fc.Arbitrary<Move> = fc.oneof(
    fc.record({
      do: fc.constant('complete' as const),
      by: who,
      leads: fc.boolean(),
      open: fc.subarray(['modem', 'bill']),
      missing: fc.subarray(['equipment' as const], { maxLength: 1 }),
    }),
    fc.record({ do: fc.constant('carry' as const), by: who, itemId: item }),
    fc.record({ do: fc.constant('readBack' as const), by: who, itemId: item }),
    fc.record({ do: fc.constant('accept' as const), by: who, unread: fc.constantFrom(0, 0, 1) }),
    fc
      .record({
        by: who,
        leads: fc.boolean(),
        missingId: fc.option(who),
        standInId: fc.option(who),
        note: fc.string(),
      })
      .map((each) => ({
        ...each,
        do: 'decide' as const,
        kind: each.standInId ? ('stand_in' as const) : ('release' as const),
      })),
  );
  const start = fc.subarray(['tang', 'ye', 'peng']).map((ids) => ({ ...opened, incoming: incoming(...ids) }));

  test('no item is lost, and nobody who goes is released without acceptance or a decision on record', () => {
    fc.assert(
      fc.property(start, fc.array(move, { maxLength: 40 }), (from, moves) => {
        let progress: Progress = from;
        for (const each of moves) {
          const after = moved(progress, each, changeAt);
          if ('refused' in after) continue;
          if (each.do === 'accept') expect([leftToReadBack(progress, each.by), each.unread]).toEqual([[], 0]);
          for (const id of progress.items) expect(after.progress.items).toContain(id);
          for (const { personId } of progress.incoming)
            expect(after.progress.incoming.map((one) => one.personId)).toContain(personId);
          progress = after.progress;
          if (!ended(progress)) expect(responsible(progress, changeAt)).toEqual(from.outgoing);
        }
        if (!ended(progress)) return;
        for (const { personId, acceptedAt } of progress.incoming) {
          const decided = progress.decisions.some(({ missingId }) => missingId === personId);
          expect(acceptedAt !== null || decided).toBe(true);
        }
        expect(progress.incoming.length + progress.decisions.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });

  test('nobody is locked in for ever: complete and decide end it from any state', () => {
    fc.assert(
      fc.property(start, fc.array(move, { maxLength: 20 }), (from, moves) => {
        let progress: Progress = from;
        const make = (each: Move) => {
          const after = moved(progress, each, changeAt);
          if ('progress' in after) progress = after.progress;
        };
        for (const each of moves) make(each);
        make({ do: 'complete', by: 'boss', leads: true, open: [], missing: [] });
        for (const id of waitedFor(progress)) make({ ...decide(id), by: 'boss' } as Move);
        if (progress.incoming.length === 0) make({ ...decide(null), by: 'boss' } as Move);
        expect(ended(progress)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
