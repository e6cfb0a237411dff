import type { Translation } from '../types.ts';
import type { customer as source } from '../zh-CN/customer.ts';

export const customer: Translation<typeof source> = {
  greeting: 'Hello, how may I help you? Just ask, or say “menu” to see what I can do.',
  thanks: 'You are welcome. Is there anything else?',
  bye: 'Thank you for visiting us. Have a nice day, goodbye.',
  acknowledge: 'Yes, please go on.',
  who: 'I am the digital assistant. I answer questions about our services, take complaints and fault reports, tell you how a ticket stands, and can pass you to a person.',

  choices: 'Which of these do you mean? Press one or reply with its number:',
  none_of_these: 'None of these',
  no_such_number: 'There is no such number. Please press one of these or reply with its number:',
  expired:
    '“{title}” ended on {date} and no longer applies. I can pass you to a person who knows what is on offer now.',
  unknown:
    'Sorry, I do not know the answer to that. I can pass you to a person, or you can leave a message and we will contact you once we know.',
  unknown_again:
    'Sorry, I still could not help. It is best to talk to a person, who can deal with it directly; or leave a message and we will reply.',
  unreadable: 'I can see your message, but no words in it. Please tell me in one sentence, or say “menu”.',
  file_received:
    'I have received your file. I cannot look into it myself, but a colleague will have it: talk to a person, or leave a message and it goes with it.',
  file_for_form: 'Received. It will go with this form.',
  nothing_to_cancel: 'There is nothing in progress at the moment. What can I do for you?',
  stuck: 'If this is difficult to fill in, a person can take it down for you.',

  human: 'Talk to a person',
  leave_message: 'Leave a message',
  menu: 'Menu',
  start_complaint: 'Make a complaint',
  start_fault: 'Report a fault',
  start_change: 'Ask for this service',
  ticket_status: 'Ticket status',

  menu_title: 'Please choose: press one or reply with its number.',
  menu_sub: '“{title}”: press one or reply with its number.',
  menu_human: 'A person',
  menu_back: 'Main menu',

  queued_next: 'Passing you to the {queue}. You are next.',
  queued_behind:
    'Passing you to the {queue}. People waiting before you: {ahead}. What you write meanwhile will be read.',
  queued_outside:
    'Passing you to the {queue}. Our people are off duty now (hours: {hours}) and will join as soon as they are back. People waiting before you: {ahead}.',
  closed:
    'Our people are off duty now (hours: {hours}). Please leave a message; they will contact you when they are back.',
  position: 'People waiting before you: {ahead}. Say “cancel waiting” if you would rather not wait.',
  position_next: 'You are next.',
  noted: 'Thank you, I have passed that on. Please wait a moment.',
  leave_queue: 'Cancel waiting',
  left_queue: 'You are no longer waiting. I am here: what can I do for you?',
  sorry_failed:
    'Sorry, something went wrong with your message. I am passing you to a person, who can read what you wrote.',
  hours_line: '{days} {from}–{to}',
  hours_separator: ', ',
  days_range: '{from} to {to}',
  days_one: '{from}',
  weekdays: 'Mon Tue Wed Thu Fri Sat Sun',
};
