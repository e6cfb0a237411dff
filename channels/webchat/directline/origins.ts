import type { IncomingMessage } from 'node:http';
import { Refusal } from './errors.ts';
import type { Headers } from './http.ts';
import type { Site, Sites } from './sites.ts';

/** What Microsoft's client and the widget send; everything else a browser may not. */
const ALLOWED = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type, x-requested-with, x-ms-bot-agent',
  'access-control-max-age': 86_400,
};
const EXPOSED = { 'access-control-expose-headers': 'retry-after' };

/** Whose pages may read our answers (CORS, Fetch standard), and where we are ourselves. */
export interface Origins {
  /** Headers for the answer to this request; empty if its origin is unknown to every site. */
  headers(request: IncomingMessage, preflight?: boolean): Headers;
  /** A Refusal if the request comes from a page of an origin that this site doesn't list. */
  check(request: IncomingMessage, site: Site): void;
  /** Our address as this client reaches it, without a trailing slash. */
  base(request: IncomingMessage): string;
}

/** @param publicUrl our address from outside, where proxies hide it */
export function createOrigins(sites: Sites, publicUrl: () => string | undefined): Origins {
  const isOwn = (request: IncomingMessage, origin: string) => {
    const { host } = request.headers;
    if (origin === `https://${host}` || origin === `http://${host}`) return true;
    const known = publicUrl();
    return known !== undefined && URL.canParse(known) && origin === new URL(known).origin;
  };
  return {
    headers(request, preflight): Headers {
      const { origin } = request.headers;
      if (origin === undefined) return {};
      // Also without permission: a cache must not hand one origin's answer to another.
      if (!isOwn(request, origin) && !sites.knowsOrigin(origin)) return { vary: 'origin' };
      const headers: Headers = { vary: 'origin', 'access-control-allow-origin': origin };
      return Object.assign(headers, preflight ? ALLOWED : EXPOSED);
    },
    check(request, site) {
      const { origin } = request.headers;
      if (origin === undefined || site.anyOrigin || site.origins.has(origin)) return;
      if (!isOwn(request, origin)) throw new Refusal('OriginNotAllowed');
    },
    base(request) {
      const known = publicUrl();
      if (known) return known.replace(/\/+$/, '');
      const forwarded = String(request.headers['x-forwarded-proto'] ?? '')
        .split(',')[0]
        ?.trim();
      const encrypted = forwarded ? forwarded === 'https' : 'encrypted' in request.socket;
      return `${encrypted ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`;
    },
  };
}
