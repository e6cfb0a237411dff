import type { Translation } from '../types.ts';
import type { channel as source } from '../zh-CN/channel.ts';

export const channel: Translation<typeof source> = {
  quoted: '“{title}”',
  or: ' or ',
  reply_words: 'You may also reply {titles}.',
  reply_one: 'Reply {number}: {title}',
  reply_number: 'Reply with a number:',
  more: 'Full text',
  joined: 'Hello, this is {name}. Just type your question.',
  joined_staff:
    'Hello, I am the staff assistant. Please link your staff number first: get a code under “My channels” at the top right of the desk, and send it here.',
  opted_out:
    'You are unsubscribed: we will not write to you first any more. To resume, reply “{word}”. Whenever you ask, we answer as before.',
  opted_in: 'You will hear from us again. To unsubscribe, reply “{word}”.',
  linked_staff: 'Linked. Hello {name}. Send “help” to see what I can do.',
  link_wrong: 'This code is wrong or has expired. Please get a new one.',
  link_unlinked:
    'No staff number is linked here yet. Get a code under “My channels” at the top right of the desk, and send it here.',
  not_in_group: 'Accounts cannot be linked in a group. Please write to me in a chat of our own.',
  link_taken:
    'This staff number is linked to another account. Unlink it first under “My channels” at the desk.',
  too_many_codes: 'Too many wrong codes. Please try again in an hour.',
  join_code:
    'Your code is {code}. It is good for {minutes} minutes and one use. Send “link {code}” on your other channel, and both histories are yours in one place. Tell nobody.',
  join_done: 'Linked: the history of both channels is yours in one place. To undo, reply “unlink”.',
  join_wrong: 'This code is wrong or has expired. Send “link” on your other channel to get a new one.',
  join_same: 'This code was made here. Please send it on your other channel.',
  join_already: 'These two channels are linked already.',
  join_undone: 'Unlinked: the history here is kept apart again.',
  join_none: 'No other channel is linked here.',
};
