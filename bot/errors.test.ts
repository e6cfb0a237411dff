import { expect, test } from 'vitest';
import { AppError, ERRORS, isAppError } from './errors.ts';

test('an error carries its code, the status that belongs to it, and details', () => {
  const cause = new Error('socket closed');
  const error = new AppError('already_taken', 'taken by another agent', { by: '1002' }, { cause });
  expect(error).toMatchObject({ code: 'already_taken', status: 409, details: { by: '1002' }, cause });
  expect(error.message).toBe('taken by another agent');
});

test('without a message the code is said in words', () => {
  expect(new AppError('not_found').message).toBe('not found');
});

test('an error of ours is told from others, and by code', () => {
  expect(isAppError(new AppError('forbidden'))).toBe(true);
  expect(isAppError(new AppError('forbidden'), 'not_found')).toBe(false);
  expect(isAppError(new Error('forbidden'))).toBe(false);
});

test('every status is one of an error', () => {
  for (const status of Object.values(ERRORS)) expect(status >= 400 && status < 600).toBe(true);
});
