import type { Account, Channel, ChannelHost, ChannelKind, ChannelSetup } from '../channel.ts';
import { smsCan } from '../kit/sms/settings.ts';
import { check } from './check.ts';
import { Inbound } from './inbound.ts';
import { Link } from './link.ts';
import { Repeats } from './repeats.ts';
import { attend } from './session.ts';
import { type Settings, settings } from './settings.ts';
import { Submitter } from './submit.ts';

/**
 * SMS over SMPP 3.4 短信网关. The external id of an incoming message: the TLV `idTlv` where the provider gives one;
 * otherwise made when it first comes, and found again by repeats.ts when the SMSC repeats it; of a message in parts, a
 * digest of the parts and of the time when they came (parts.ts).
 */
export const kind: ChannelKind = { name: 'smpp', settings, create };

const settingsOf = (account: Account) => account.settings as Settings;

function create({ accounts, onError }: ChannelSetup): Channel {
  const binds = new Map<string, Bind>();
  return {
    name: 'smpp',
    can: smsCan(accounts.map(settingsOf)),
    async open(host) {
      for (const account of accounts) binds.set(account.id, start(account, host, onError));
    },
    async close() {
      await Promise.all([...binds.values()].map((bind) => bind.close()));
      binds.clear();
    },
    send: async (delivery) =>
      (await binds.get(delivery.account)?.submitter.send(delivery)) ?? { permanent: 'no such account' },
    check: () => Promise.all(accounts.map((account) => check(account.id, settingsOf(account)))),
  };
}

interface Bind {
  submitter: Submitter;
  close(): Promise<void>;
}

const SWEEP_MS = 15_000;

/** One account's own bind in this process, and what looks after its parts. */
function start(account: Account, host: ChannelHost, report: ChannelSetup['onError']): Bind {
  const onError = (error: unknown) => report(error, account.id);
  const own = settingsOf(account);
  const inbound = new Inbound(account, host, onError);
  let repeats: Repeats | undefined;
  const bound = () => {
    repeats = new Repeats({
      ...{ host, account: account.id, onError },
      window: own.repeatWindow * 1000,
      enquire: () => link.enquire(),
    });
    return attend(inbound, repeats, onError);
  };
  const link = new Link({ settings: own, random: Math.random, onError, bound });
  const sweep = () =>
    Promise.all([inbound.reassembly.sweep(), link.up && repeats?.sweep()]).then(() => undefined, onError);
  let sweeping = Promise.resolve();
  const timer = setInterval(
    () => {
      sweeping = sweeping.then(sweep);
    },
    Math.min(SWEEP_MS, (own.partsTimeout * 1000) / 4),
  );
  link.start();
  return {
    submitter: new Submitter(link, own, () => host.now()),
    async close() {
      clearInterval(timer);
      await Promise.all([link.stop(), sweeping]);
    },
  };
}
