import { promisify } from 'node:util';
import { type InputType, inflateRaw, type ZlibOptions } from 'node:zlib';
import { AppError } from '../../../errors.ts';

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
/** "Sizes follow the data" (APPNOTE 4.4.4, bit 3). */
const SIZES_FOLLOW = 8;

interface Inflated {
  buffer: Buffer;
  engine: { bytesWritten: number };
}
// With `info` it tells how much it read as well, which the published types don't say.
const inflate = promisify(inflateRaw) as unknown as (
  data: InputType,
  options: ZlibOptions,
) => Promise<Inflated>;

/**
 * Holds a ZIP file to what it may come to unpacked, before a reader unpacks it. Entries are found one after the other,
 * as a reader of a stream finds them (PKWARE APPNOTE 4.3), and unpacked: what the file says about its sizes may be a lie.
 * @throws AppError too_large, unsupported_type
 */
export async function assertUnpacked(bytes: Buffer, most: number): Promise<void> {
  let left = most;
  for (let at = 0; at + 30 <= bytes.length && bytes.readUInt32LE(at) === LOCAL; ) {
    const [flags, method] = [bytes.readUInt16LE(at + 6), bytes.readUInt16LE(at + 8)];
    const data = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const { packed, unpacked } =
      method === 0 ? storedSize(bytes, at, flags) : await inflatedSize(bytes.subarray(data), left);
    left -= unpacked;
    if (left < 0) throw new AppError('too_large', undefined, { unpacked: most });
    at = afterDescriptor(bytes, data + packed, flags);
  }
}

function storedSize(bytes: Buffer, at: number, flags: number): { packed: number; unpacked: number } {
  if (flags & SIZES_FOLLOW) throw new AppError('unsupported_type', 'a stored entry of unknown size');
  const size = bytes.readUInt32LE(at + 18);
  return { packed: size, unpacked: size };
}

async function inflatedSize(data: Buffer, left: number): Promise<{ packed: number; unpacked: number }> {
  try {
    const { buffer, engine } = await inflate(data, { info: true, maxOutputLength: Math.max(1, left) });
    return { packed: engine.bytesWritten, unpacked: buffer.length };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      return { packed: 0, unpacked: left + 1 };
    throw new AppError('unsupported_type', 'not a readable XLSX file');
  }
}

/** Past the data descriptor, whose signature and 64-bit sizes may or may not be there (APPNOTE 4.3.9). */
function afterDescriptor(bytes: Buffer, end: number, flags: number): number {
  if (!(flags & SIZES_FOLLOW)) return end;
  const signed = end + 4 <= bytes.length && bytes.readUInt32LE(end) === DESCRIPTOR ? 4 : 0;
  const next = [12, 20].map((size) => end + signed + size);
  const header = next.find((at) => at + 4 <= bytes.length && bytes.subarray(at, at + 2).toString() === 'PK');
  return header ?? bytes.length;
}
