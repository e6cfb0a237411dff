import { pino, stdTimeFunctions } from 'pino';
import type { Log } from './log.ts';
import { onceAway } from './outage.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields that carry secrets or people's data, at the top or one level down, whoever logs them. */
const SECRET_FIELDS = [
  ...['password', 'token', 'secret', 'cookie', 'authorization', 'csrfToken', 'resumeKey', 'userToken'],
  ...['phone', 'contact', 'address', 'text', 'description'],
];

const MOBILE = /(?<![\w-])((?:\+?86[- ]?)?1[3-9]\d)\d{4}(\d{4})(?!\w)/g;
const LANDLINE = /(?<![\w-])(0\d{2,3}-?)\d{3,4}(\d{4})(?!\w)/g;
const BEARER = /\b(Bearer|BotConnector) [\w.~+/-]+=*/gi;
const JWT = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g;
const URL_PASSWORD = /(\w+:\/\/[^\s:/@"]+:)[^\s@"]+@/g;

/** Hides numbers and tokens that slipped into a sentence or an error's message. */
export function redact(line: string): string {
  return line
    .replace(MOBILE, '$1****$2')
    .replace(LANDLINE, '$1****$2')
    .replace(BEARER, '$1 [hidden]')
    .replace(JWT, '[hidden]')
    .replace(URL_PASSWORD, '$1[hidden]@');
}

/** What explains an error. Libraries hang whole connections and requests on theirs. */
function factsOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  const inner = error instanceof AggregateError ? { errors: error.errors.map(factsOf) } : {};
  return { name, message, code, stack, ...(cause === undefined ? {} : { cause: factsOf(cause) }), ...inner };
}

export interface LogOptions {
  level: LogLevel;
  /** Where lines go; standard error by default, because standard output belongs to the ready line. */
  write?: (line: string) => void;
}

/** JSON lines with numbers of people and secrets hidden. */
export function openLog({ level, write }: LogOptions): Log {
  const destination = write ? { write } : pino.destination({ fd: 2, sync: true });
  const redacted = { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' };
  const options = {
    level,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: factsOf },
    redact: redacted,
    hooks: { streamWrite: redact },
  };
  return onceAway(pino(options, destination) as Log);
}
