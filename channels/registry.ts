import type { ChannelKind } from './channel.ts';

/**
 * The channels that can be switched on, by name; one line each. A kind is loaded only when an account of it is
 * configured: vendors' libraries are slow to load.
 */
export const CHANNELS: Record<string, () => Promise<ChannelKind>> = {
  telegram: async () => (await import('./telegram/channel.ts')).kind,
};
