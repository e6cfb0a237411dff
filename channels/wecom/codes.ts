import type { SendResult } from '../channel.ts';

/** What the platform answered instead of errcode 0. Its address, which holds the access_token, is never in the words. */
export class WecomError extends Error {
  override readonly name = 'WecomError';
  readonly code: number;
  /** The interface, below /cgi-bin/. */
  readonly call: string;

  constructor(code: number, message: string, call: string) {
    super(`${call}: ${code} ${message}`.slice(0, 300));
    this.code = code;
    this.call = call;
  }
}

/** No code of the platform's: no answer, or none that could be read. */
export const NO_ANSWER = 0;
/** After which a message may have arrived all the same, if one of these was asked. */
const SENDS: ReadonlySet<string> = new Set(['message/send', 'kf/send_msg', 'kf/send_msg_on_event']);

/** access_token wrong, missing or expired: a new one is fetched, once. */
export const STALE_TOKEN: ReadonlySet<number> = new Set([40014, 41001, 42001]);
/** The Token of a callback is no longer good for sync_msg (10 minutes). */
export const STALE_CALLBACK_TOKEN = 95007;

const MINUTE = 60_000;

/** Milliseconds to wait. https://developer.work.weixin.qq.com/document/path/90313 */
const LATER: Readonly<Record<number, number>> = {
  [NO_ANSWER]: 1000,
  // 系统繁忙, 数据版本冲突, 接口并发调用超过限制
  [-1]: 1000,
  6000: 1000,
  45033: 1000,
  // 接口调用超过限制: counted by the minute
  45009: MINUTE,
  // Still stale with a token just fetched.
  40014: MINUTE,
  41001: MINUTE,
  42001: MINUTE,
  // For somebody to set right: secret, CorpID, AgentId, no right to the interface, application off, 企业可信IP
  40001: MINUTE,
  40013: MINUTE,
  40056: MINUTE,
  48002: MINUTE,
  50003: MINUTE,
  60020: MINUTE,
  301002: MINUTE,
  // 微信客服: account unknown or not ours, not switched on, API switched off
  95000: MINUTE,
  95004: MINUTE,
  95012: MINUTE,
  95017: MINUTE,
  // Five messages were sent since the customer last wrote: their next one makes room.
  95001: MINUTE,
  // The session is with a person in WeCom's own client, or ended: it may come back to us.
  95013: MINUTE,
  95018: MINUTE,
};

/** Nobody there: not in the address book, or no such customer. */
const UNKNOWN: ReadonlySet<number> = new Set([40003, 40031, 40096, 43004, 60111, 81013, 82001]);

/** No code of the platform's: it named the member as `unlicenseduser`, without 接口许可. */
export const UNLICENSED = 1;

/**
 * Nothing may go there until something changes: the member is out of the application's sight 可见范围 or has no licence;
 * 48 hours have passed since the customer wrote, or they never did.
 */
const BLOCKED: ReadonlySet<number> = new Set([60011, UNLICENSED, 95002, 95024]);

/**
 * What an error means for a delivery. Codes that are in no list are about the message itself: sent again it would be
 * refused again.
 */
export function resultOf({ code, message, call }: WecomError): SendResult {
  if (UNKNOWN.has(code)) return { permanent: message, address: 'unknown' };
  if (BLOCKED.has(code)) return { permanent: message, address: 'blocked' };
  const wait = LATER[code];
  if (wait === undefined) return { permanent: message };
  const uncertain = code === NO_ANSWER && SENDS.has(call);
  return { retryAfter: wait, reason: message, ...(uncertain && { uncertain }) };
}

/** Neither the platform nor the receiver is to blame. */
export function isAboutMessage(error: WecomError): boolean {
  const result = resultOf(error);
  return 'permanent' in result && !result.address;
}

/** Why a customer-service message did not arrive. https://developer.work.weixin.qq.com/document/path/94670 */
export const FAIL_TYPES: Readonly<Record<number, string>> = {
  0: '未知原因',
  1: '客服帐号已删除',
  2: '应用已关闭',
  4: '会话已过期，超过48小时',
  5: '会话已关闭',
  6: '超过5条限制',
  8: '主体未验证',
  10: '用户拒收',
  11: '企业未有成员登录企业微信App',
  12: '发送的消息为客服组件禁发的消息类型',
  13: '安全限制',
};
