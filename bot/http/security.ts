import type { RequestHandler } from 'express';
import helmet from 'helmet';

const self = ["'self'"];

/** Only what we serve ourselves may run or be reached; a page that needs more says so below. */
const strict = {
  defaultSrc: ["'none'"],
  scriptSrc: self,
  styleSrc: self,
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: self,
  connectSrc: self,
  manifestSrc: self,
  formAction: self,
  baseUri: ["'none'"],
  frameAncestors: self,
  objectSrc: ["'none'"],
};

const common = {
  hsts: false,
  crossOriginEmbedderPolicy: false,
  referrerPolicy: { policy: 'same-origin' },
} as const;

/**
 * Security headers. Without https no HSTS and no upgrade of requests: a browser would then look for a server
 * that isn't there.
 */
export function securityHeaders(https: boolean): RequestHandler {
  const shared = { ...common, hsts: https };
  const upgrade = https ? [] : null;
  const build = (own: Record<string, string[]>, embeddable = false) =>
    helmet({
      ...shared,
      crossOriginResourcePolicy: { policy: embeddable ? 'cross-origin' : 'same-origin' },
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { ...strict, ...own, upgradeInsecureRequests: upgrade },
      },
    });
  // The console, which is the staff chat's page too. Ant Design writes style elements at run time, some of
  // them (messages, dialogs, measuring) outside the tree that a nonce reaches. A style can't run code, and what
  // it could fetch is held to 'self' here.
  const colleagues = build({ styleSrc: ["'self'", "'unsafe-inline'"], frameAncestors: ["'none'"] });
  // Other sites load the widget by a script element.
  const widget = build({}, true);
  const rest = build({});
  return (request, response, next) => {
    const { path } = request;
    if (/^\/(console|staff)(\/|$)/.test(path)) colleagues(request, response, next);
    else if (path.startsWith('/widget')) widget(request, response, next);
    else rest(request, response, next);
  };
}
