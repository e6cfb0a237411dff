import { resolve } from 'node:path';
import { z } from 'zod';
import { LOG_LEVELS } from './open-log.ts';

/** A setting that is wrong. Its message is a whole sentence for whoever starts the program. */
export class ConfigError extends Error {
  readonly code = 'CONFIG';
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
// Seconds may be left out, which zod's own ISO form doesn't allow together with an offset.
const instant = z
  .string()
  .refine(
    (text) => INSTANT.test(text) && Number.isFinite(Date.parse(text)),
    'must be an ISO instant with its offset, such as 2026-06-10T10:00+08:00',
  )
  .transform((text) => Date.parse(text));
const database = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a PostgreSQL address: postgresql://user:password@host:5432/name',
});
const web = (error: string) =>
  z.url({ protocol: /^https?$/, error }).transform((url) => url.replace(/\/+$/, ''));
const port = 'must be a port number from 0 (picks a free one) to 65535';

const settings = z.object({
  PORT: z.coerce.number(port).int(port).min(0, port).max(65_535, port).default(3000),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((path) => resolve(path)),
  DATABASE_URL: database.optional(),
  DATABASE_DIRECT_URL: database.optional(),
  SEED: z.enum(['demo', 'none'], 'must be demo or none').optional(),
  YINGDA_ENV: z
    .string()
    .default('development')
    // A misspelt production would run with known passwords.
    .refine((name) => !/^prod/i.test(name) || name === 'production', 'must be written production'),
  YINGDA_NOW: instant.optional(),
  YINGDA_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      error: 'must be an http or https address, such as https://desk.example.com',
    })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  CHANNELS_FILE: z
    .string()
    .transform((path) => resolve(path))
    .optional(),
  QDRANT_URL: web('must be the http or https address of a Qdrant server').optional(),
  QDRANT_API_KEY: z.string().optional(),
  QDRANT_COLLECTION: z
    .string()
    .regex(/^[\w-]{1,60}$/, 'must be letters, digits, - and _ (at most 60)')
    .default('yingda'),
  EMBEDDINGS_URL: web('must be the base address of an OpenAI-compatible endpoint').optional(),
  EMBEDDINGS_MODEL: z.string().optional(),
  EMBEDDINGS_KEY: z.string().optional(),
  MODEL_URL: web('must be the base address of an OpenAI-compatible endpoint').optional(),
  MODEL_NAME: z.string().optional(),
  MODEL_KEY: z.string().optional(),
});

export interface Config {
  port: number;
  /** Absolute. */
  dataDir: string;
  /** undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  /** For LISTEN, session locks and migrations. */
  databaseDirectUrl: string | undefined;
  /** undefined: demo when the database is empty and this is not production. */
  seed: 'demo' | 'none' | undefined;
  production: boolean;
  /** Epoch ms at which the clock starts; undefined: the machine's time. */
  startAt: number | undefined;
  /** undefined in development: one is generated and kept in the database. */
  secret: string | undefined;
  /** Lets others than this machine read /metrics. */
  metricsToken: string | undefined;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Without a trailing slash. */
  publicUrl: string | undefined;
  /** The file that lists the accounts of channels, and what `${NAME}` in it stands for. */
  channels: { file: string | undefined; variable(name: string): string | undefined };
  /** `name`: beginning of the names of our collections. */
  qdrant: { url: string; apiKey: string | undefined; name: string } | undefined;
  /** An OpenAI-compatible endpoint whose vectors are kept in Qdrant. */
  embeddings: { url: string; model: string; apiKey: string | undefined } | undefined;
  /** The language model that helps to answer; undefined: everything works without. */
  model: { url: string; name: string; key: string | undefined } | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads all settings; nothing else reads the environment. An empty variable counts as unset.
 * @throws ConfigError naming every wrong setting, and none of the secret values
 */
export function readConfig(environment: Environment = process.env): Config {
  const given = Object.fromEntries(
    Object.keys(settings.shape).map((name) => [name, environment[name] || undefined]),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`).join(' '),
    );
  }
  const value = parsed.data;
  const production = value.YINGDA_ENV === 'production';
  if (production) refuseInProduction(value);
  const { MODEL_URL: url, MODEL_NAME: name, MODEL_KEY: key } = value;
  if ((url === undefined) !== (name === undefined))
    throw new ConfigError('MODEL_URL and MODEL_NAME belong together: set both, or neither.');
  return {
    port: value.PORT,
    dataDir: value.DATA_DIR,
    databaseUrl: value.DATABASE_URL,
    databaseDirectUrl: value.DATABASE_DIRECT_URL ?? value.DATABASE_URL,
    seed: value.SEED,
    production,
    startAt: value.YINGDA_NOW,
    secret: value.YINGDA_SECRET,
    metricsToken: value.METRICS_TOKEN,
    logLevel: value.LOG_LEVEL,
    publicUrl: value.PUBLIC_URL,
    channels: { file: value.CHANNELS_FILE, variable: (name) => environment[name] || undefined },
    ...retrieval(value),
    model: url !== undefined && name !== undefined ? { url, name, key } : undefined,
  };
}

function retrieval(value: z.output<typeof settings>): Pick<Config, 'qdrant' | 'embeddings'> {
  const { QDRANT_URL: url, EMBEDDINGS_URL: endpoint, EMBEDDINGS_MODEL: model } = value;
  if ((endpoint === undefined) !== (model === undefined))
    throw new ConfigError('EMBEDDINGS_URL and EMBEDDINGS_MODEL are needed together.');
  if (endpoint && !url) throw new ConfigError('EMBEDDINGS_URL needs QDRANT_URL: vectors are kept there.');
  return {
    qdrant: url ? { url, apiKey: value.QDRANT_API_KEY, name: value.QDRANT_COLLECTION } : undefined,
    embeddings: endpoint && model ? { url: endpoint, model, apiKey: value.EMBEDDINGS_KEY } : undefined,
  };
}

function refuseInProduction(value: z.output<typeof settings>): void {
  const reasons = [
    value.YINGDA_NOW !== undefined && 'YINGDA_NOW moves the clock and is refused in production.',
    value.SEED === 'demo' && 'SEED=demo makes accounts with known passwords and is refused in production.',
    value.YINGDA_SECRET === undefined &&
      'YINGDA_SECRET is needed in production: at least 32 characters, the same for every process, kept for ever.',
  ].filter((reason) => reason !== false);
  if (reasons.length > 0) throw new ConfigError(reasons.join(' '));
}
