import { css } from '../css/index.ts';
import { takeFiles } from '../files.ts';
import type { Texts } from '../i18n/index.ts';
import { fill } from '../i18n/index.ts';
import { el, icon, on } from './dom.ts';

export interface Shell {
  readonly isOpen: boolean;
  /** `focus` false: the page opens it by itself and must not take the customer's place away. */
  open(focus: boolean): void;
  close(): void;
  name(site: string): void;
  accent(colour: string): void;
  unread(count: number): void;
  status(text: string): void;
}

export interface ShellParts {
  texts: Texts;
  locale: string;
  position: 'left' | 'right';
  log: HTMLElement;
  composer: HTMLElement;
  leave: HTMLElement;
  files(files: readonly File[]): void;
  opened(focus: boolean): void;
  closed(): void;
}

/** Launcher and panel in a shadow root, whose style sheet is a constructed one: the page's CSP need not allow inline styles. */
export function createShell(parts: ShellParts): Shell {
  const { texts } = parts;
  const host = document.createElement('yingda-chat');
  host.lang = parts.locale;
  host.className = parts.position;
  const root = host.attachShadow({ mode: 'open' });
  const theme = new CSSStyleSheet();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [theme, sheet];
  const badge = el('span', { class: 'badge', hidden: true, 'aria-hidden': 'true', 'data-testid': 'badge' });
  const launcher = createLauncher(texts, badge);
  const { panel, title, status, shut } = createPanel(parts);
  root.append(launcher, panel);
  document.body.append(host);
  const door = createDoor(parts, host, root, launcher, panel);
  on(shut, 'click', door.close);
  followKeyboard(panel);
  return {
    get isOpen() {
      return panel.open;
    },
    ...door,
    name: (site) => {
      title.textContent = site;
    },
    accent: (colour) => theme.replaceSync(accentRule(colour)),
    unread(count) {
      badge.hidden = count === 0;
      badge.textContent = count > 99 ? '99+' : count ? String(count) : '';
      launcher.setAttribute('aria-label', count ? fill(texts.launchUnread, { count }) : texts.launchLabel);
    },
    status(text) {
      if (status.textContent !== text) status.textContent = text;
    },
  };
}

function createPanel({ texts, log, composer, leave, files }: ShellParts) {
  const title = el('h2', { id: 'title', class: 'title' });
  const status = el('div', { class: 'status', role: 'status', 'data-testid': 'status' });
  const shutProps = { type: 'button', class: 'shut', 'aria-label': texts.closeChat, 'data-testid': 'close' };
  const shut = el('button', shutProps, icon('down'));
  const heads = el('div', { class: 'titles' }, title, el('p', { class: 'subtitle' }, texts.subtitle));
  const top = el('div', { class: 'top' }, el('span', { class: 'mark' }, icon('chat')), heads, shut);
  const props = { class: 'panel', id: 'panel', 'aria-labelledby': 'title', 'data-testid': 'panel' };
  const panel = el('dialog', props, top, status, log, leave, composer);
  takeFiles(panel, files, (is) => panel.classList.toggle('dropping', is));
  return { panel, title, status, shut };
}

/** Opens and closes the panel, and keeps the focus where the customer expects it. */
function createDoor(
  parts: ShellParts,
  host: HTMLElement,
  root: ShadowRoot,
  launcher: HTMLElement,
  panel: HTMLDialogElement,
): Pick<Shell, 'open' | 'close'> {
  const small = matchMedia('(max-width: 479.98px)');
  const show = () => {
    // Full screen is a modal: the browser itself keeps focus and screen readers out of the page behind.
    if (small.matches) panel.showModal();
    else panel.setAttribute('open', '');
    host.classList.add('open');
    launcher.setAttribute('aria-expanded', 'true');
  };
  const close = () => {
    if (!panel.open) return;
    panel.close();
    host.classList.remove('open');
    launcher.setAttribute('aria-expanded', 'false');
    launcher.focus();
    parts.closed();
  };
  small.addEventListener('change', () => {
    if (!panel.open) return;
    const held = root.activeElement as HTMLElement | null;
    panel.close();
    show();
    held?.focus();
  });
  on(launcher, 'click', () => (panel.open ? close() : open(true)));
  closeOnEscape(panel, close);
  const open = (focus: boolean) => {
    if (!panel.open) show();
    parts.opened(focus);
  };
  return { open, close };
}

function closeOnEscape(panel: HTMLDialogElement, close: () => void): void {
  on(panel, 'cancel', (event) => {
    event.preventDefault();
    close();
  });
  on(panel, 'keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
}

function createLauncher(texts: Texts, badge: HTMLElement): HTMLButtonElement {
  const props = { type: 'button', class: 'launcher', 'data-testid': 'launcher', 'aria-controls': 'panel' };
  const label = el('span', { class: 'launch-text' }, texts.launch);
  const state = { 'aria-expanded': 'false', 'aria-haspopup': 'dialog', 'aria-label': texts.launchLabel };
  return el('button', { ...props, ...state }, icon('chat'), label, badge);
}

/** A site's colour from the server; anything but `#rrggbb` is ignored, and its text is black or white, whichever reads better. */
export function accentRule(colour: string): string {
  const digits = /^#([0-9a-f]{6})$/i.exec(colour)?.[1];
  if (!digits) return '';
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const c = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  // WCAG 2.2 relative luminance: above 0.179 black has the better contrast.
  const on = 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#111' : '#fff';
  return `:host{--site-accent:${colour};--site-on:${on}}`;
}

/** iOS lays the keyboard over the page instead of shrinking it: give the panel the height that can be seen. */
function followKeyboard(panel: HTMLElement): void {
  const seen = window.visualViewport;
  seen?.addEventListener('resize', () => panel.style.setProperty('--seen', `${seen.height}px`));
}
