/** What the embedding page says on the script tag. */
export interface Options {
  /** Where the script came from, and where the server is. */
  origin: string;
  site: string;
  locale: string | undefined;
  /** What the page calls the operator, in the page's language; else the name that the server has. */
  name: string | undefined;
  userToken: string | undefined;
  open: boolean;
  position: 'left' | 'right';
}

/** Reads `<script src="…/widget.js" data-site="…" data-locale data-name data-user-token data-open data-position>`. */
export function readOptions(script: { src: string; dataset: Record<string, string | undefined> }): Options {
  const { site, locale, name, userToken, open, position } = script.dataset;
  return {
    origin: new URL(script.src).origin,
    site: site || 'demo',
    locale: locale || undefined,
    name: name || undefined,
    userToken: userToken || undefined,
    open: open !== undefined && open !== 'false',
    position: position === 'left' ? 'left' : 'right',
  };
}
