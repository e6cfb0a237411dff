/**
 * Where Teams' connector lives: the only places that may be sent our token or an answer. Not all of
 * `*.trafficmanager.net`: anybody can have a name there. The GCC host:
 * https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 */
export const SERVICE_HOSTS: string[] = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  '*.botframework.com',
];

/** Where files sent in a chat lie: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 */
export const FILE_HOSTS: string[] = ['*.sharepoint.com', '*.sharepoint.us', '*.sharepoint.cn'];

/**
 * Whether an address that came from outside may be called.
 * @param hosts host names, `*.` before them for what is below, or whole origins (`http://127.0.0.1:3978`)
 */
export function isTrusted(address: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, protocol, hostname, port, username, password } = new URL(address);
  if (username || password) return false;
  return hosts.some((host) => {
    if (host.includes('://')) return origin === host;
    if (protocol !== 'https:' || port) return false;
    return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
  });
}
