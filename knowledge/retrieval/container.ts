import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';

/** Something that can be written down: plain JSON, and arrays of numbers by name. */
export type Packed = { meta: unknown; arrays: Record<string, NumberArray> };
export type NumberArray = Int32Array | Uint32Array | Float32Array | Uint8Array;

/** What was written down can't be read: cut off, damaged, or of another format. */
export class ContainerError extends Error {
  readonly code = 'index_unreadable';
}

const MAGIC = 0x59444958;
const ALIGNMENT = 8;
/** An index of a million entries stays below; a damaged size must not take all memory. */
const LARGEST = 2 ** 31 - 1;
const TYPES = { i32: Int32Array, u32: Uint32Array, f32: Float32Array, u8: Uint8Array } as const;
type TypeName = keyof typeof TYPES;
type Header = { meta: unknown; arrays: { name: string; type: TypeName; at: number; length: number }[] };

const aligned = (size: number) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;
const typeOf = (array: NumberArray): TypeName =>
  (Object.keys(TYPES) as TypeName[]).find((type) => array instanceof TYPES[type]) as TypeName;

/** Packs and compresses, off the event loop. Numbers stand as they do in memory: every platform of Node is little-endian. */
export async function pack({ meta, arrays }: Packed): Promise<Buffer> {
  const header: Header = { meta, arrays: [] };
  let size = 0;
  for (const [name, array] of Object.entries(arrays)) {
    header.arrays.push({ name, type: typeOf(array), at: size, length: array.length });
    size = aligned(size + array.byteLength);
  }
  const json = Buffer.from(JSON.stringify(header));
  const start = aligned(8 + json.length);
  const bytes = Buffer.alloc(start + size);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(json.length, 4);
  json.copy(bytes, 8);
  Object.values(arrays).forEach((array, i) => {
    const { at } = header.arrays[i] as Header['arrays'][number];
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + at);
  });
  // Its size goes ahead: inflated in one piece, nothing has to be joined on the event loop.
  const size4 = Buffer.alloc(4);
  size4.writeUInt32LE(bytes.length);
  return Buffer.concat([size4, await promisify(deflate)(bytes, { level: 1, chunkSize: 1 << 22 })]);
}

/**
 * The arrays are views on one buffer; the checksum of zlib has been compared.
 * @throws ContainerError
 */
export async function unpack(compressed: Uint8Array): Promise<Packed> {
  const { buffer, byteOffset, byteLength } = compressed;
  const whole = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
  const size = byteLength > 4 ? whole.readUInt32LE(0) : 0;
  if (size < 8 || size > LARGEST) throw new ContainerError('not an index');
  const options = { chunkSize: Math.max(64, size), maxOutputLength: size };
  const inflated = await promisify(inflate)(whole.subarray(4), options).catch((error: Error) => {
    throw new ContainerError(`not readable: ${error.message}`);
  });
  // A view needs an aligned start.
  const bytes =
    inflated.byteOffset % ALIGNMENT === 0 ? inflated : Buffer.from(new Uint8Array(inflated).buffer);
  if (bytes.length !== size || bytes.readUInt32LE(0) !== MAGIC) throw new ContainerError('not an index');
  const length = bytes.readUInt32LE(4);
  if (8 + length > size) throw new ContainerError('cut off');
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Header;
  const start = bytes.byteOffset + aligned(8 + length);
  const arrays: Packed['arrays'] = {};
  for (const { name, type, at, length: items } of header.arrays) {
    const Type = TYPES[type];
    const end = start + at + items * Type.BYTES_PER_ELEMENT;
    if (end > bytes.byteOffset + bytes.length) throw new ContainerError('cut off');
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
