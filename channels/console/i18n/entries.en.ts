import type { entriesZh } from './entries.zh-CN.ts';

export const entriesEn = {
  'entries.add': 'New entry',
  'entries.addWhy': 'Customers on every channel get this answer as soon as it is published.',
  'entries.id': 'Number',
  'entries.idHint': 'empty: the next one',
  'entries.idWrong': 'A number has letters, digits, dots, hyphens and underscores only, 40 at most.',
  'entries.idTaken': 'The number “{id}” is taken. Please choose another.',
  'entries.language': 'Language',
  'entries.catalogue': 'Catalogue',
  'entries.catalogueHint': 'levels by “/”, such as Plans/Add-ons',
  'entries.department': 'Department that answers for it',
  'entries.added': 'Published as {id}',
  'entries.withdraw': 'Withdraw',
  'entries.withdrawAsk': 'Withdraw this entry?',
  'entries.withdrawWhy':
    'From now on customers are not given this answer. Wording and revisions are kept, and you can restore it at any time.',
  'entries.withdrawn': '“{title}” is withdrawn',
  'entries.withdrawnNow': 'This entry is withdrawn; customers are not given this answer.',
  'entries.undo': 'Undo',
  'entries.restore': 'Restore',
  'entries.restored': 'Restored; customers get it again',
  'entries.recordWithdrawn': 'withdrawn',
  'entries.recordRestored': 'restored',
} as const satisfies Record<keyof typeof entriesZh, string>;
