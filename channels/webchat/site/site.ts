import { en } from './i18n/en.ts';

// The page is written in Chinese; `?lang=en` puts the English texts in before the widget (the next script) starts.
const english = new URLSearchParams(location.search).get('lang') === 'en';
if (english) translate();

for (const button of document.querySelectorAll<HTMLElement>('[data-ask]')) {
  button.addEventListener('click', () => window.yingda?.ask(button.dataset.ask || button.textContent || ''));
}
document.querySelector('[data-open]')?.addEventListener('click', () => window.yingda?.open());

function translate(): void {
  document.documentElement.lang = 'en';
  for (const node of document.querySelectorAll<HTMLElement>('[data-t]')) {
    const key = node.dataset.t ?? '';
    const lines = (en[key] ?? node.textContent ?? '').split('|');
    node.replaceChildren(
      ...lines.flatMap((line, at) => (at ? [document.createElement('br'), line] : [line])),
    );
    const asks = en[`ask:${key}`];
    if (asks) node.dataset.ask = asks;
  }
  document.querySelector('[data-t-label]')?.setAttribute('aria-label', en['nav.label'] ?? '');
  const widget = document.querySelector<HTMLElement>('script[data-site]');
  Object.assign(widget?.dataset ?? {}, { locale: 'en', name: en.brand });
  document.querySelector('[data-home]')?.setAttribute('href', '/?lang=en');
  const toggle = document.querySelector<HTMLElement>('[data-switch]');
  if (!toggle) return;
  toggle.textContent = '中文';
  toggle.setAttribute('href', '/');
  toggle.lang = 'zh-CN';
}
