export const WHY = ['blocked', 'unknown', 'gave_up', 'reported', 'channel_off', 'refused'] as const;
/** Why something did not arrive 未送达原因, for people. */
export type Why = (typeof WHY)[number];

/** @param state of the delivery: what was `sent` all the same failed by the platform's report @param error as the sender wrote it */
export function whyOf({ state, error }: { state: string; error: string }): Why {
  if (state === 'sent') return 'reported';
  if (error.startsWith('gave up: ')) return 'gave_up';
  if (error === 'channel off') return 'channel_off';
  // Who opted out with the platform itself is out of our reach as who blocked us is.
  const [, mark] = /^address (blocked|unknown)(?::|$)/.exec(error.replace('optedOut', 'blocked')) ?? [];
  return (mark as 'blocked' | 'unknown' | undefined) ?? 'refused';
}
