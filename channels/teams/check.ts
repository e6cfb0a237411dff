import { z } from 'zod';
import type { Finding } from '../channel.ts';
import type { Bot } from './bot.ts';
import { NoToken } from './credentials.ts';

/** Asks the login service for a token and the Bot Framework for its keys, and looks at our own address. */
export async function check(account: string, bot: Bot, endpoint: string | undefined): Promise<Finding[]> {
  return [addressed(account, endpoint), await allowed(account, bot), await keyed(account, bot)];
}

function addressed(account: string, endpoint: string | undefined): Finding {
  if (endpoint?.startsWith('https://'))
    return { account, ok: true, text: `Set "Messaging endpoint" of the Azure Bot to ${endpoint}.` };
  const now = endpoint ? `is ${endpoint}` : 'is not known: set PUBLIC_URL';
  return { account, ok: false, text: `"Messaging endpoint" must begin with https://, and ours ${now}.` };
}

async function allowed(account: string, { credentials, settings }: Bot): Promise<Finding> {
  const app = `MicrosoftAppId ${settings.MicrosoftAppId}`;
  try {
    await credentials.fresh();
    return { account, ok: true, text: `${app} gets its access token.` };
  } catch (error) {
    if (!(error instanceof NoToken)) throw error;
    const secret = settings.MicrosoftAppPassword ? 'MicrosoftAppPassword' : 'CertificateThumbprint';
    const hint = error.code === undefined ? '' : ` Look at ${secret} and MicrosoftAppTenantId.`;
    return {
      account,
      ok: false,
      text: `${app} gets no access token: ${error.message.replace(/\.$/, '')}.${hint}`,
    };
  }
}

const metadata = z.looseObject({ jwks_uri: z.url() });

async function keyed(account: string, { settings }: Bot): Promise<Finding> {
  const url = settings.ToBotFromChannelOpenIdMetadataUrl;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    metadata.parse(await response.json());
    return { account, ok: true, text: `The signing keys of the Bot Framework can be read (${url}).` };
  } catch {
    const text = `The signing keys of the Bot Framework can't be read (${url}): every message would be refused.`;
    return { account, ok: false, text };
  }
}
