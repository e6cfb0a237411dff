import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTokens, type Pass, type Tokens } from './tokens.ts';

const secret = randomBytes(32);
const pass: Pass = { conversation: 'c1', user: 'dl_someone', site: 'demo', audience: 'customer' };
const noon = Date.parse('2026-06-10T12:00:00+08:00');

let now = noon;
let tokens: Tokens;
beforeEach(() => {
  now = noon;
  tokens = createTokens(secret, () => now);
});

const verify = async (token: string, use: 'rest' | 'stream' = 'rest') => tokens.verify(token, use);

describe('a token', () => {
  it('gives back the right that was signed, for 30 minutes', async () => {
    const { token, expiresIn } = await tokens.sign(pass, 'rest');
    expect(expiresIn).toBe(1800);
    expect(await verify(token)).toEqual(pass);
    now += 1799_000;
    expect(await verify(token)).toEqual(pass);
  });

  it('is spent afterwards, also when we have known it since before', async () => {
    const { token } = await tokens.sign(pass, 'rest');
    await verify(token);
    now += 1800_000;
    await expect(verify(token)).rejects.toMatchObject({ code: 'TokenExpired', status: 403 });
    await expect(createTokens(secret, () => now).verify(token, 'rest')).rejects.toMatchObject({
      code: 'TokenExpired',
    });
  });

  it('of a stream address opens no call, and the other way round', async () => {
    const stream = await tokens.sign(pass, 'stream');
    const rest = await tokens.sign(pass, 'rest');
    await expect(verify(stream.token, 'rest')).rejects.toMatchObject({ code: 'TokenInvalid' });
    await expect(verify(rest.token, 'stream')).rejects.toMatchObject({ code: 'TokenInvalid' });
    expect(await verify(stream.token, 'stream')).toEqual(pass);
    await expect(verify(stream.token, 'rest')).rejects.toMatchObject({ code: 'TokenInvalid' });
  });

  it('of a colleague is not prolonged beyond its day', async () => {
    const until = noon / 1000 + 600;
    const { expiresIn } = await tokens.sign({ ...pass, until }, 'rest');
    expect(expiresIn).toBe(600);
    now += 600_000;
    await expect(tokens.sign({ ...pass, until }, 'rest')).rejects.toMatchObject({ code: 'TokenExpired' });
  });
});

describe('a forged token is refused', () => {
  const claims = { conv: 'c1', user: 'dl_someone', site: 'demo', who: 'customer', use: 'rest' };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = (key: Uint8Array, alg = 'HS256', issuer = 'yingda') =>
    new SignJWT(claims)
      .setProtectedHeader({ alg })
      .setIssuer(issuer)
      .setExpirationTime(noon / 1000 + 60)
      .sign(key);

  it('without a signature (alg none)', async () => {
    const body = part({ ...claims, iss: 'yingda', exp: noon / 1000 + 60 });
    for (const alg of ['none', 'None', 'HS256']) {
      await expect(verify(`${part({ alg, typ: 'JWT' })}.${body}.`)).rejects.toMatchObject({
        code: 'TokenInvalid',
      });
    }
  });

  it('with another key, another algorithm or another issuer', async () => {
    const strong = randomBytes(64);
    await expect(verify(await signed(strong))).rejects.toMatchObject({ code: 'TokenInvalid' });
    const other = createTokens(strong, () => now);
    const hs512 = await signed(strong, 'HS512');
    await expect((async () => other.verify(hs512, 'rest'))()).rejects.toMatchObject({ code: 'TokenInvalid' });
    await expect(verify(await signed(secret, 'HS256', 'somebody'))).rejects.toMatchObject({
      code: 'TokenInvalid',
    });
    expect(await verify(await signed(secret))).toMatchObject({ conversation: 'c1' });
  });

  it('with claims changed after signing', async () => {
    const { token } = await tokens.sign(pass, 'rest');
    const [head, body = '', mark] = token.split('.');
    const read = JSON.parse(Buffer.from(body, 'base64url').toString());
    const forged = `${head}.${part({ ...read, conv: 'c2' })}.${mark}`;
    await expect(verify(forged)).rejects.toMatchObject({ code: 'TokenInvalid' });
  });

  it('when it is no token at all', async () => {
    for (const junk of ['', '.', '..', 'a.b.c', 'x'.repeat(10_000), '\u0000']) {
      await expect(verify(junk)).rejects.toMatchObject({ code: 'TokenInvalid' });
    }
  });
});
