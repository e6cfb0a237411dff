import { describe, expect, test } from 'vitest';
import { allowedTenants, loginUrl, settings } from './settings.ts';

const app = '330B21AE-f364-4abf-8e5a-f44a9fcb2c24';
const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const single = { MicrosoftAppId: app, MicrosoftAppTenantId: tenant, MicrosoftAppPassword: 'x' };

describe('no credentials, no channel', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['no app id', { ...single, MicrosoftAppId: undefined }, 'MicrosoftAppId'],
    ['an empty app id', { ...single, MicrosoftAppId: '' }, 'MicrosoftAppId'],
    ['an app id that is no GUID', { ...single, MicrosoftAppId: 'yingda' }, 'MicrosoftAppId'],
    ['no secret', { ...single, MicrosoftAppPassword: undefined }, 'MicrosoftAppPassword'],
    ['an empty secret', { ...single, MicrosoftAppPassword: '' }, 'MicrosoftAppPassword'],
    [
      'a secret and a certificate',
      { ...single, CertificateThumbprint: 'a'.repeat(40) },
      'MicrosoftAppPassword',
    ],
    [
      'half a certificate',
      { ...single, MicrosoftAppPassword: undefined, CertificatePrivateKey: 'x' },
      'MicrosoftAppPassword',
    ],
    ['a single tenant, but which', { ...single, MicrosoftAppTenantId: undefined }, 'MicrosoftAppTenantId'],
    ['a managed identity', { ...single, MicrosoftAppType: 'UserAssignedMSI' }, 'MicrosoftAppType'],
    ['a misspelt setting', { ...single, MicrosoftAppSecret: 'x' }, ''],
  ])('%s', (_name, given, at) => {
    expect(settings.safeParse(given).error?.issues[0]?.path.join('.')).toBe(at);
  });
});

test('a bot of one tenant hears and asks only there', () => {
  const read = settings.parse(single);
  expect(read.MicrosoftAppId).toBe(app.toLowerCase());
  expect(allowedTenants(read)).toEqual([tenant]);
  expect(loginUrl(read)).toBe(`https://login.microsoftonline.com/${tenant}`);
});

test('a bot of many tenants hears all, or those that are named', () => {
  const many = { MicrosoftAppId: app, MicrosoftAppType: 'MultiTenant', MicrosoftAppPassword: 'x' };
  expect(allowedTenants(settings.parse(many))).toBeUndefined();
  expect(allowedTenants(settings.parse({ ...many, AllowedTenants: [tenant] }))).toEqual([tenant]);
  expect(loginUrl(settings.parse(many))).toBe('https://login.microsoftonline.com/botframework.com');
  const china = { ...many, ToChannelFromBotLoginUrl: 'https://login.partner.microsoftonline.cn/t/' };
  expect(loginUrl(settings.parse(china))).toBe('https://login.partner.microsoftonline.cn/t');
});
