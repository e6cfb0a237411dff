import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
  router.use('/console', files('console'), historyFallback(join(dist, 'console')));
  router.use('/staff', files('staff'), historyFallback(join(dist, 'staff')));
  router.use(files('site'));
  return router;
}

function setHeaders(response: Response, path: string): void {
  const forever = HASHED.test(path) && /[\\/]assets[\\/]/.test(path);
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
