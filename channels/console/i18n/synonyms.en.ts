import type { synonymsZh } from './synonyms.zh-CN.ts';

export const synonymsEn = {
  'synonyms.title': 'Synonyms',
  'synonyms.add': 'Add a group of synonyms',
  'synonyms.group': 'Group of synonyms',
  'synonyms.none': 'There are no synonyms yet',
  'synonyms.why':
    'Where customers use other words than the entries do, write them as a group, such as “data pack = data bundle”.',
  'synonyms.comma': ', ',
  'synonyms.words': 'Words, one a line',
  'synonyms.example': 'data pack\ndata bundle',
  'synonyms.hint':
    'The first line is the word that the entries use, the others are what customers say. It counts as soon as it is saved.',
  'synonyms.save': 'Save',
  'synonyms.saved': 'Saved, in effect now',
  'synonyms.remove': 'Remove this group',
  'synonyms.removed': 'Removed',
  'synonyms.undo': 'Undo',
  'synonyms.found': 'Entries that are found now',
  'synonyms.foundNothing': 'No entry is found',
} as const satisfies Record<keyof typeof synonymsZh, string>;
