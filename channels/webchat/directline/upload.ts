import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { InboundFile } from '../../channel.ts';
import { Refusal } from './errors.ts';
import { authorise } from './grants.ts';
import { type Answer, MAX_BODY } from './http.ts';
import { readActivity, storable } from './inbound.ts';
import type { Server } from './server.ts';
import { receive } from './talk.ts';

/** Bytes of one file, files of one upload, and bytes of all its files. */
export const MAX_FILE = 10 * 1024 * 1024;
export const MAX_FILES = 5;
export const MAX_TOTAL = 20 * 1024 * 1024;
/** Bytes of all uploads that this process reads at a time: beyond it clients are asked to come again. */
const MAX_HELD = 256 * 1024 * 1024;

/**
 * POST conversations/:id/upload (Direct Line 3.0, "Send an activity with attachments"): multipart, with an `activity`
 * part and files; or one file as the body. Answered once all of it is written down.
 */
export async function upload(server: Server, request: IncomingMessage, id: string): Promise<Answer> {
  const { site } = await authorise(server, request, id, true);
  server.limits.uploads.take(id, server.host.now());
  const held = holding(server);
  try {
    const { activity, files } = await readUpload(request, held.take);
    if (files.length > MAX_FILES) throw new Refusal('TooManyFiles');
    if (files.length === 0 || files.some(({ bytes }) => bytes.length === 0)) throw new Refusal('FileMissing');
    const intent = readActivity(activity ?? { type: 'message' }, id, files);
    const isMessage = intent.do === 'receive' && intent.message.kind === 'message';
    if (!isMessage) throw new Refusal('BadArgument', 'activity');
    return await receive(server, request, site, intent.message);
  } finally {
    held.release();
  }
}

/** Counts what one upload holds of the process's allowance. */
function holding({ uploading }: Server) {
  let mine = 0;
  let over = false;
  return {
    take(bytes: number) {
      // A part of a refused upload may still have a chunk in hand.
      if (over) throw new Refusal('MalformedData');
      mine += bytes;
      uploading.bytes += bytes;
      if (mine > MAX_TOTAL + MAX_BODY) throw new Refusal('TooManyFiles');
      if (uploading.bytes > MAX_HELD) throw new Refusal('ServiceUnavailable', undefined, 5);
    },
    release() {
      uploading.bytes -= mine;
      over = true;
    },
  };
}

type Held = Extract<InboundFile, { bytes: Buffer }>;
type Upload = { activity?: unknown; files: Held[] };

async function readUpload(request: IncomingMessage, take: (bytes: number) => void): Promise<Upload> {
  const type = request.headers['content-type'] ?? '';
  if (/^multipart\/form-data/i.test(type)) return readParts(request, take);
  const name = /name="?([^";]+)/i.exec(request.headers['content-disposition'] ?? '')?.[1] ?? 'file';
  return { files: [{ name: storable(name), bytes: await collect(request, MAX_FILE, 'FileTooLarge', take) }] };
}

/** Parts are read one after the other, each within its limit; the first thing wrong ends the reading. */
function readParts(request: IncomingMessage, take: (bytes: number) => void): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const parser = parserOf(request);
    const upload: Upload = { files: [] };
    const parts: Promise<void>[] = [];
    const stop = (error: unknown) => {
      request.unpipe(parser);
      request.pause();
      reject(error);
    };
    const malformed = () => stop(new Refusal('MalformedData'));
    parser.on('file', (field, stream, name) => {
      const limit = field === 'activity' ? MAX_BODY : MAX_FILE;
      const over = field === 'activity' ? 'BodyTooLarge' : 'FileTooLarge';
      const part = collect(stream, limit, over, take).then((bytes) => {
        if (field === 'activity') upload.activity = parse(bytes.toString('utf8'));
        else upload.files.push({ name: nameOf(name), bytes });
      });
      part.catch(stop);
      parts.push(part);
    });
    parser.on('field', (field, value) => {
      try {
        if (field === 'activity') upload.activity = parse(value);
      } catch (error) {
        stop(error);
      }
    });
    parser.once('filesLimit', () => stop(new Refusal('TooManyFiles')));
    parser.once('partsLimit', malformed);
    parser.once('fieldsLimit', malformed);
    parser.once('error', malformed);
    parser.once('finish', () => Promise.all(parts).then(() => resolve(upload), reject));
    request.once('error', malformed);
    request.once('close', () => request.complete || malformed());
    request.pipe(parser);
  });
}

function parserOf({ headers }: IncomingMessage) {
  // The activity may come as a file part, too: Microsoft's client sends it as a blob.
  const limits = {
    ...{ fileSize: MAX_FILE + 1, files: MAX_FILES + 1, fields: 2, fieldSize: MAX_BODY, parts: MAX_FILES + 3 },
    ...{ fieldNameSize: 100, headerPairs: 20, headerSize: 8192 },
  };
  try {
    return new Busboy({ headers: { ...headers, 'content-type': headers['content-type'] ?? '' }, limits });
  } catch {
    throw new Refusal('MalformedData');
  }
}

/** Browsers escape quotes in a part's header by `%22` (HTML standard, "multipart/form-data encoding algorithm"). */
const nameOf = (name: string | undefined) => storable((name || 'file').replaceAll('%22', '"'));

async function collect(
  stream: Readable,
  limit: number,
  over: 'BodyTooLarge' | 'FileTooLarge',
  take: (bytes: number) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new Refusal(over);
    take(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal('MalformedData');
  }
}
