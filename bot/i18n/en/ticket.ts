import type { Translation } from '../types.ts';
import type { ticket as source } from '../zh-CN/ticket.ts';

export const ticket: Translation<typeof source> = {
  form_complaint: 'complaint',
  form_fault: 'fault report',
  form_change: 'service request',
  form_message: 'message',

  label_category: 'Kind',
  label_description: 'Description',
  label_place: 'Place',
  label_contact: 'Phone',
  label_message: 'Message',

  ask_category_complaint: 'What is your complaint about?',
  ask_category_fault: 'What is out of order?',
  ask_category_change: 'What would you like to have done?',
  ask_complaint:
    'Please tell us when it was, which number it concerns, what happened, and what you would like us to do.',
  ask_fault: 'Please describe what does not work, and since when.',
  ask_change: 'Please say what you would like to have done, and for which number.',
  ask_message: 'Please write your message. A colleague will look after it.',
  ask_place: 'Where is it? Please name the estate and building; for a mobile, the rough place will do.',
  ask_contact: 'Please leave a phone number at which we can reach you.',

  description_short:
    'That is a little short: please write at least {min} characters, so that we can look into it.',
  description_long: 'That is more than {max} characters. Please make it shorter.',
  contact_kept:
    'I have noted {contact} as the number to call. Please also tell me what it is about, in at least {min} characters.',
  contact_which:
    'There is more than one number in that. Which one should we call? Press it or reply with 1, 2…',
  contact_unread:
    'I could not read that as a phone number. Please send an 11-digit mobile number, or a landline with its area code such as 0571-87654321.',

  created:
    'Accepted: your ticket is **{number}**.\n\nIt reaches the department responsible by {dispatchDue} and you get the result by {due}; we will call {contact}. Say “ticket status” here at any time to see how it stands.',
  with_files: 'Files attached to the ticket: {count}.',
  already: 'This has been submitted already: your ticket is {number}. There is no need to submit it again.',

  status_open:
    '{name} {number}: accepted ({created}). It reaches the department responsible by {dispatchDue}.',
  status_open_late:
    '{name} {number}: accepted ({created}). It has not reached the department responsible in the time we promised, and we are sorry. We are working on it.',
  status_dispatched: '{name} {number}: with {department} since {dispatched}. You get the result by {due}.',
  status_dispatched_late:
    '{name} {number}: with {department} since {dispatched}. The result is later than we promised, and we are sorry. We are urging them.',
  status_answered: '{name} {number}: the department has answered. We will contact you soon.',
  status_closed:
    '{name} {number}: closed ({closed}). If the matter is not solved, a person can take it up again.',
  status_none:
    'No ticket has been made in this conversation yet. If you have a ticket number, just send it to me.',
  status_unknown:
    'I could not find that ticket number; please check it. To protect your data, a ticket can only be seen in the conversation that made it. A person can look into others once they know who you are.',
  department: 'the department responsible',
};
