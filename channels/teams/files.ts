import type { ServerResponse } from 'node:http';
import type { ChannelHost, FileOf, OutboundMessage } from '../channel.ts';
import { escapeHtml } from '../kit/html.ts';
import type { Bot } from './bot.ts';
import type { Attachment } from './format.ts';
import { isTrusted } from './hosts.ts';
import type { Links } from './links.ts';

/** https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#use-picture-messages */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif'];
const PICTURE_BYTES = 1_048_576;
const PATIENCE = 30_000;
const HOPS = 3;

/**
 * The content of a file from a chat. A picture lies with the connector and is given to the bot only; a file lies in
 * SharePoint under an address that needs nobody's name. Any other host is refused, on every hop.
 */
export async function fetchFile(bot: Bot, ref: string, limit: number): Promise<Buffer> {
  const { ServiceHosts, FileHosts } = bot.settings;
  let url = ref;
  for (let hop = 0; hop <= HOPS; hop++) {
    const ours = isTrusted(url, ServiceHosts);
    if (!ours && !isTrusted(url, FileHosts)) throw new Error('a file on a host that is not trusted');
    const headers: Record<string, string> = ours
      ? { authorization: `Bearer ${await bot.credentials.token()}` }
      : {};
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(url, { headers, redirect: 'manual', signal });
    const next = response.status >= 300 && response.status < 400 && response.headers.get('location');
    if (next) url = new URL(next, url).href;
    else if (response.ok && response.body) return await gather(response.body, limit);
    else throw new Error(`the file's host answered ${response.status}`);
  }
  throw new Error('the file was passed on too often');
}

async function gather(body: ReadableStream<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new Error(`the file is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Shows small pictures in the message and links everything else. `at`: the account's public URL, if it has one. */
export async function attach(
  { conversationId, files = [] }: OutboundMessage,
  { host, links, at }: { host: ChannelHost; links: Links; at: string | undefined },
): Promise<{ pictures: Attachment[]; links: string[] }> {
  const found: { pictures: Attachment[]; links: string[] } = { pictures: [], links: [] };
  for (const file of files) {
    const picture = isPicture(file) ? await host.file(conversationId, file.id) : undefined;
    if (picture) {
      const contentUrl = `data:${file.type};base64,${picture.bytes.toString('base64')}`;
      found.pictures.push({ contentType: file.type, name: file.name, contentUrl });
    } else {
      const name = escapeHtml(file.name);
      const href = at && `${at}/files/${links.sign(conversationId, file.id)}`;
      found.links.push(href ? `<a href="${escapeHtml(href)}">${name}</a>` : name);
    }
  }
  return found;
}

const isPicture = ({ type, size }: FileOf) => PICTURES.includes(type) && size <= PICTURE_BYTES;

/** Answers a link of ours: the file, always to be saved and never shown, or nothing. */
export async function serveFile(
  host: ChannelHost,
  links: Links,
  signed: string,
  response: ServerResponse,
): Promise<void> {
  const named = links.read(signed);
  const file = named && (await host.file(named.conversationId, named.fileId));
  if (!file) {
    response.writeHead(404, { 'cache-control': 'no-store' }).end();
    return;
  }
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': file.bytes.length,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, '_')}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
  });
  response.end(file.bytes);
}
