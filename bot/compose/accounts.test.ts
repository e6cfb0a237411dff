import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChannelKind, Finding } from '../../channels/channel.ts';
import { CHANNELS } from '../../channels/registry.ts';
import { kind as file } from '../../test/fakes/file-channel/channel.ts';
import { configure, parseAccounts } from './accounts.ts';
import { findingsOf } from './check-channels.ts';

const known = { ...CHANNELS, file: async () => file };
const environment: Record<string, string> = { SECRET: 'sixteen characters' };
/** As it is written in the file. */
const of = (name: string) => `"$\{${name}}"`;
const read = (text: string) => parseAccounts(text, 'channels.yaml', (name) => environment[name]);
const account = (settings: string) =>
  `accounts:\n  - id: file:desk\n    name: 文件\n    settings: ${settings}\n`;

describe("the channels' file", () => {
  it('switches a new channel on without anything of bot/ being touched; secrets come from the environment', async () => {
    const { kinds, off } = await configure(
      read(account(`{ folder: /tmp/x, secret: ${of('SECRET')} }`)),
      known,
    );
    expect(off).toEqual([]);
    expect(kinds.map(({ kind, accounts }) => [kind.name, accounts.map(({ id }) => id)])).toEqual([
      ['file', ['file:desk']],
    ]);
    expect(kinds[0]?.accounts[0]?.settings.secret).toBe('sixteen characters');
  });

  it('an account without its credentials is off, and the setting is named, never a value', async () => {
    const missing = await configure(read(account(`{ folder: /tmp/x, secret: ${of('NOT_THERE')} }`)), known);
    expect(missing).toEqual({ kinds: [], off: [{ account: 'file:desk', why: 'not set: secret' }] });
    const short = await configure(read(account('{ folder: /tmp/x, secret: short-secret }')), known);
    expect(short.off[0]?.why).toMatch(/^secret: /);
    expect(short.off[0]?.why).not.toContain('short-secret');
  });

  it.each([
    ['telegram', '{ token: "123456:ABCDEFGHIJKLMNOPQRSTUVW", mode: polling, secret: x }', 'secret'],
    ['sms', '{ accountSid: a, authToken: b, from: "+1", segment: 2 }', 'segment'],
    ['smpp', '{ host: h, systemId: s, password: p, source: { address: "1", tone: 1 } }', 'source.tone'],
    ['wecom', '{ corpId: wwab, secret: 12345678, tokn: x }', 'tokn'],
    ['teams', '{ AppId: 1 }', 'AppId'],
    ['webchat', '{ site: shop, orgins: [] }', 'orgins'],
  ])('a misspelt setting of %s is named', async (channel, settings, key) => {
    const { off } = await configure(read(account(settings).replace('file:desk', `${channel}:one`)));
    expect(off[0]?.why).toContain(`there is no setting named ${key}`);
  });

  it('a site of the web is an account like any other, and the name of a short secret is told', async () => {
    const site = (settings: string) => account(settings).replace('file:desk', 'webchat:shop');
    const { kinds } = await configure(read(site('{ site: shop, origins: ["https://shop.example"] }')));
    expect(kinds.map(({ accounts }) => accounts.map(({ id }) => id))).toEqual([['webchat:shop']]);
    const { off } = await configure(read(site(`{ site: shop, secret: ${of('SECRET')} }`)));
    expect(off).toEqual([{ account: 'webchat:shop', why: 'secret: must have at least 32 characters' }]);
  });

  it('a channel that is always there is loaded without an account', async () => {
    const { kinds } = await configure([], known, ['file']);
    expect(kinds).toEqual([{ kind: file, accounts: [] }]);
  });

  it('a channel that there is not is off and says which there are', async () => {
    const { off } = await configure(read('accounts: [{ id: "fax:one", name: 传真 }]'), known);
    expect(off[0]?.why).toContain('there is no channel named fax');
    expect(off[0]?.why).toContain('telegram');
  });

  it.each([
    ['accounts: [{ id: Telegram, name: x }]', /channels\.yaml: accounts\.0\.id must be like telegram:help/],
    ['accounts: [{ id: "file:a", name: x }, { id: "file:a", name: y }]', /file:a twice/],
    ['accounts: {', /is not YAML/],
    ['account: []', /channels\.yaml/],
  ])('what cannot be meant stops the start with a sentence: %s', (text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
  });
});

describe('npm run channels -- check', () => {
  const setup = (check?: () => Promise<Finding[]>): ChannelKind => ({
    name: 'file',
    settings: z.record(z.string(), z.unknown()),
    create: (made) => ({ ...file.create({ ...made, accounts: [] }), ...(check && { check }) }),
  });
  const found = async (check?: () => Promise<Finding[]>) =>
    findingsOf(
      await configure(read(account('{}')), { file: async () => setup(check) }),
      'https://desk.example',
    );

  it('says what the platform says', async () => {
    const finding = { account: 'file:desk', ok: false, text: 'the folder is not there.' };
    expect(await found(async () => [finding])).toEqual([finding]);
    expect(await found()).toMatchObject([{ account: 'file:desk', ok: true }]);
  });

  it('a check that fails is a finding, and no crash', async () => {
    const findings = await found(() => Promise.reject(new Error('getaddrinfo ENOTFOUND')));
    expect(findings).toEqual([
      { account: 'file:desk', ok: false, text: 'could not be checked: getaddrinfo ENOTFOUND' },
    ]);
  });

  it('an account that is off is a fault', async () => {
    const configured = await configure(read(account('{ folder: /tmp/x }')), known);
    expect(await findingsOf(configured, undefined)).toMatchObject([
      { ok: false, text: 'is off: not set: secret' },
    ]);
  });
});
