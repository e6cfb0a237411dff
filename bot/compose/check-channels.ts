import type { Finding } from '../../channels/channel.ts';
import { ConfigError, readConfig } from '../config.ts';
import { type Configured, configure, readAccounts } from './accounts.ts';

/** Longer than this no platform takes to answer. */
const PATIENCE_MS = 20_000;

/** `npm run channels -- check`: reads the channels' file, asks each platform, and says what is wrong. Sends nothing. */
async function main(): Promise<number> {
  const [what] = process.argv.slice(2);
  if (what !== 'check') return said('usage: npm run channels -- check', 2);
  const { channels, publicUrl } = readConfig();
  if (!channels.file)
    return said(
      'CHANNELS_FILE is not set: there is the colleagues’ chat only. docs/CHANNELS.md says how to add others.',
      0,
    );
  const configured = await configure(readAccounts(channels.file, channels.variable));
  const findings = await findingsOf(configured, publicUrl);
  for (const { account, ok, text } of findings) said(`${ok ? 'ok ' : 'NOT'}  ${account}  ${text}`, 0);
  if (findings.length === 0) said(`${channels.file} lists no accounts.`, 0);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

/** What is wrong or right with each account, the faults of the file first. */
export async function findingsOf(
  { kinds, off }: Configured,
  publicUrl: string | undefined,
): Promise<Finding[]> {
  const faults = off.map(({ account, why }) => ({ account, ok: false, text: `is off: ${why}` }));
  const asked = kinds.map(async ({ kind, accounts }) => {
    const channel = kind.create({ accounts, publicUrl: () => publicUrl, onError: () => {} });
    const unasked = accounts.map(({ id }) => ({
      account: id,
      ok: true,
      text: 'is set up; this channel asks nobody.',
    }));
    return channel.check
      ? answered(
          channel.check(),
          accounts.map(({ id }) => id),
        )
      : unasked;
  });
  return [...faults, ...(await Promise.all(asked)).flat()];
}

/** A platform that doesn't answer, or answers nonsense, is a finding too. */
async function answered(check: Promise<Finding[]>, accounts: string[]): Promise<Finding[]> {
  let late: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([check, patience]);
  } catch (error) {
    const text = `could not be checked: ${error instanceof Error ? error.message : error}`;
    return accounts.map((account) => ({ account, ok: false, text }));
  } finally {
    clearTimeout(late);
  }
}

function said(line: string, code: number): number {
  process.stdout.write(`${line}\n`);
  return code;
}

if (process.argv[1]?.endsWith('check-channels.ts'))
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      if (!(error instanceof ConfigError)) throw error;
      process.exit(said(error.message, 1));
    },
  );
