import type { Product } from './parts.ts';
import type { Login } from './seed.ts';

export interface Announcement {
  url: string;
  logins: Login[];
  version: string;
  seconds: number;
  database: string;
  accounts: Product['accounts'];
}

/** For people: addresses and demo accounts. For programs: the last line. Both on standard output. */
export function announcement({ url, logins, version, seconds, database, accounts }: Announcement): string {
  const lines = [
    `应答 Yingda ${version} is ready after ${seconds.toFixed(1)} s`,
    `  Customers' page  ${url}/`,
    `  Console          ${url}/console`,
    `  Staff chat       ${url}/staff`,
    `  API              ${url}/api/v1/openapi.json`,
    `  Database         ${database}`,
    ...(accounts.on.length > 0 ? [`  Channels         ${accounts.on.join(', ')}`] : []),
    ...accounts.off.map(({ account, why }) => `  Channel off      ${account}: ${why}`),
    ...(logins.length > 0 ? ['', 'Demo accounts', ...table(logins)] : []),
    '',
    'Ctrl-C stops it.',
    JSON.stringify({ ready: true, url, logins }),
  ];
  return `${lines.join('\n')}\n`;
}

function table(logins: Login[]): string[] {
  const rows = [
    ['number', 'password', 'role', 'team'],
    ...logins.map((l) => [l.number, l.password, l.role, l.team ?? '–']),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`);
}
