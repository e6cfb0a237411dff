import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const secret = 'x'.repeat(32);

test('without any setting it is a development centre on port 3000 with its own database', () => {
  expect(readConfig({ PATH: '/bin', NODE_ENV: 'production' })).toEqual({
    port: 3000,
    dataDir: resolve('data'),
    databaseUrl: undefined,
    databaseDirectUrl: undefined,
    seed: undefined,
    production: false,
    startAt: undefined,
    secret: undefined,
    logLevel: 'info',
    publicUrl: undefined,
    model: undefined,
    channels: { file: undefined, variable: expect.any(Function) },
  });
});

test('every setting is taken', () => {
  const config = readConfig({
    PORT: '0',
    DATA_DIR: '/srv/yingda',
    DATABASE_URL: 'postgresql://u:p@db:5432/yingda',
    SEED: 'none',
    YINGDA_NOW: '2026-06-10T10:00+08:00',
    LOG_LEVEL: 'debug',
    PUBLIC_URL: 'https://desk.example.com/',
  });
  expect(config).toMatchObject({
    port: 0,
    dataDir: '/srv/yingda',
    databaseUrl: 'postgresql://u:p@db:5432/yingda',
    databaseDirectUrl: 'postgresql://u:p@db:5432/yingda',
    seed: 'none',
    startAt: Date.UTC(2026, 5, 10, 2),
    logLevel: 'debug',
    publicUrl: 'https://desk.example.com',
  });
});

test('behind a pooler, sessions have an address of their own', () => {
  const config = readConfig({ DATABASE_URL: 'postgres://pooler/y', DATABASE_DIRECT_URL: 'postgres://db/y' });
  expect(config).toMatchObject({ databaseUrl: 'postgres://pooler/y', databaseDirectUrl: 'postgres://db/y' });
});

test('a model has an address and a name, and a key if its server wants one', () => {
  const local = { MODEL_URL: 'http://127.0.0.1:11434/v1/', MODEL_NAME: 'qwen3' };
  expect(readConfig(local).model).toEqual({
    url: 'http://127.0.0.1:11434/v1',
    name: 'qwen3',
    key: undefined,
  });
  expect(readConfig({ ...local, MODEL_KEY: 'sk-1' }).model).toMatchObject({ key: 'sk-1' });
  expect(() => readConfig({ MODEL_URL: local.MODEL_URL })).toThrow(
    'MODEL_URL and MODEL_NAME belong together',
  );
  expect(() => readConfig({ MODEL_NAME: 'qwen3' })).toThrow('MODEL_URL and MODEL_NAME belong together');
  expect(() => readConfig({ ...local, MODEL_URL: 'qwen' })).toThrow('MODEL_URL must be the base address');
});

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', YINGDA_NOW: '' })).toMatchObject({ port: 3000 });
});

test('Qdrant and an embedding endpoint', () => {
  const qdrant = { QDRANT_URL: 'http://qdrant:6333', QDRANT_API_KEY: 'key' };
  const embeddings = { EMBEDDINGS_URL: 'http://models/v1', EMBEDDINGS_MODEL: 'bge-m3' };
  expect(readConfig({})).toMatchObject({ qdrant: undefined, embeddings: undefined });
  expect(readConfig({ ...qdrant, ...embeddings })).toMatchObject({
    qdrant: { url: 'http://qdrant:6333', apiKey: 'key', name: 'yingda' },
    embeddings: { url: 'http://models/v1', model: 'bge-m3', apiKey: undefined },
  });
  expect(() => readConfig({ ...qdrant, EMBEDDINGS_URL: 'http://models/v1' })).toThrow('needed together');
  expect(() => readConfig(embeddings)).toThrow('EMBEDDINGS_URL needs QDRANT_URL');
});

describe('a wrong value is refused in a sentence that names the setting', () => {
  test.each([
    [{ PORT: 'http' }, 'PORT must be a port number'],
    [{ PORT: '70000' }, 'PORT must be a port number'],
    [{ DATABASE_URL: 'mysql://db/y' }, 'DATABASE_URL must be a PostgreSQL address'],
    [{ SEED: 'full' }, 'SEED must be demo or none.'],
    [{ YINGDA_ENV: 'prod' }, 'YINGDA_ENV must be written production.'],
    [{ YINGDA_NOW: 'tomorrow' }, 'YINGDA_NOW must be an ISO instant'],
    [{ YINGDA_NOW: '2026-13-10T10:00Z' }, 'YINGDA_NOW must be an ISO instant'],
    [{ YINGDA_NOW: '2026-06-10T10:00' }, 'YINGDA_NOW must be an ISO instant with its offset'],
    [{ YINGDA_SECRET: 'short' }, 'YINGDA_SECRET must have at least 32 characters.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
    [{ PUBLIC_URL: 'desk.example.com' }, 'PUBLIC_URL must be an http or https address'],
    [{ QDRANT_URL: 'qdrant:6333' }, 'QDRANT_URL must be the http or https address'],
    [{ QDRANT_COLLECTION: 'a b' }, 'QDRANT_COLLECTION must be letters'],
  ])('%o', (environment, sentence) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(sentence);
  });

  test('two at once are both named, and a secret is not repeated', () => {
    const wrong = { PORT: '-1', YINGDA_SECRET: 'hunter2' };
    expect(() => readConfig(wrong)).toThrow(/PORT.*YINGDA_SECRET/);
    expect(() => readConfig(wrong)).not.toThrow(/hunter2/);
  });
});

describe('production', () => {
  const production = { YINGDA_ENV: 'production', YINGDA_SECRET: secret };

  test('starts with a secret', () => {
    expect(readConfig(production)).toMatchObject({ production: true, secret });
  });

  test.each([
    [{ YINGDA_SECRET: '' }, /YINGDA_SECRET is needed in production/],
    [{ YINGDA_NOW: '2026-06-10T10:00+08:00' }, /YINGDA_NOW .* refused in production/],
    [{ SEED: 'demo' }, /SEED=demo .* refused in production/],
  ])('refuses %o', (more, sentence) => {
    expect(() => readConfig({ ...production, ...more })).toThrow(sentence);
  });
});
