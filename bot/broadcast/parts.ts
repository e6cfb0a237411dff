import type { Channel } from '../../channels/channel.ts';
import type { Database, hot } from '../../prisma/client.ts';
import type { AddressVault } from '../conversation/threads.ts';

/** What broadcasts 群发 need of the rest. */
export interface BroadcastParts {
  db: Database;
  vault(): AddressVault;
  /** The channel that serves an account; undefined if it is off. */
  channelOf(account: string): Channel | undefined;
  /** When the quiet hours end that run now. */
  quietUntil(now: number): number | undefined;
  /** Shows committed messages to everybody who follows. */
  publish(said: hot.MessageRow[]): void;
  /** Something is ready to be sent. */
  nudge(): void;
}

type Sending = Channel & Required<Pick<Channel, 'send' | 'addressOf'>>;

/** The channel of an account if broadcasts may go over it: we send, to addresses that a list can hold. */
export function sendingChannel({ channelOf }: BroadcastParts, account: string): Sending | undefined {
  const channel = channelOf(account);
  return channel?.can.push && channel.send && channel.addressOf ? (channel as Sending) : undefined;
}
