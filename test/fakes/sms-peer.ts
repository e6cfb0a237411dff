import { createHash } from 'node:crypto';
import { kind } from '../../channels/sms/channel.ts';
import type { Peer } from '../contracts/channel-peer.ts';
import { fastPace, phoneOf } from './phone-numbers.ts';
import { ACCOUNT_SID, AUTH_TOKEN, messageSid, Twilio } from './twilio.ts';

const CUSTOMER = phoneOf();
/** The suite's own names of messages, as the platform would call them. */
const sidOf = (id: string) => `SM${createHash('md5').update(id).digest('hex')}`;

/** The SMS channel between the contract suite and a stand-in of Twilio. */
export async function smsPeer(more: Record<string, unknown> = {}): Promise<Peer & { twilio: Twilio }> {
  const twilio = new Twilio();
  await twilio.listen();
  let publicUrl: string | undefined;
  const account = {
    id: 'sms:help',
    channel: 'sms',
    name: 'help',
    audience: 'customer' as const,
    settings: kind.settings.parse({
      accountSid: ACCOUNT_SID,
      authToken: AUTH_TOKEN,
      from: '+861069800001',
      apiBaseUrl: twilio.origin,
      pace: fastPace,
      ...more,
    }),
  };
  const channel = kind.create({ accounts: [account], publicUrl: () => publicUrl, onError: () => undefined });
  const webhook = () => `${publicUrl}/channels/sms/help`;
  return {
    twilio,
    channel,
    account,
    listening(origin) {
      publicUrl = origin;
    },
    async says(text, { id, from } = {}) {
      const fields = twilio.incoming(phoneOf(from), text, id === undefined ? messageSid() : sidOf(id));
      return (await twilio.calls(webhook(), fields)) === 200;
    },
    async forges() {
      const fields = twilio.incoming(CUSTOMER, '伪造');
      const url = webhook();
      const signature = twilio.sign(url, fields);
      const stranger = new Twilio('another token');
      const json = JSON.stringify(fields);
      const foreign = { ...fields, AccountSid: `AC${'f'.repeat(32)}` };
      const tries: Record<string, Promise<number>> = {
        'without a signature': twilio.calls(url, fields, { signature: '' }),
        'signed by another': twilio.calls(url, fields, { signature: stranger.sign(url, fields) }),
        'another text': twilio.calls(url, { ...fields, Body: '改过' }, { signature }),
        'another field': twilio.calls(url, { ...fields, Extra: '1' }, { signature }),
        'another address': twilio.calls(url, fields, { to: `${url}?x=1` }),
        'signed for http on another host': twilio.calls(url, fields, {
          signature: twilio.sign('https://example.com/channels/sms/help', fields),
        }),
        'as JSON': twilio.calls(url, fields, { type: 'application/json', body: json }),
        'by GET': twilio.calls(url, fields, { method: 'GET' }),
        'of another account': twilio.calls(url, foreign),
        'to another account': twilio.calls(`${url}x`, fields),
        'cut anew': twilio.calls(
          url,
          { ...fields, MessageSid: `${fields.MessageSid}NumMedia0`, NumMedia: '' },
          { signature },
        ),
      };
      const got = await Promise.all(
        Object.entries(tries).map(async ([name, status]) => ((await status) < 300 ? [name] : [])),
      );
      return got.flat();
    },
    async oversize() {
      const fields = twilio.incoming(CUSTOMER, '长'.repeat(30_000));
      return (await twilio.calls(webhook(), fields)) === 200;
    },
    seen: (from) =>
      twilio.taken
        .filter(({ to }) => to === phoneOf(from))
        .map(({ body, sid }) => ({ text: body, buttons: [], kind: 'message' as const, id: sid })),
    mood(mood) {
      twilio.mood = mood;
    },
    async receipts(id, state) {
      const to = twilio.taken.find(({ sid }) => sid === id);
      const fields = {
        MessageSid: id,
        MessageStatus: state === 'delivered' ? 'delivered' : 'undelivered',
        AccountSid: ACCOUNT_SID,
        ...(state === 'failed' && { ErrorCode: '30005' }),
      };
      await twilio.calls(to?.statusCallback ?? '', fields);
    },
    close: () => twilio.close(),
  };
}
