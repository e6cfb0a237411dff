import type { Translation } from '../types.ts';
import type { leave as source } from '../zh-CN/leave.ts';

export const leave: Translation<typeof source> = {
  kind_personal: 'personal leave',
  kind_special: 'special personal leave',
  kind_sick: 'sick leave',
  kind_official: 'official absence',
  kind_study: 'outside study',
};
