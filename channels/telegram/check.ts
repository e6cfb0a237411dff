import type { Finding } from '../channel.ts';
import type { Bot } from './bot.ts';
import { KINDS } from './update.ts';

/** More than this many waiting updates is a jam. */
const MANY = 100;

/** Asks Telegram about a bot: getMe, and getWebhookInfo in webhook mode. `url`: where our webhook is. */
export async function check(bot: Bot, url: string | undefined): Promise<Finding[]> {
  const findings: Finding[] = [];
  const told = (ok: boolean, text: string) => findings.push({ account: bot.account.id, ok, text });
  try {
    const { username } = await bot.meet();
    told(true, `getMe: the token is that of @${username}.`);
    const webhook = await bot.api.call('getWebhookInfo', {});
    if (bot.settings.mode === 'polling') {
      if (webhook.url) told(false, `A webhook is set (${webhook.url}): getUpdates is refused while it is.`);
    } else if (!url)
      told(false, 'PUBLIC_URL is not set: setWebhook needs the https address at which we are reached.');
    else if (webhook.url !== url)
      told(
        false,
        `getWebhookInfo: url is "${webhook.url ?? ''}" and should be "${url}"; it is set at the next start.`,
      );
    else told(true, `getWebhookInfo: url is ${url}.`);
    const missing = KINDS.filter((kind) => webhook.allowed_updates?.includes(kind) === false);
    if (bot.settings.mode === 'webhook' && webhook.url === url && missing.length > 0)
      told(
        false,
        `getWebhookInfo: allowed_updates lacks ${missing.join(', ')}; it is set at the next start.`,
      );
    const { last_error_message: error, last_error_date: at, pending_update_count: pending } = webhook;
    if (error && at)
      told(
        pending === 0,
        `getWebhookInfo: last_error_message "${error}", ${new Date(at * 1000).toISOString()}.`,
      );
    if (pending > MANY) told(false, `getWebhookInfo: pending_update_count is ${pending}.`);
  } catch (error) {
    told(false, `Telegram refused or did not answer: ${error instanceof Error ? error.message : error}.`);
  }
  return findings;
}
