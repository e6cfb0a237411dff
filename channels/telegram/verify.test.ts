import { expect, it } from 'vitest';
import { settings } from './settings.ts';
import { authentic } from './verify.ts';

const secret = 'sixteen_letters-';
const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';

it('knows its own secret and no other', () => {
  expect(authentic(secret, secret)).toBe(true);
  for (const given of [undefined, '', 'sixteen_letters', `${secret} `, secret.toUpperCase(), [secret]])
    expect(authentic(given, secret)).toBe(false);
});

it('takes nobody for Telegram where no secret is set', () => {
  for (const given of [undefined, '', 'undefined']) {
    expect(authentic(given, undefined)).toBe(false);
    expect(authentic(given, '')).toBe(false);
  }
});

it('is off in webhook mode without a secret, and needs none for polling', () => {
  expect(settings.safeParse({ token }).error?.issues[0]?.path).toEqual(['secretToken']);
  expect(settings.safeParse({ token, secretToken: 'short' }).success).toBe(false);
  expect(settings.safeParse({ token, mode: 'polling' }).success).toBe(true);
  expect(settings.safeParse({ token: 'TELEGRAM_TOKEN', mode: 'polling' }).success).toBe(false);
});
