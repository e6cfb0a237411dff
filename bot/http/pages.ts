import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler, type Response, Router } from 'express';
import { AppError } from '../errors.ts';

/** Names with a hash of their content never change: `assets/index-B1a2C3d4.js`. */
const HASHED = /[-.][\w-]{8,}\.(js|css|woff2?|svg|png|webp)(\.map)?$/;
const YEAR_S = 31_536_000;

/**
 * What the build made, under `dist`: the operator's demo site at / (dist/site), the widget at /widget.js, the
 * console at /console (dist/console) and the staff chat at /staff (dist/staff).
 */
export function pages(dist: string): RequestHandler {
  const router = Router();
  const files = (folder: string) =>
    express.static(join(dist, folder), { index: 'index.html', redirect: false, setHeaders });
  for (const name of ['console', 'staff']) {
    const folder = join(dist, name);
    router.use(`/${name}`, packed(folder), files(name), historyFallback(folder));
  }
  router.use(packed(join(dist, 'site')), files('site'));
  return router;
}

/** The build lays `x.js.gz` beside `x.js`; whoever can read it gets that one, at no cost of ours. */
function packed(folder: string): RequestHandler {
  return (request, response, next) => {
    const { path } = request;
    if (!/^(?!.*\.\.)[\w/.-]+\.(js|css|svg)$/.test(path) || !existsSync(join(folder, `${path}.gz`)))
      return next();
    response.vary('accept-encoding');
    if (request.acceptsEncodings('gzip')) request.url = `${path}.gz`;
    next();
  };
}

function setHeaders(response: Response, path: string): void {
  const name = path.replace(/\.gz$/, '');
  if (name !== path) response.type(extname(name)).set('content-encoding', 'gzip');
  const forever = HASHED.test(name) && /[\\/]assets[\\/]/.test(path);
  response.set('cache-control', forever ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
}

/** A page that the browser's own router made up is the application's one page; a missing file stays missing. */
function historyFallback(folder: string): RequestHandler {
  const page = join(folder, 'index.html');
  return (request, response, next) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !/\.\w+$/.test(request.path);
    if (!isPage) return next();
    if (!existsSync(page)) throw new AppError('unavailable', `${page} is not built: run npm run prepare`);
    response.sendFile(page, { headers: { 'cache-control': 'no-cache' }, cacheControl: false });
  };
}
