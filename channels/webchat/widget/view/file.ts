import { sizeOf } from '../files.ts';
import { fill, type Texts } from '../i18n/index.ts';
import type { Attachment } from '../wire.ts';
import { el, icon } from './dom.ts';

/** Longest side of a picture in the log, in CSS pixels, and how sharply it is drawn. */
const most = 220;
const sharpness = 2;

/** A file of a message: a picture small, anything else by its name; both open whole. `local`: this page has it itself. */
export function renderFile(
  { name = '', contentType = '', contentUrl }: Attachment,
  size: number | undefined,
  texts: Texts,
  local: File | undefined,
): HTMLElement {
  const facts = [name, size ? sizeOf(size) : ''].filter(Boolean);
  const link = contentUrl && /^https?:\/\//.test(contentUrl);
  const props = link ? { href: contentUrl, target: '_blank', rel: 'noopener noreferrer' } : {};
  const named = [icon('file'), el('span', {}, facts.join(' · '))];
  const node = el(link ? 'a' : 'span', { class: 'file', 'data-testid': 'file', ...props }, ...named);
  const source = local ?? (link ? contentUrl : undefined);
  if (contentType.startsWith('image/') && source) {
    const label = fill(texts.picture, { name });
    const canvas = el('canvas', {
      class: 'picture',
      role: 'img',
      'aria-label': label,
      'data-testid': 'picture',
    });
    whenSeen(node, () =>
      draw(canvas, source).then(
        () => node.replaceChildren(canvas),
        // What can't be drawn is still there by its name.
        () => undefined,
      ),
    );
  }
  return node;
}

/**
 * Pictures are drawn, not shown by an `img`: what may be fetched a page's CSP says by `connect-src`, which the chat
 * needs anyway, and no further right to images has to be granted.
 */
async function draw(canvas: HTMLCanvasElement, source: File | string): Promise<void> {
  const blob = typeof source === 'string' ? await fetched(source) : source;
  const picture = await createImageBitmap(blob);
  const scale = Math.min(1, most / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(1, Math.round(side * scale)),
  );
  canvas.width = (width ?? 1) * sharpness;
  canvas.height = (height ?? 1) * sharpness;
  canvas.style.width = `${width}px`;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
}

async function fetched(url: string): Promise<Blob> {
  const answer = await fetch(url, { credentials: 'omit' });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.blob();
}

function whenSeen(node: Element, run: () => void): void {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    run();
  });
  watch.observe(node);
}

/** How far a file is on its way, with a button that stops it. */
export function renderProgress(name: string, texts: Texts, stop: () => void) {
  const bar = el('progress', { max: '1', value: '0', 'aria-label': fill(texts.uploading, { name }) });
  const label = fill(texts.cancelLabel, { name });
  const button = el('button', {
    type: 'button',
    class: 'resend',
    'aria-label': label,
    'data-testid': 'cancel',
  });
  button.append(texts.cancel);
  button.addEventListener('click', stop);
  const node = el('div', { class: 'note sending', 'data-testid': 'progress' }, bar, button);
  return {
    node,
    show(share: number) {
      bar.value = share;
    },
  };
}
