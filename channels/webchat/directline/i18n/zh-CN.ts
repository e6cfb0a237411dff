import type { en } from './en.ts';

export const zhCN: Record<keyof typeof en, string> = {
  MissingToken: '缺少令牌：请在请求头中带上 Authorization: Bearer <令牌>。',
  TokenInvalid: '令牌对该会话无效。',
  TokenExpired: '令牌已过期。',
  ResumeKeyInvalid: '无法用该凭证恢复会话。',
  UserTokenInvalid: '用户令牌对该站点无效。',
  OriginNotAllowed: '该来源不能使用此站点。',
  NotFound: '此地址没有内容。',
  MethodNotAllowed: '此地址不支持该请求方法。',
  MalformedData: '请求内容不是有效的 JSON。',
  BadArgument: '有字段的值无法识别。',
  MissingProperty: '缺少必填字段。',
  EmptyMessage: '消息内容为空。',
  MessageTooLong: '消息超过 4,000 字，请分条发送。',
  BodyTooLarge: '请求超过 64 KB。',
  AttachmentsNotSupported: '这里暂不支持发送文件。',
  NotSupported: '不支持该类型的活动。',
  TooManyRequests: '操作太频繁，请稍候再试。',
  ServiceError: '系统出了点问题，请稍后重试。',
  ServiceUnavailable: '服务暂不可用，请稍后重试。',
};
