import { fileTypes } from '../files.ts';
import { fill, type Texts } from '../i18n/index.ts';
import { el, icon, on } from './dom.ts';

/** The server's limit, in UTF-16 units: an emoji counts twice, which errs on the side that is never refused. */
export const maxLength = 4000;
/** From here on the customer is told how much is left. */
const warnFrom = 3600;

export interface Composer {
  readonly node: HTMLElement;
  focus(): void;
}

export interface ComposerParts {
  texts: Texts;
  draft: string;
  say(text: string): void;
  attach(files: readonly File[]): void;
  /** Told on every change, with the text so far. */
  typed(text: string): void;
}

export function createComposer(parts: ComposerParts): Composer {
  const { texts } = parts;
  const field = createField(texts);
  const { input, send, refresh } = field;
  const submit = () => {
    const text = input.value.trim();
    if (!text || input.value.length > maxLength) return;
    input.value = '';
    parts.typed('');
    refresh();
    parts.say(text);
    input.focus();
  };
  on(input, 'input', () => {
    refresh();
    parts.typed(input.value);
  });
  on(input, 'keydown', (event) => {
    // While Chinese is being composed, Enter takes the candidate (229: Safari says so only by the code).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  on(send, 'click', submit);
  input.value = parts.draft;
  refresh();
  const row = el('div', { class: 'row' }, ...attach(parts), input, send);
  return {
    node: el('div', { class: 'composer' }, quick(parts), row, field.count),
    focus: () => input.focus(),
  };
}

/** The field, its button and its counter; `refresh` brings them in line with what is written. */
function createField(texts: Texts) {
  const input = el('textarea', {
    rows: 1,
    class: 'input',
    placeholder: texts.placeholder,
    'aria-label': texts.inputLabel,
    'aria-describedby': 'count',
    enterkeyhint: 'send',
    'data-testid': 'input',
  });
  const props = { type: 'button', class: 'send', 'aria-label': texts.send, 'data-testid': 'send' };
  const send = el('button', props, icon('send'));
  const count = el('div', {
    id: 'count',
    class: 'count',
    role: 'status',
    hidden: true,
    'data-testid': 'count',
  });
  const refresh = () => {
    const over = input.value.length - maxLength;
    count.hidden = input.value.length < warnFrom;
    count.classList.toggle('over', over > 0);
    count.textContent = over > 0 ? fill(texts.over, { count: over }) : fill(texts.left, { count: -over });
    input.setAttribute('aria-invalid', String(over > 0));
    send.setAttribute('aria-disabled', String(over > 0 || !input.value.trim()));
    grow(input);
  };
  return { input, send, count, refresh };
}

function quick({ texts, say }: ComposerParts): HTMLElement {
  const make = (name: 'human' | 'menu', label: string, says: string) => {
    const button = el(
      'button',
      { type: 'button', class: 'quick', 'data-testid': `quick-${name}` },
      icon(name),
      label,
    );
    on(button, 'click', () => say(says));
    return button;
  };
  const group = el('div', { class: 'quicks', role: 'group', 'aria-label': texts.quickLabel });
  group.append(make('human', texts.human, texts.humanSays), make('menu', texts.menu, texts.menuSays));
  return group;
}

/** The button that chooses files, and the field behind it, which only it opens. */
function attach({ texts, attach: take }: ComposerParts): HTMLElement[] {
  const accept = fileTypes.join();
  const input = el('input', {
    type: 'file',
    multiple: true,
    hidden: true,
    accept,
    'data-testid': 'file-input',
  });
  const props = { type: 'button', class: 'attach', 'aria-label': texts.attach, title: texts.attach };
  const button = el('button', { ...props, 'data-testid': 'attach' }, icon('clip'));
  on(button, 'click', () => input.click());
  on(input, 'change', () => {
    take([...(input.files ?? [])]);
    // The same file may be chosen again.
    input.value = '';
  });
  return [input, button];
}

function grow(input: HTMLTextAreaElement): void {
  input.style.height = 'auto';
  // Hidden (the panel is closed) it measures 0: leave the height to the style sheet.
  if (input.scrollHeight) input.style.height = `${Math.min(input.scrollHeight, 132)}px`;
}
