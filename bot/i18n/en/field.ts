import type { Translation } from '../types.ts';
import type { field as source } from '../zh-CN/field.ts';

export const field = {
  required: 'Please fill this in.',
  kind: 'This is not the kind of value that is expected here.',
  number: 'Please enter a number.',
  text_short: 'Please write at least {min} characters.',
  text_long: 'Please keep it to {max} characters.',
  few: 'Please give at least {min}.',
  many: 'Please give no more than {max}.',
  small: 'It can’t be less than {min}.',
  big: 'It can’t be more than {max}.',
  date: 'Please enter a valid date, such as 2026-06-10.',
  format: 'The format is not right, please check it.',
  choice: 'Please choose one of the options.',
  unstorable: 'It has a character that can’t be stored. Please remove it and try again.',
  wrong: 'Something is not right here, please check it.',
  description_wordless: 'Please describe it in words, not in emoji or signs alone.',
  synonym_repeated: '“{word}” is in this group twice.',
  synonym_elsewhere: '“{word}” is in another group already. A word can be in one group only.',
  synonym_too_short: '“{word}” is too short: two letters or characters at least.',
  synonym_most: 'There can be {max} groups at most. Please remove some that are not needed.',
} as const satisfies Translation<typeof source>;
