import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** As strict as an operator's site may be: nothing inline, nothing from elsewhere, no HTML from strings. */
export const strictCsp = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const page = (title: string, body: string) =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>` +
  `<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

/** Pages of the tests, besides the built files. */
const pages: Record<string, string> = {
  '/bare': page(
    '测试页',
    '<p><a href="#">链接</a></p><script src="/widget.js" data-site="demo" data-locale="zh-CN"></script>',
  ),
  '/bare-en': page(
    'Test page',
    '<script src="/widget.js" data-site="demo" data-locale="en" data-position="left"></script>',
  ),
  '/browser': page('Browser language', '<script src="/widget.js" data-site="demo"></script>'),
  '/framed': page('外层页', '<iframe src="/bare" title="客服" width="400" height="600"></iframe>'),
};

export async function serveFile(folder: string, path: string, response: ServerResponse): Promise<void> {
  const name = path === '/' ? '/index.html' : path;
  const body = pages[name] ?? (await readFile(join(folder, normalize(name))).catch(() => undefined));
  const type = types[extname(name)] ?? types['.html'];
  response.writeHead(body === undefined ? 404 : 200, {
    'content-type': type,
    'content-security-policy': strictCsp,
  });
  response.end(body);
}
