import type { Translation } from '../types.ts';
import type { form as source } from '../zh-CN/form.ts';

export const form: Translation<typeof source> = {
  begin: 'All right, let us fill in your {title}. You can say “cancel”, “back” or “start over” at any time.',
  had: 'So far it says “{value}”. Reply “keep” to leave it.',
  choose_one: 'Please choose one: press a button or reply with its number.',
  please_confirm: 'Please check the following. If it is right, press “Confirm and submit”.',
  confirm_or_correct:
    'Nothing has been submitted yet. Press “Confirm and submit” if it is right, “Change something” to correct it, or “Cancel”.',
  summary_title: 'Please confirm: {title}',
  which_field: 'Which item would you like to change?',
  first_field: 'This is already the first item.',
  not_complete: 'It is not complete yet, so it cannot be submitted.',
  where_we_were: 'Back to your {title}.',
  unfinished: 'Your {title} is not finished yet. Shall we go on?',
  parked: 'I have kept this form for you; say “{resume}” to go on with it.',
  cancelled: 'All right, the {title} is cancelled. Nothing was submitted.',

  confirm: 'Confirm and submit',
  correct: 'Change something',
  cancel: 'Cancel',
  keep: 'Keep it',
  skip: 'Skip',
  use_held: 'Use my words',
  resume: 'Continue',
  discard: 'Discard',
};
