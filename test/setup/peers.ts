import { accessSync, constants, existsSync } from 'node:fs';

/** Real programs that tests talk to, and the Debian package that brings each. */
const peers = {
  chromium: { file: '/usr/bin/chromium', package: 'chromium' },
  kannel: { file: '/usr/sbin/bearerbox', package: 'kannel' },
  'net-smpp': { file: '/usr/share/perl5/Net/SMPP.pm', package: 'libnet-smpp-perl' },
} as const;

export type Peer = keyof typeof peers;

/** The same engine without a window of its own, where it is installed: it needs half the computing. */
const shell = '/usr/bin/chromium-headless-shell';

export const chromiumPath: string = existsSync(shell) ? shell : peers.chromium.file;

/** The launch arguments under which Chromium runs in a container, without a screen and without calling home. */
export const chromiumArgs: string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Whether a real peer is here: `describe.skipIf(!requirePeer('chromium'))`.
 * Says what is missing; throws with `CI=true`, where a skipped test would be a green lie.
 */
export function requirePeer(peer: Peer): boolean {
  const { file, package: debian } = peers[peer];
  try {
    accessSync(file, file.endsWith('.pm') ? constants.R_OK : constants.X_OK);
    return true;
  } catch {
    const told = `skipped: ${peer} missing, apt install ${debian}`;
    if (process.env.CI === 'true') throw new Error(told);
    process.stdout.write(`${told}\n`);
    return false;
  }
}
