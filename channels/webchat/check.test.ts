import { expect, it } from 'vitest';
import type { Account } from '../channel.ts';
import { check } from './check.ts';
import { settings } from './settings.ts';

const site = (given: object, about: Partial<Account> = {}): Account => ({
  ...{ id: 'webchat:shop', channel: 'webchat', name: '晨星商城', audience: 'customer' },
  settings: settings.parse(given),
  ...about,
});
const shop = { site: 'shop', origins: ['https://shop.example'] };
const faults = (accounts: Account[], url?: string) =>
  check(accounts, url)
    .filter(({ ok }) => !ok)
    .map(({ text }) => text);

it('says what to put into the pages once nothing is missing', () => {
  const found = check([site(shop)], 'https://desk.example');
  expect(found.map(({ ok }) => ok)).toEqual([true, true]);
  expect(found.at(-1)?.text).toContain(
    '<script src="https://desk.example/widget.js" data-site="shop" async>',
  );
});

it('says what keeps pages from using it', () => {
  expect(faults([site({ ...shop, origins: [] })])).toEqual([
    expect.stringContaining('PUBLIC_URL is not set'),
    expect.stringContaining('origins is empty'),
  ]);
  expect(faults([site(shop)], 'http://desk.example')).toEqual([expect.stringContaining('on https')]);
});

it('two sites of one name are a fault of the second', () => {
  const other = site(shop, { id: 'webchat:twin' });
  expect(check([site(shop), other], 'https://desk.example').filter(({ ok }) => !ok)).toEqual([
    { account: 'webchat:twin', ok: false, text: expect.stringContaining('webchat:shop') },
  ]);
});

it('the colleagues’ chat needs no origins', () => {
  const staff = site({}, { id: 'webchat:staff', audience: 'staff' });
  expect(check([staff], 'https://desk.example')).toEqual([
    { account: 'webchat:staff', ok: true, text: expect.stringContaining('https://desk.example/staff') },
  ]);
});

it.each([
  [{ secret: 'x'.repeat(31) }, 'secret'],
  [{ origins: ['shop.example'] }, 'origins'],
  [{ origins: ['https://shop.example/pay'] }, 'origins'],
  [{ accent: 'green' }, 'accent'],
  [{ locale: 'fr' }, 'locale'],
])('what the file has wrong is named: %j', (given, key) => {
  expect(settings.safeParse(given).error?.issues.map(({ path }) => path[0])).toEqual([key]);
});
