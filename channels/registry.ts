import type { ChannelKind } from './channel.ts';
import { kind as webchat } from './webchat/channel.ts';

/**
 * The channels that can be switched on, by name; one line each. A kind is loaded only when an account of it is
 * configured: vendors' libraries are slow to load.
 */
export const CHANNELS: Record<string, () => Promise<ChannelKind>> = {
  smpp: async () => (await import('./smpp/channel.ts')).kind,
  sms: async () => (await import('./sms/channel.ts')).kind,
  telegram: async () => (await import('./telegram/channel.ts')).kind,
  teams: async () => (await import('./teams/channel.ts')).kind,
  wecom: async () => (await import('./wecom/channel.ts')).kind,
  'wecom-kf': async () => (await import('./wecom/channel.ts')).kfKind,
  // Loaded with the product: it is always there.
  webchat: async () => webchat,
};

/** The channels that are on even where no account of theirs is configured. */
export const ALWAYS: readonly string[] = ['webchat'];
