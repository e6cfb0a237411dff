import type { ChannelKind } from './channel.ts';

/**
 * The channels that can be switched on, by name; one line each. A kind is loaded only when an account of it is
 * configured: vendors' libraries are slow to load.
 */
export const CHANNELS: Record<string, () => Promise<ChannelKind>> = {
  wecom: async () => (await import('./wecom/channel.ts')).kind,
  'wecom-kf': async () => (await import('./wecom/channel.ts')).kfKind,
};
