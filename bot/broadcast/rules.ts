/** Where a broadcast 群发 stands. `done` and `cancelled` are its ends. */
export const STATES = [
  'draft', // 草稿
  'submitted', // 待审批
  'approved', // 已批准
  'scheduled', // 待发送
  'running', // 发送中
  'paused', // 已暂停
  'done', // 已完成
  'cancelled', // 已取消
] as const;
export type State = (typeof STATES)[number];

const open = ['draft', 'submitted', 'approved', 'scheduled', 'running', 'paused'] as const;

/** What may be done with a broadcast, from where, and where it leads. What is not here is not allowed. */
export const ACTS = {
  edit: { from: ['draft'], to: 'draft' },
  submit: { from: ['draft'], to: 'submitted' },
  withdraw: { from: ['submitted', 'approved'], to: 'draft' },
  approve: { from: ['submitted'], to: 'approved' },
  reject: { from: ['submitted'], to: 'draft' },
  start: { from: ['approved'], to: 'scheduled' },
  begin: { from: ['scheduled'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  finish: { from: ['running'], to: 'done' },
  cancel: { from: open, to: 'cancelled' },
} as const satisfies Record<string, { from: readonly State[]; to: State }>;
export type Act = keyof typeof ACTS;

/** Where an act leads; undefined: not from there. */
export function after(state: State, act: Act): State | undefined {
  const from: readonly State[] = ACTS[act].from;
  return from.includes(state) ? ACTS[act].to : undefined;
}

/** Two pairs of eyes 双人复核: what goes to many was read by somebody who did not write it. */
export const mayApprove = (personId: string, { authorId }: { authorId: string }): boolean =>
  personId !== authorId;

/**
 * So many of an account's broadcast deliveries may be queued and unsent: enough for the fastest pace. In an
 * outage the rest wait in their lists, where they can still be stopped and nothing grows old.
 */
export const MOST_UNSENT = 50;

/** So much of the pace may be used at once: one look around of the worker, and a little more. */
const AHEAD_MS = 2_000;

/**
 * How many recipients may be claimed at `now`, and when the next may be: never more than two seconds' worth at once,
 * however long nobody claimed any.
 * @param nextAt as returned the last time, epoch ms
 * @param room how many more may be queued; if none, it is asked again after a while
 */
export function grant(
  nextAt: number | undefined,
  now: number,
  perMinute: number,
  room = MOST_UNSENT,
): { take: number; nextAt: number } {
  const everyMs = 60_000 / perMinute;
  const from = Math.max(nextAt ?? now, now);
  if (from > now) return { take: 0, nextAt: from };
  if (room <= 0) return { take: 0, nextAt: from + AHEAD_MS };
  const take = Math.min(room, Math.max(1, Math.floor(AHEAD_MS / everyMs)));
  return { take, nextAt: Math.ceil(from + take * everyMs) };
}
