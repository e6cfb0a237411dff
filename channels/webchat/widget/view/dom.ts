type Child = Node | string | null | undefined | false;
type Props = Record<string, string | boolean | number | undefined>;

/** Builds an element from nodes and text only: nothing that a message says is ever read as HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== undefined) node.setAttribute(name, String(value));
  }
  for (const child of children) if (child) node.append(child);
  return node;
}

export function on<K extends keyof HTMLElementEventMap>(
  node: HTMLElement,
  type: K,
  run: (event: HTMLElementEventMap[K]) => void,
): void {
  node.addEventListener(type, run as EventListener);
}

const paths = {
  chat: 'M4 5.5A2.5 2.5 0 0 1 6.5 3h11A2.5 2.5 0 0 1 20 5.5v8a2.5 2.5 0 0 1-2.5 2.5H12l-4.6 4.1A.85.85 0 0 1 6 19.5V16A2.5 2.5 0 0 1 4 13.5zM8.5 8.2a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2m3.5 0a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2m3.5 0a1.1 1.1 0 1 0 0 2.2 1.1 1.1 0 0 0 0-2.2',
  down: 'M5.3 8.3a1 1 0 0 1 1.4 0l5.3 5.3 5.3-5.3a1 1 0 1 1 1.4 1.4l-6 6a1 1 0 0 1-1.4 0l-6-6a1 1 0 0 1 0-1.4',
  send: 'M3.4 4.3a1 1 0 0 1 1.35-1.2l16.1 7.95a1.05 1.05 0 0 1 0 1.9L4.75 20.9a1 1 0 0 1-1.35-1.2L5.3 13.2l7.2-1.2-7.2-1.2z',
  human:
    'M12 3a7 7 0 0 0-7 7v4.2A2.8 2.8 0 0 0 7.8 17H9v-6H7v-1a5 5 0 0 1 10 0v1h-2v6h1.8l-.2.5a2 2 0 0 1-1.9 1.3H13v2h1.7a4 4 0 0 0 3.8-2.7l.4-1.4A2.8 2.8 0 0 0 19 14.8V10a7 7 0 0 0-7-7',
  clip: 'M16.5 6.2v9.6a4.5 4.5 0 0 1-9 0V5.9a3 3 0 0 1 6 0v9.2a1.5 1.5 0 0 1-3 0V6.9h1.6v8.2h-.2V5.9a1.4 1.4 0 0 0-2.8 0v9.9a2.9 2.9 0 0 0 5.8 0V6.2z',
  file: 'M6.5 3h7.6L19 7.9V19a2 2 0 0 1-2 2H6.5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2m7 1.8V8.5h3.7z',
  menu: 'M4 6.5A1 1 0 0 1 5 5.5h14a1 1 0 1 1 0 2H5a1 1 0 0 1-1-1M4 12a1 1 0 0 1 1-1h14a1 1 0 1 1 0 2H5a1 1 0 0 1-1-1m1 4.5a1 1 0 1 0 0 2h9a1 1 0 1 0 0-2z',
};

/** A decorative icon; the control that holds it has the name. */
export function icon(name: keyof typeof paths): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', paths[name]);
  path.setAttribute('fill', 'currentColor');
  svg.append(path);
  return svg;
}
