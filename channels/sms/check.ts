import type { Finding } from '../channel.ts';
import { api } from './api.ts';
import type { Settings } from './settings.ts';

interface Checked {
  account: string;
  settings: Settings;
  /** Our webhook, if we have a public address. */
  webhook: string | undefined;
}

/** Asks the provider for the account, and for the number's webhook. */
export async function check({ account, settings, webhook }: Checked): Promise<Finding[]> {
  const finding = (ok: boolean, text: string): Finding => ({ account, ok, text });
  if (!webhook)
    return [finding(false, 'There is no public address (PUBLIC_URL): no webhook can be verified.')];
  try {
    const { status, body } = await api(settings, '.json');
    if (status === 401) return [finding(false, 'The provider refuses accountSid with authToken or apiKey.')];
    if (status !== 200) return [finding(false, `The provider answers ${status} for accountSid.`)];
    if (body.status !== 'active')
      return [finding(false, `The provider says that the account is ${body.status}.`)];
    const found = [finding(true, 'The account is active.')];
    const { from, messagingServiceSid } = settings;
    if (messagingServiceSid || !from) {
      const text = `In the Messaging Service, "Send a webhook" (Request URL, HTTP POST) must be ${webhook}.`;
      return [...found, finding(true, text)];
    }
    return [...found, await number({ account, settings, webhook }, from)];
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    const text = `The provider can't be reached at ${settings.apiBaseUrl}: ${cause?.code ?? message}.`;
    return [finding(false, text)];
  }
}

/** https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource */
async function number({ account, settings, webhook }: Checked, from: string): Promise<Finding> {
  const path = `/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(from)}`;
  const { body } = await api(settings, path);
  const list = body.incoming_phone_numbers;
  const [found] = (Array.isArray(list) ? list : []) as { sms_url?: string; sms_method?: string }[];
  if (!found) return { account, ok: false, text: `The account has no number ${from} ("from").` };
  const [url] = found.sms_url?.split('#') ?? [];
  const ok = url === webhook && found.sms_method === 'POST';
  const now = `${found.sms_method ?? ''} ${found.sms_url ?? ''}`.trim() || 'nothing';
  const text = ok
    ? `The number ${from} sends its messages to us.`
    : `"A message comes in" of ${from} must be Webhook, ${webhook}, HTTP POST; it is ${now}.`;
  return { account, ok, text };
}
