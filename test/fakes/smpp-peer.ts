import { kind } from '../../channels/smpp/channel.ts';
import type { Settings } from '../../channels/smpp/settings.ts';
import type { Peer } from '../contracts/channel-peer.ts';
import { MemoryHost } from './memory-host.ts';
import { fastPace, phoneOf } from './phone-numbers.ts';
import { incoming, Smsc, type SmscOptions } from './smsc.ts';

const digitsOf = (who?: string) => phoneOf(who).slice(1);
const CUSTOMER = digitsOf();
/** receipted_message_id: on messages that aren't receipts some SMSCs give their own id there. */
const ID_TLV = 0x001e;
/** A code of this provider's own. */
const OPTED_OUT = 0x0421;

/** The SMPP channel with an SMSC of its own. */
export async function smppStage(
  more: Partial<Record<keyof Settings, unknown>> = {},
  options: SmscOptions = {},
  smsc = new Smsc(options),
) {
  if (smsc.port === 0) await smsc.listen();
  const account = {
    id: 'smpp:gate',
    channel: 'smpp',
    name: 'gate',
    audience: 'customer' as const,
    settings: kind.settings.parse({
      host: '127.0.0.1',
      port: smsc.port,
      systemId: 'yingda',
      password: 'secret',
      source: { address: '1069800001' },
      ...more,
    }),
  };
  const errors: string[] = [];
  const onError = (error: unknown) =>
    void errors.push(error instanceof Error ? error.message : String(error));
  const channel = kind.create({ accounts: [account], publicUrl: () => undefined, onError });
  return { smsc, account, channel, errors };
}

/** The SMPP channel between the contract suite and a test SMSC, which gives each message an id. */
export async function smppPeer(): Promise<Peer> {
  const { smsc, account, channel } = await smppStage({
    idTlv: ID_TLV,
    blockedCodes: [OPTED_OUT],
    pace: fastPace,
  });
  const statusOf = { fine: 0, down: 8, busy: 0x58, blocked: OPTED_OUT, unknown: 0x0b };
  const bound = async () => {
    while (smsc.sessions.size === 0) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    account,
    channel,
    listening: () => undefined,
    async says(text, { id, from } = {}) {
      await bound();
      const own = id === undefined ? {} : { more: { receipted_message_id: Buffer.from(id) } };
      const all = incoming(digitsOf(from), text).map((part) => smsc.deliver({ ...part, ...own }));
      return (await Promise.all(all)).every((status) => status === 0);
    },
    async forges() {
      await bound();
      const impostor = new Smsc({ systemId: 'another' });
      await impostor.listen();
      const got: string[] = [];
      // Whoever is at the other end of a bind that was refused, or isn't finished, is nobody.
      const stranger = kind.create({
        accounts: [{ ...account, settings: { ...account.settings, port: impostor.port } }],
        publicUrl: () => undefined,
        onError: () => undefined,
      });
      const early = new Promise<void>((resolve) => {
        impostor.onConnect = async (session) => {
          const [part] = incoming(CUSTOMER, '伪造');
          if (part && (await impostor.deliver(part, session)) === 0) got.push('before the bind');
          resolve();
        };
      });
      await stranger.open(new MemoryHost([account]));
      await early;
      await stranger.close();
      await impostor.close();
      return got;
    },
    async oversize() {
      await bound();
      const more = { message_payload: Buffer.alloc(20_000, '长') };
      const status = await smsc.deliver({ from: CUSTOMER, octets: Buffer.alloc(0), more });
      return status === 0;
    },
    seen: (from) =>
      smsc
        .texts(digitsOf(from))
        .map(({ text, ids }) => ({ text, buttons: [], kind: 'message', id: ids[0] ?? '' })),
    mood(mood) {
      smsc.answer = () => statusOf[mood] || 0;
    },
    async receipts(id, state) {
      await smsc.receipt(id, state === 'delivered' ? 'DELIVRD' : 'UNDELIV');
    },
    async close() {
      await smsc.close();
    },
  };
}
