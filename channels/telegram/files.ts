import type { FileOf } from '../channel.ts';
import type { Bot, To } from './bot.ts';
import { refused } from './failures.ts';

/** What sendPhoto takes: "at most 10 MB in size" (core.telegram.org/bots/api#sendphoto); the rest goes as documents. */
const PHOTOS = ['image/jpeg', 'image/png', 'image/webp'];
const PHOTO_BYTES = 10e6;
/** "Bots can download files of up to 20 MB in size" (core.telegram.org/bots/api#getfile). */
const DOWNLOAD_BYTES = 20e6;

/** Sends a stored file, a picture as a picture where Telegram takes it as one. Resolves to its message_id. */
export async function sendFile(bot: Bot, to: To, file: FileOf & { bytes: Buffer }): Promise<number> {
  // The library writes the name into a header as it is.
  const media = { source: file.bytes, filename: file.name.replace(/["\\\r\n]/g, '_') };
  if (PHOTOS.includes(file.type) && file.size <= PHOTO_BYTES) {
    try {
      return (await bot.api.call('sendPhoto', { ...to, photo: media })).message_id;
    } catch (error) {
      // Too wide, too high, or not a picture to them.
      if (!refused(error, /PHOTO_|IMAGE_PROCESS_FAILED/)) throw error;
    }
  }
  return (await bot.api.call('sendDocument', { ...to, document: media })).message_id;
}

/** The content of a file that came in. @throws Failure, also where it has more than `limit` bytes */
export async function fetchFile(bot: Bot, ref: string, limit: number): Promise<Buffer> {
  const most = Math.min(limit, DOWNLOAD_BYTES);
  const { file_path: path, file_size: size = 0 } = await bot.api.call('getFile', { file_id: ref });
  if (!path || size > most)
    throw new Error(path ? `the file has ${size} bytes` : 'the file is no longer there');
  return bot.api.download(path, most);
}
