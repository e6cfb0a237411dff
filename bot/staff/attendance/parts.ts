import type { ActingParts } from '../parts.ts';

/** What attendance works with, from a chat or by the clock. */
export type AttendanceParts = Pick<ActingParts, 'audit' | 'policy' | 'vault' | 'wake'>;
