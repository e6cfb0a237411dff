import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { z } from 'zod';
import { loginUrl, type Settings } from './settings.ts';

const PATIENCE = 10_000;
/** A token is given up this long before its end, so that none expires on its way. */
const MARGIN = 5 * 60_000;

const grant = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const refusal = z.object({ error: z.string(), error_description: z.string().optional() });

/** The login service gave no token. `code`: OAuth's `error`, such as `invalid_client`; undefined when it wasn't reached. */
export class NoToken extends Error {
  override readonly name = 'NoToken';
  readonly code: string | undefined;
  constructor(code: string | undefined, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The bot's own access token, asked for once and kept. The SDK would ask through MSAL, which calls a third host
 * (instance discovery) for any other cloud than the public one, and keeps one cache for all accounts of a process.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export class Credentials {
  readonly #settings: Settings;
  readonly #now: () => number;
  #token: { value: string; until: number } | undefined;
  #asking: Promise<string> | undefined;

  constructor(settings: Settings, now: () => number) {
    this.#settings = settings;
    this.#now = now;
  }

  /** @throws NoToken */
  async token(): Promise<string> {
    if (this.#token && this.#token.until > this.#now()) return this.#token.value;
    return this.fresh();
  }

  /** A new one, however good the old one is. @throws NoToken */
  fresh(): Promise<string> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** For the SDK's connector. */
  async signRequest<T extends { headers: { set(name: string, value: string): unknown } }>(
    request: T,
  ): Promise<T> {
    request.headers.set('authorization', `Bearer ${await this.token()}`);
    return request;
  }

  async #ask(): Promise<string> {
    const url = `${loginUrl(this.#settings)}/oauth2/v2.0/token`;
    const { MicrosoftAppId, ToChannelFromBotOAuthScope: scope } = this.#settings;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: MicrosoftAppId,
      scope: `${scope}/.default`,
      ...this.#proof(url),
    });
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(url, { method: 'POST', body, signal, redirect: 'error' }).catch(
      (error: Error) => {
        throw new NoToken(
          undefined,
          `${new URL(url).host} was not reached: ${String(error.cause ?? error.message)}`,
        );
      },
    );
    const answer: unknown = await response.json().catch(() => undefined);
    const granted = grant.safeParse(answer);
    if (!response.ok || !granted.success) {
      const { error, error_description } = refusal.safeParse(answer).data ?? {};
      throw new NoToken(
        error,
        error_description?.split(/\r?\n/)[0] ?? `the login service answered ${response.status}`,
      );
    }
    const { access_token: value, expires_in } = granted.data;
    this.#token = { value, until: this.#now() + Math.max(expires_in * 1000 - MARGIN, 0) };
    return value;
  }

  #proof(audience: string): Record<string, string> {
    const { MicrosoftAppPassword, CertificateThumbprint, CertificatePrivateKey, MicrosoftAppId } =
      this.#settings;
    if (MicrosoftAppPassword) return { client_secret: MicrosoftAppPassword };
    const now = Math.floor(this.#now() / 1000);
    const claims = {
      aud: audience,
      iss: MicrosoftAppId,
      sub: MicrosoftAppId,
      jti: randomUUID(),
      nbf: now,
      exp: now + 600,
    };
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion(claims, String(CertificateThumbprint), String(CertificatePrivateKey)),
    };
  }
}

/** https://learn.microsoft.com/entra/identity-platform/certificate-credentials */
function assertion(claims: Record<string, unknown>, thumbprint: string, key: string): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const x5t = Buffer.from(thumbprint, 'hex').toString('base64url');
  const signed = `${encode({ alg: 'RS256', typ: 'JWT', x5t })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), createPrivateKey(key)).toString('base64url')}`;
}
