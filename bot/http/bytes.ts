import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';

/** The body of a raw route's request. @throws AppError too_large beyond `limit` bytes */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > limit) throw new AppError('too_large', undefined, { limit });
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
