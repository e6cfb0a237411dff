import type { ChannelHost, FileOf, OutboundMessage } from '../channel.ts';
import type { Api } from './api.ts';
import type { Step } from './sender.ts';

/** A message of the platform without its receiver: `msgtype` and the object of that name. */
export type Piece = { msgtype: string } & Record<string, unknown>;

/** Puts a piece on the platform's side. @returns what the platform calls it */
export type Put = (piece: Piece) => Promise<string>;

/** What a pressed button means: a token that counts once, or words as if typed. */
export type Pressed = { token: string } | { words: string };

/** A button's token, as the host gives and takes it. */
export const isToken = (text: string) => /^[\w-]{1,64}$/.test(text);

/** What the platform takes as 图片: JPG and PNG, at most 10 MB; all else goes as 文件. */
const PICTURES = ['image/jpeg', 'image/png'];
const PICTURE_BYTES = 10 * 1024 * 1024;

/** The files of a message, each uploaded when its turn comes. */
export function fileSteps(api: Api, host: ChannelHost, message: OutboundMessage, put: Put): Step[] {
  const { conversationId, files = [] } = message;
  return files.map((file) => async () => put(await filePiece(api, host, conversationId, file)));
}

async function filePiece(
  api: Api,
  host: ChannelHost,
  conversationId: string,
  { id }: FileOf,
): Promise<Piece> {
  const file = await host.file(conversationId, id);
  if (!file) throw new Error(`no file ${id}`);
  const msgtype = PICTURES.includes(file.type) && file.size <= PICTURE_BYTES ? 'image' : 'file';
  return { msgtype, [msgtype]: { media_id: await api.upload(msgtype, file) } };
}
