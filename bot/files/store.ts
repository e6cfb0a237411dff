import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import { type Database, type Unit, uuidv7 } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';

/** Largest file 文件 that is taken, in bytes. */
export const MAX_FILE = 10 * 1024 * 1024;
const chunkBytes = 256 * 1024;

/** What customers and colleagues may send: pictures, and certificates and notices as PDF. */
const taken = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf']);

/** How long a file is kept: a job removes it afterwards. */
export type Retention = 'standard' | 'certificate' | 'notice';

export interface NewFile {
  /** The id it was promised under; without it a new one. */
  id?: string;
  name: string;
  /** Whose it is: `person:<id>` or `conversation:<id>`. */
  owner: string;
  retention: Retention;
  bytes: Buffer;
}

export interface StoredFile {
  id: string;
  name: string;
  owner: string;
  contentType: string;
  size: number;
  createdAt: number;
}

/**
 * Where files live. This one keeps them in PostgreSQL, in chunks, so that a backup is whole and no second
 * store is needed; another may keep them elsewhere.
 */
export interface FileStore {
  /** @throws too_large, unsupported_type: the content decides what it is, not its name */
  put(unit: Unit, file: NewFile, now: number): Promise<StoredFile>;
  find(id: string): Promise<StoredFile | undefined>;
  /** The content, chunk by chunk, checked against its digest at the end. */
  read(id: string): AsyncGenerator<Buffer>;
}

export function fileStore(db: Database): FileStore {
  return { put, find: (id) => find(db, id), read: (id) => read(db, id) };
}

async function put(unit: Unit, file: NewFile, now: number): Promise<StoredFile> {
  const { bytes } = file;
  if (bytes.length > MAX_FILE) throw new AppError('too_large', undefined, { limit: MAX_FILE });
  const contentType = (await fileTypeFromBuffer(bytes))?.mime ?? '';
  if (!taken.has(contentType)) throw new AppError('unsupported_type', undefined, { taken: [...taken] });
  return putMade(unit, { ...file, contentType }, now);
}

/** Stores what we have made ourselves 生成文件, such as a sheet: of any type. */
export async function putMade(
  unit: Unit,
  file: NewFile & { contentType: string },
  now: number,
): Promise<StoredFile> {
  const { bytes, owner, retention, contentType, id = uuidv7(now) } = file;
  const name = cleanName(file.name);
  const sha256 = createHash('sha256').update(bytes).digest();
  const createdAt = new Date(now);
  await unit.prisma.file.create({
    data: { id, sha256, size: bytes.length, contentType, name, owner, retention, createdAt },
  });
  for (let no = 0; no * chunkBytes < bytes.length; no++) {
    const data = Uint8Array.from(bytes.subarray(no * chunkBytes, (no + 1) * chunkBytes));
    await unit.prisma.fileChunk.create({ data: { fileId: id, no, data } });
  }
  return { id, name, owner, contentType, size: bytes.length, createdAt: now };
}

async function find(db: Database, id: string): Promise<StoredFile | undefined> {
  const found = await db.prisma.file.findUnique({ where: { id } });
  if (!found) return undefined;
  const { name, owner, contentType, size, createdAt } = found;
  return { id, name, owner, contentType, size, createdAt: createdAt.getTime() };
}

async function* read(db: Database, id: string): AsyncGenerator<Buffer> {
  const file = await db.prisma.file.findUniqueOrThrow({ where: { id }, select: { sha256: true } });
  const digest = createHash('sha256');
  for (let no = 0; ; no++) {
    const chunk = await db.prisma.fileChunk.findUnique({ where: { fileId_no: { fileId: id, no } } });
    if (!chunk) break;
    digest.update(chunk.data);
    yield Buffer.from(chunk.data);
  }
  if (!digest.digest().equals(file.sha256))
    throw new AppError('internal', 'a stored file is not what was put', { id });
}

/** A name that is safe in a header and on a disk, with its ending kept. */
export function cleanName(name: string): string {
  const base = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = base
    .replace(/[\p{Cc}\p{Cf}"<>|:*?]/gu, '')
    .trim()
    .slice(-120);
  return clean || 'file';
}
