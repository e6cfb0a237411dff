import { z } from 'zod';
import { FILE_HOSTS, SERVICE_HOSTS } from './hosts.ts';

const host = z.string().regex(/^(\*\.)?[a-z0-9.-]+$|^https?:\/\/[a-z0-9.:-]+$/);

/**
 * One account: an Azure Bot. Names are the Bot Framework's own:
 * https://learn.microsoft.com/azure/bot-service/bot-builder-authentication
 * Without an app id the SDK takes every request for authentic: so it, and something to prove ourselves with, must be there.
 */
export const settings = z
  .strictObject({
    MicrosoftAppId: z.guid().toLowerCase(),
    MicrosoftAppType: z.enum(['SingleTenant', 'MultiTenant']).default('SingleTenant'),
    MicrosoftAppTenantId: z.guid().toLowerCase().optional(),
    MicrosoftAppPassword: z.string().min(1).optional(),
    /** SHA-1 of the certificate in hexadecimal, as Azure shows it. */
    CertificateThumbprint: z
      .string()
      .regex(/^[0-9a-f]{40}$/i)
      .optional(),
    /** PEM. */
    CertificatePrivateKey: z.string().min(1).optional(),
    /** Whose people are heard. Without it: MicrosoftAppTenantId where the bot is SingleTenant, everybody else's too otherwise. */
    AllowedTenants: z.array(z.guid().toLowerCase()).min(1).optional(),

    // Other clouds than the public one. Defaults: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
    ToChannelFromBotLoginUrl: z.url().optional(),
    ToChannelFromBotOAuthScope: z.url().default('https://api.botframework.com'),
    ToBotFromChannelTokenIssuer: z.url().default('https://api.botframework.com'),
    ToBotFromChannelOpenIdMetadataUrl: z
      .url()
      .default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
    ServiceHosts: z.array(host).default(SERVICE_HOSTS),
    FileHosts: z.array(host).default(FILE_HOSTS),
  })
  .refine(
    ({ MicrosoftAppType, MicrosoftAppTenantId }) =>
      MicrosoftAppType !== 'SingleTenant' || MicrosoftAppTenantId,
    {
      error: 'a SingleTenant bot needs MicrosoftAppTenantId',
      path: ['MicrosoftAppTenantId'],
    },
  )
  .refine(
    ({ MicrosoftAppPassword, CertificateThumbprint, CertificatePrivateKey }) =>
      CertificateThumbprint || CertificatePrivateKey
        ? CertificateThumbprint && CertificatePrivateKey && !MicrosoftAppPassword
        : MicrosoftAppPassword,
    {
      error: 'give MicrosoftAppPassword, or CertificateThumbprint with CertificatePrivateKey',
      path: ['MicrosoftAppPassword'],
    },
  );

export type Settings = z.infer<typeof settings>;

/** The tenants whose people are heard; undefined: all. */
export function allowedTenants({ AllowedTenants, MicrosoftAppType, MicrosoftAppTenantId }: Settings) {
  if (AllowedTenants) return AllowedTenants;
  return MicrosoftAppType === 'SingleTenant' && MicrosoftAppTenantId ? [MicrosoftAppTenantId] : undefined;
}

/** Where our own tokens come from: the bot's tenant, or the one that all MultiTenant bots share. */
export function loginUrl(account: Settings): string {
  const { ToChannelFromBotLoginUrl: given, MicrosoftAppType, MicrosoftAppTenantId } = account;
  if (given) return given.replace(/\/+$/, '');
  const tenant = MicrosoftAppType === 'SingleTenant' ? MicrosoftAppTenantId : 'botframework.com';
  return `https://login.microsoftonline.com/${tenant}`;
}
