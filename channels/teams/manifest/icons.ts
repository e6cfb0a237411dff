import { crc32, deflateSync } from 'node:zlib';

type Pixel = [red: number, green: number, blue: number, alpha: number];

const BLUE: Pixel = [22, 93, 204, 255];
const WHITE: Pixel = [255, 255, 255, 255];
const CLEAR: Pixel = [0, 0, 0, 0];

/** 192×192, in colour, to its edges: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons */
export const colorIcon = (): Buffer => png(192, (x, y) => (bubble(x / 192, y / 192) ? WHITE : BLUE));

/** 32×32, white on nothing. */
export const outlineIcon = (): Buffer =>
  png(32, (x, y) => {
    const [left, top] = [(x + 0.5) / 32, (y + 0.5) / 32];
    const inner = bubble(0.5 + (left - 0.5) * 1.35, 0.5 + (top - 0.5) * 1.35);
    return bubble(left, top) && !inner ? WHITE : CLEAR;
  });

/** A speech bubble: a rounded box, and a tail under its left half. */
function bubble(x: number, y: number): boolean {
  const [dx, dy] = [Math.abs(x - 0.5) - 0.22, Math.abs(y - 0.45) - 0.13];
  const box = Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) < 0.1;
  const tail = y >= 0.6 && y < 0.82 && x > 0.34 && x < 0.56 - (y - 0.6);
  return box || tail;
}

/** https://www.w3.org/TR/png-3/ : 8 bits of red, green, blue and alpha, no filter. */
function png(size: number, at: (x: number, y: number) => Pixel): Buffer {
  const line = 1 + 4 * size;
  const rows = Buffer.alloc(size * line);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) rows.set(at(x, y), y * line + 1 + 4 * x);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(rows, { level: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
