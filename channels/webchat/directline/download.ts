import { Refusal } from './errors.ts';
import { type FileAt, STEP } from './file-links.ts';
import type { Answer } from './http.ts';
import type { Server } from './server.ts';

/** GET conversations/:id/files/:file: shown, never run; pictures in the page, everything else to be saved. */
export async function download(server: Server, at: FileAt, query: URLSearchParams): Promise<Answer> {
  const { host, files } = server;
  if (files.check(at, query) === 'staff' && !(await host.attends(at.conversation, false)))
    throw new Refusal('TokenExpired');
  const file = await host.file(at.conversation, at.file);
  if (!file) throw new Refusal('NotFound');
  const { name, type, bytes } = file;
  const shown = type.startsWith('image/') ? 'inline' : 'attachment';
  return {
    status: 200,
    body: bytes,
    headers: {
      'content-type': type,
      'content-disposition': `${shown}; filename*=UTF-8''${encodeURIComponent(name)}`,
      // Whatever it contains, it is not a page of ours; and pages of other origins may show it.
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': `private, max-age=${STEP}`,
    },
  };
}
