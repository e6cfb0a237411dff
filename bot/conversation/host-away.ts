import type { ChannelHost } from '../../channels/channel.ts';
import { outageOf } from '../outage.ts';

/** A host that answers `unavailable` while the database is away, so that channels can tell clients to try again. */
export function sayingAway(host: ChannelHost): ChannelHost {
  const coded =
    <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      work(...args).catch((error: unknown) => {
        throw outageOf(error) ?? error;
      });
  const { issue, exchange } = host.resume;
  const { put, set, list, take } = host.shelf;
  return {
    ...host,
    accounts: coded(host.accounts),
    thread: coded(host.thread),
    move: coded(host.move),
    receive: coded(host.receive),
    press: coded(host.press),
    attends: coded(host.attends),
    receipt: coded(host.receipt),
    file: coded(host.file),
    read: coded(host.read),
    shelf: { put: coded(put), set: coded(set), list: coded(list), take: coded(take) },
    resume: { issue: coded(issue), exchange: coded(exchange) },
  };
}
