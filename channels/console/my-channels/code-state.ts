import type { Answer } from '../api/call.ts';
import type { MyChannels } from '../api/types.ts';

export type LinkCode = Pick<Answer<'POST /api/v1/my/channels/code'>, 'code' | 'expiresAt'> & {
  /** Addresses that were linked when the code was made. */
  before: readonly string[];
};
export type CodeState = 'none' | 'waiting' | 'used' | 'expired';

/** Where a one-time code 绑定码 stands. It is `used` once an address is there that wasn't when it was made. */
export function codeState(
  code: LinkCode | undefined,
  linked: readonly { id: string }[],
  now: number,
): CodeState {
  if (!code) return 'none';
  if (arrived(code, linked)) return 'used';
  return now < code.expiresAt ? 'waiting' : 'expired';
}

/** What was linked with the code. */
export function arrived<T extends Pick<MyChannels['linked'][number], 'id'>>(
  { before }: LinkCode,
  linked: readonly T[],
): T | undefined {
  return linked.find(({ id }) => !before.includes(id));
}

/** `12345678` → `1234 5678`: read and typed in two halves. */
export const inHalves = (code: string): string => code.replace(/^(\d{4})(?=\d)/, '$1 ');
