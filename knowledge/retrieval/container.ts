import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createDeflate, inflate } from 'node:zlib';

/** Something that was written down: plain JSON, and arrays of numbers by name. */
export type Packed = { meta: unknown; arrays: Record<string, NumberArray> };
/** The same before: an array may come in parts. */
export type Packable = { meta: unknown; arrays: Record<string, NumberArray | readonly NumberArray[]> };
export type NumberArray = Int32Array | Uint32Array | Float32Array | Uint8Array;

/** What was written down can't be read: cut off, damaged, or of another format. */
export class ContainerError extends Error {
  readonly code = 'index_unreadable';
}

const MAGIC = 0x59444958;
const ALIGNMENT = 8;
/** So many bytes are handed to zlib at once: copying them holds nobody up. */
const PIECE = 1 << 20;
/** What this is, its size, and its size compressed. */
const HEAD = 12;
/** An index of a million entries stays below; a damaged size must not take all memory. */
const LARGEST = 2 ** 31 - 1;
const TYPES = { i32: Int32Array, u32: Uint32Array, f32: Float32Array, u8: Uint8Array } as const;
type TypeName = keyof typeof TYPES;
type Header = { meta: unknown; arrays: { name: string; type: TypeName; at: number; length: number }[] };

const aligned = (size: number) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;
const typeOf = (array: NumberArray): TypeName =>
  (Object.keys(TYPES) as TypeName[]).find((type) => array instanceof TYPES[type]) as TypeName;

/**
 * Packs and compresses, off the event loop and piece by piece, so that it takes little memory beside the arrays.
 * Numbers stand as they do in memory: every platform of Node is little-endian.
 */
export async function pack({ meta, arrays }: Packable): Promise<Buffer> {
  const header: Header = { meta, arrays: [] };
  let size = 0;
  const bodies: Uint8Array[] = [];
  for (const [name, given] of Object.entries(arrays)) {
    const parts = Array.isArray(given) ? (given as NumberArray[]) : [given as NumberArray];
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    header.arrays.push({ name, type: typeOf(parts[0] as NumberArray), at: size, length });
    const views = parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    const bytes = views.reduce((sum, view) => sum + view.length, 0);
    bodies.push(...views, new Uint8Array(aligned(bytes) - bytes));
    size += aligned(bytes);
  }
  const json = Buffer.from(JSON.stringify(header));
  const front = Buffer.alloc(aligned(8 + json.length));
  front.writeUInt32LE(MAGIC, 0);
  front.writeUInt32LE(json.length, 4);
  json.copy(front, 8);
  const total = front.length + size;
  const compressed: Buffer[] = [Buffer.alloc(HEAD)];
  const deflate = createDeflate({ level: 1, chunkSize: PIECE });
  for await (const some of Readable.from(pieces([front, ...bodies], total)).pipe(deflate))
    compressed.push(some);
  const written = Buffer.concat(compressed);
  for (const [i, value] of [MAGIC, total, written.length - HEAD].entries())
    written.writeUInt32LE(value, 4 * i);
  return written;
}

function* pieces(parts: Uint8Array[], total: number): Generator<Buffer> {
  let [left, at] = [total, 0];
  let piece = Buffer.allocUnsafe(Math.min(PIECE, left));
  for (const part of parts) {
    for (let from = 0; from < part.length; ) {
      const some = part.subarray(from, from + piece.length - at);
      piece.set(some, at);
      [from, at] = [from + some.length, at + some.length];
      if (at < piece.length) continue;
      yield piece;
      left -= at;
      [piece, at] = [Buffer.allocUnsafe(Math.min(PIECE, left)), 0];
    }
  }
}

/**
 * The arrays are views on one buffer, which is filled off the event loop; zlib's checksum has been compared.
 * @throws ContainerError
 */
export async function unpack(compressed: Uint8Array): Promise<Packed> {
  const whole = Buffer.from(compressed.buffer as ArrayBuffer, compressed.byteOffset, compressed.byteLength);
  const [magic, size, length] = whole.length < HEAD ? [] : [0, 4, 8].map((at) => whole.readUInt32LE(at));
  if (magic !== MAGIC || !size || size > LARGEST) throw new ContainerError('not an index');
  if (whole.length !== HEAD + (length ?? 0)) throw new ContainerError('cut off');
  // Room for more than there is: else a second buffer is begun, and both are put together on the event loop.
  const options = { chunkSize: size + PIECE, maxOutputLength: size };
  const bytes = await promisify(inflate)(whole.subarray(HEAD), options).catch((error: Error) => {
    throw new ContainerError(`not readable: ${error.message}`);
  });
  if (bytes.length !== size) throw new ContainerError('cut off');
  return read(bytes);
}

function read(bytes: Buffer): Packed {
  if (bytes.length < 8 || bytes.readUInt32LE(0) !== MAGIC) throw new ContainerError('not an index');
  const length = bytes.readUInt32LE(4);
  if (8 + length > bytes.length) throw new ContainerError('cut off');
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Header;
  const start = aligned(8 + length);
  const arrays: Packed['arrays'] = {};
  for (const { name, type, at, length: items } of header.arrays) {
    const Type = TYPES[type];
    if (start + at + items * Type.BYTES_PER_ELEMENT > bytes.length) throw new ContainerError('cut off');
    arrays[name] = new Type(bytes.buffer as ArrayBuffer, start + at, items);
  }
  return { meta: header.meta, arrays };
}

/** An array that must be there. @throws ContainerError */
export function arrayOf<T extends NumberArray>(
  { arrays }: Pick<Packed, 'arrays'>,
  name: string,
  type: new (length: number) => T,
): T {
  const found = arrays[name];
  if (!(found instanceof type)) throw new ContainerError(`${name} is missing`);
  return found;
}
