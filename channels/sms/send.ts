import type { Delivery, SendResult } from '../channel.ts';
import { reachable } from '../kit/sms/numbers.ts';
import { api } from './api.ts';
import { resultOf, resultOfFailure } from './codes.ts';
import type { Settings } from './settings.ts';

/** https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource ; the provider cuts long texts. */
export async function send(
  { address, message: { text } }: Delivery,
  settings: Settings,
  statusCallback: string | undefined,
): Promise<SendResult> {
  if (!reachable(address)) return { permanent: 'no number', address: 'unknown' };
  if (text === '') return { permanent: 'nothing to say in words' };
  const { from, messagingServiceSid } = settings;
  const form = new URLSearchParams({ To: address, Body: text });
  if (messagingServiceSid) form.set('MessagingServiceSid', messagingServiceSid);
  if (from) form.set('From', from);
  if (statusCallback) form.set('StatusCallback', statusCallback);
  try {
    return resultOf(await api(settings, '/Messages.json', form));
  } catch (error) {
    return resultOfFailure(error);
  }
}
