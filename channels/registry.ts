import type { ChannelKind } from './channel.ts';

/**
 * The channels that can be switched on, by name; one line each. A kind is loaded only when an account of it is
 * configured: vendors' libraries are slow to load.
 */
export const CHANNELS: Record<string, () => Promise<ChannelKind>> = {
  teams: async () => (await import('./teams/channel.ts')).kind,
};
