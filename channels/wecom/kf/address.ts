/** The platform takes a welcome within 20 seconds of the event. https://developer.work.weixin.qq.com/document/path/95122 */
const WELCOME = 20_000;

/** Where a customer is reached: their external_userid, and for a moment the code with which they may be welcomed. */
export interface KfAddress {
  to: string;
  welcome?: { code: string; until: number };
}

/** As `thread` keeps it. @param at when the customer came in, epoch milliseconds */
export function writeAddress(to: string, code?: string, at = 0): string {
  return code === undefined ? to : JSON.stringify({ to, welcome: { code, until: at + WELCOME } });
}

export function readAddress(address: string): KfAddress {
  return address.startsWith('{') ? (JSON.parse(address) as KfAddress) : { to: address };
}
