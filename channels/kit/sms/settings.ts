import { z } from 'zod';
import type { Capabilities, Pace } from '../../channel.ts';
import { segmentCount } from './segments.ts';

const pace = (perSecond: number) =>
  z
    .strictObject({ perSecond: z.number().positive(), burst: z.number().int().positive() })
    .default({ perSecond, burst: perSecond });

/** Settings that every way of sending short messages has. */
export const smsSettings = {
  /** Country code of numbers that are written without one. */
  country: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .default('86'),
  locale: z.string().default('zh-CN'),
  /** The most short messages that one answer may take; what is longer is sent on request. */
  segments: z.number().int().min(1).max(10).default(4),
  /** What the provider allows: for the whole account, and for one number. */
  pace: z.strictObject({ account: pace(10), address: pace(1) }).prefault({}),
};

/** What short messages can show. The limits of several accounts are the strictest of them. */
export function smsCan(
  accounts: readonly { segments: number; pace: { account: Pace; address: Pace } }[],
): Capabilities {
  const strictest = (of: 'account' | 'address') =>
    accounts.map(({ pace }) => pace[of]).sort((a, b) => a.perSecond - b.perSecond)[0];
  const [account, address] = [strictest('account'), strictest('address')];
  return {
    push: true,
    buttons: false,
    cards: false,
    markdown: false,
    typing: false,
    receipts: true,
    brief: true,
    maxText: Math.min(10, ...accounts.map((each) => each.segments)),
    size: segmentCount,
    ...(account && address && { pace: { account, address } }),
  };
}
