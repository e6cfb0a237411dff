import { expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { isOutage, onceAway, outageOf } from './outage.ts';

const coded = (code: string) => Object.assign(new Error('no'), { code });

test.each(['08006', '57P01', '57P03', '53300', 'ECONNREFUSED', 'ECONNRESET', 'P1001'])(
  '%s means that the database is away: the caller is told to try again',
  (code) => {
    const error = coded(code);
    expect(outageOf(error)).toMatchObject({ code: 'unavailable', details: { retryAfterSeconds: 2 } });
    expect(outageOf(error)?.cause).toBe(error);
  },
);

test.each([
  'Connection terminated unexpectedly',
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error and is not queryable',
])('so does “%s”, which has no code', (words) => expect(isOutage(new Error(words))).toBe(true));

test.each([
  coded('23505'),
  coded('57014'),
  new AppError('internal'),
  new Error('fetch failed', { cause: coded('ECONNRESET') }),
  'ECONNRESET',
  undefined,
])('%s is another matter', (error) => expect(outageOf(error)).toBeUndefined());

test('the log says it once, whoever stumbles over it, and everything else as before', () => {
  const lines: string[] = [];
  const say = (level: string) => (fields: object, text: string) =>
    void lines.push(`${level} ${text} ${'err' in fields}`);
  const plain = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  const log = onceAway({ ...plain, child: () => ({ ...plain, child: () => log }) });
  for (const one of [log, log.child({ requestId: 'r1' })]) {
    one.error({ err: coded('57P01') }, 'pipeline');
    one.error({ err: new AppError('unavailable', '', {}, { cause: coded('ECONNREFUSED') }) }, 'web chat');
    one.error({ err: coded('23505') }, 'Request failed');
  }
  expect(lines).toEqual([
    'warn The database is away; callers shall try again false',
    'error Request failed true',
    'error Request failed true',
  ]);
});
