import { Refused } from '../kit/webhook.ts';
import { type Activity, tenantOf } from './activity.ts';
import type { Bot } from './bot.ts';
import { isTrusted } from './hosts.ts';
import { allowedTenants } from './settings.ts';

/**
 * Lets only Teams in, speaking to this very bot: the SDK checks signature, issuer, audience, validity (5 minutes of
 * skew), the key's endorsement for the channel, and that the token was given for this service URL. What it leaves
 * open is closed here: activities that name no service URL, an emulator's or another bot's tokens, and a token
 * without an end.
 * https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 * @throws Refused 401 not authentic, 403 another tenant's people; 503 where the signing keys could not be had
 */
export async function verify(bot: Bot, header: string | undefined, activity: Activity): Promise<void> {
  const { settings } = bot;
  if (!header || activity.channelId !== 'msteams' || !isTrusted(activity.serviceUrl, settings.ServiceHosts))
    throw refused();
  // Judged before any signature, or a token of the emulator's issuer would be let in without its service URL.
  if (issuerIn(header) !== settings.ToBotFromChannelTokenIssuer) throw refused();
  const claims = await claimsOf(bot, header, activity);
  if (typeof claims.get('exp') !== 'number') throw refused();
  const tenants = allowedTenants(settings);
  const tenant = tenantOf(activity);
  if (tenants && !(tenant && tenants.includes(tenant)))
    throw new Refused(403, 'this bot does not serve that tenant');
}

const refused = () => new Refused(401, 'not authentic');

type SdkActivity = Parameters<Bot['authentication']['authenticateRequest']>[0];

async function claimsOf(bot: Bot, header: string, activity: Activity): Promise<Map<string, unknown>> {
  try {
    const request = activity as unknown as SdkActivity;
    const { claimsIdentity } = await bot.authentication.authenticateRequest(request, header);
    return new Map(claimsIdentity.claims.map(({ type, value }) => [type, value]));
  } catch (error) {
    const { statusCode, name } = (error ?? {}) as { statusCode?: number; name?: string };
    // Nobody can be told apart without the keys: Teams shall come again. All else is the caller's fault.
    if (statusCode === 500 || name === 'FetchError') throw error;
    throw refused();
  }
}

/** @returns undefined for whatever is no JWT */
function issuerIn(header: string): unknown {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(header) ?? [];
  try {
    return JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()).iss;
  } catch {
    return undefined;
  }
}
