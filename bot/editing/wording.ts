import type { z } from 'zod';
import { checkWording, WordingError } from '../../knowledge/index.ts';
import { AppError } from '../errors.ts';
import type { draft } from './views.ts';

/** Wording that customers could not be shown is refused before it is published. @throws AppError */
export function assertWording(wording: z.output<typeof draft>, variables: Record<string, string>): void {
  const { validFrom, validTo, title, body, sms, questions } = wording;
  if (validTo !== null && validTo < validFrom)
    throw new AppError('invalid_input', 'ends before it begins', { field: 'validTo' });
  try {
    checkWording([title, body, sms, ...questions], variables);
  } catch (error) {
    if (!(error instanceof WordingError)) throw error;
    throw new AppError('invalid_input', error.message, { field: 'body', unknownVariables: error.names });
  }
}
