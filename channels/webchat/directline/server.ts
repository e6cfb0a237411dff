import type { Account, ChannelHost } from '../../channel.ts';
import { createFileLinks, type FileLinks } from './file-links.ts';
import { type Bucket, createBucket, type Limits } from './limits.ts';
import { createOrigins, type Origins } from './origins.ts';
import { createPresses, type Presses } from './presses.ts';
import { createSites, type Sites } from './sites.ts';
import { createStreams, type StreamOptions, type Streams } from './stream.ts';
import { createTokens, type Tokens } from './tokens.ts';

export interface Settings {
  accounts: Account[];
  publicUrl: () => string | undefined;
  trustProxy: number;
  limits: Limits;
  stream: StreamOptions;
  onError: (error: unknown, where: string) => void;
}

/** The parts of the Direct Line 3.0 server, put together once. */
export interface Server {
  host: ChannelHost;
  settings: Settings;
  tokens: Tokens;
  sites: Sites;
  origins: Origins;
  streams: Streams;
  presses: Presses;
  files: FileLinks;
  /** Bytes of uploads that are being read now, in this process. */
  uploading: { bytes: number };
  limits: Record<keyof Limits, Bucket>;
}

/** Reads the sites, so that a centre without a database is noticed at the start. */
export async function createServer(host: ChannelHost, settings: Settings): Promise<Server> {
  const sites = createSites(host, settings.accounts);
  await sites.load();
  const presses = createPresses();
  const { generate, resume, activities, uploads } = settings.limits;
  return {
    host,
    settings,
    sites,
    tokens: createTokens(host.key('webchat-token'), () => host.now()),
    origins: createOrigins(sites, settings.publicUrl),
    streams: createStreams(host, settings.stream, presses.note),
    presses,
    files: createFileLinks(host.key('webchat-file'), () => host.now()),
    uploading: { bytes: 0 },
    limits: {
      generate: createBucket(generate),
      resume: createBucket(resume),
      activities: createBucket(activities),
      uploads: createBucket(uploads),
    },
  };
}
