import type { Settings } from './settings.ts';

/** What the REST API answered; `code` is Twilio's own error code, where it gave one. */
export interface ApiAnswer {
  status: number;
  /** Seconds, from Retry-After. */
  retryAfter?: number;
  body: { sid?: string; code?: number; message?: string; [field: string]: unknown };
}

/** https://www.twilio.com/docs/usage/requests-to-twilio : an API key, or the account's own credentials. */
export function credentials({ accountSid, authToken, apiKey }: Settings): string {
  const pair = apiKey ? `${apiKey.sid}:${apiKey.secret}` : `${accountSid}:${authToken}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** Below the account: `Messages.json`. A form makes it a POST. Throws where there was no answer. */
export async function api(settings: Settings, path: string, form?: URLSearchParams): Promise<ApiAnswer> {
  const base = `${settings.apiBaseUrl}/2010-04-01/Accounts/${settings.accountSid}`;
  const response = await fetch(`${base}${path}`, {
    ...(form && { method: 'POST', body: form }),
    headers: { authorization: credentials(settings) },
    // Credentials follow no redirect.
    redirect: 'manual',
    signal: AbortSignal.timeout(settings.timeout),
  });
  const text = await response.text();
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    status: response.status,
    body: objectOf(text),
    ...(after >= 0 && { retryAfter: after }),
  };
}

function objectOf(text: string): ApiAnswer['body'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? { ...value } : {};
  } catch {
    return {};
  }
}
