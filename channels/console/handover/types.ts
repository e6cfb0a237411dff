import type { Answer } from '../api/call.ts';
import type { Translate } from '../i18n/index.tsx';

export type Handover = Answer<'GET /api/v1/handovers/:id'>;
export type HandoverItem = Handover['list'][number];

/** In the order of the log. */
export const SECTIONS = [
  'equipment',
  'difficult',
  'staff',
  'business',
  'instructions',
  'customers',
  'process',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface Shown {
  readonly handover: Handover;
  /** Something was written: it is read again. */
  onChanged(): void;
}

export const isOver = ({ state }: Handover) => state === 'accepted' || state === 'decided';

/** 「早班 → 中班」 */
export function shiftWords(from: string, to: string, t: Translate): string {
  const none = t('handover.nobodyShift');
  return t('handover.change', { from: from || none, to: to || none });
}
