import type { Texts } from '../i18n/index.ts';
import { el, on } from './dom.ts';

/** What a customer leaves while we can't be reached. */
export interface LeftMessage {
  text: string;
  contact: string;
}

export interface LeaveForm {
  readonly node: HTMLElement;
  /** Shows or hides it; `text` is what the customer has written so far. */
  offer(is: boolean, text?: string): void;
}

/** The offline form 离线留言: keeps a message and a telephone number until we are back. */
export function createLeaveForm(texts: Texts, keep: (message: LeftMessage) => void): LeaveForm {
  const text = el('textarea', { id: 'leave-text', rows: 3, required: true, maxlength: '1000' });
  const contact = el('input', {
    id: 'leave-contact',
    type: 'tel',
    autocomplete: 'tel',
    required: true,
    minlength: '7',
    maxlength: '40',
  });
  const node = el(
    'form',
    { class: 'leave', hidden: true, 'aria-labelledby': 'leave-title', 'data-testid': 'leave' },
    el('h3', { id: 'leave-title' }, texts.leaveTitle),
    el('label', { for: 'leave-text' }, texts.leaveText),
    text,
    el('label', { for: 'leave-contact' }, texts.leaveContact),
    contact,
    el('button', { class: 'keep', 'data-testid': 'leave-keep' }, texts.leaveKeep),
  );
  on(node, 'submit', (event) => {
    event.preventDefault();
    keep({ text: text.value.trim(), contact: contact.value.trim() });
    text.value = '';
    node.hidden = true;
  });
  return {
    node,
    offer(is, draft = '') {
      if (node.hidden && is && !text.value) text.value = draft;
      node.hidden = !is;
    },
  };
}
