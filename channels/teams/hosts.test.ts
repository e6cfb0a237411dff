import { expect, test } from 'vitest';
import { isTrusted, SERVICE_HOSTS } from './hosts.ts';

test.each([
  'https://smba.trafficmanager.net/amer/',
  'https://smba.trafficmanager.net:443/emea/72f988bf/',
  'https://smba.infra.gcc.teams.microsoft.com/teams',
  'https://webchat.botframework.com/',
])('trusted: %s', (address) => expect(isTrusted(address, SERVICE_HOSTS)).toBe(true));

test.each([
  'http://smba.trafficmanager.net/amer/',
  'https://evil.trafficmanager.net/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://smba.trafficmanager.net@evil.example/',
  'https://user:pass@smba.trafficmanager.net/',
  'https://smba.trafficmanager.net:8443/',
  'https://botframework.com.evil.example/',
  'https://evilbotframework.com/',
  'https://127.0.0.1/',
  'ftp://smba.trafficmanager.net/',
  '//smba.trafficmanager.net/',
  'smba.trafficmanager.net',
  '',
])('not trusted: %s', (address) => expect(isTrusted(address, SERVICE_HOSTS)).toBe(false));

test('an origin is trusted as a whole: with its scheme and its port', () => {
  const hosts = ['http://127.0.0.1:3978'];
  expect(isTrusted('http://127.0.0.1:3978/x', hosts)).toBe(true);
  expect(isTrusted('http://127.0.0.1:3979/x', hosts)).toBe(false);
  expect(isTrusted('https://127.0.0.1:3978/x', hosts)).toBe(false);
});
