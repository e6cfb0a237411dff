import { expect, test } from 'vitest';
import { standingOf } from './limit.ts';

const due = Date.parse('2026-06-10T11:00+08:00');

test('a limit that runs counts down in the colour that the server gave it', () => {
  expect(standingOf({ dueAt: due, colour: 'warning', doneAt: null }, due - 60_000)).toEqual({
    colour: 'warning',
    leftMs: 60_000,
  });
  // The instant itself is still in time.
  expect(standingOf({ dueAt: due, colour: 'ok', doneAt: null }, due)).toEqual({ colour: 'ok', leftMs: 0 });
});

test('one that ran out since the server answered is overdue without asking it', () => {
  expect(standingOf({ dueAt: due, colour: 'ok', doneAt: null }, due + 1)).toEqual({
    colour: 'overdue',
    leftMs: -1,
  });
});

test('what is done stays as it was, however late it is by now', () => {
  expect(standingOf({ dueAt: due, colour: 'met', doneAt: due - 1 }, due + 1e9)).toEqual({
    colour: 'met',
    leftMs: null,
  });
});
