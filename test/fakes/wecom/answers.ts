import type { Mood, Seen } from '../../contracts/channel-peer.ts';

/** An answer of the platform with an errcode; 0 is ok. */
export type Answer = { errcode: number; errmsg: string } & Record<string, unknown>;
export const ok = (more: Record<string, unknown> = {}): Answer => ({ errcode: 0, errmsg: 'ok', ...more });
export const refuse = (errcode: number, errmsg: string): Answer => ({ errcode, errmsg });

/** What a person has before them. */
export interface Shown extends Seen {
  to: string;
  /** Buttons by what they bring back. */
  keys: { title: string; key: string }[];
  body: Record<string, unknown>;
}

/** What the mood does to a message that would be taken. */
export function moodOf(mood: Mood, gone: { unknown: Answer; blocked: Answer }): Answer | undefined {
  if (mood === 'busy') return refuse(45033, 'api concurrent out of limit');
  return mood === 'blocked' || mood === 'unknown' ? gone[mood] : undefined;
}
