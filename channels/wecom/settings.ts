import { z } from 'zod';
import type { Account } from '../channel.ts';

/** What both kinds need; the names are the platform's own. https://developer.work.weixin.qq.com/document/path/90930 */
const common = {
  /** 企业ID CorpID */
  corpId: z.string().regex(/^[\w-]{4,64}$/),
  /** Secret of the application, or of 微信客服 */
  secret: z.string().min(8).max(200),
  /** 接收消息服务器配置: Token, letters and digits, at most 32 */
  token: z.string().regex(/^[0-9A-Za-z]{3,32}$/),
  /** 接收消息服务器配置: EncodingAESKey, 43 letters and digits */
  encodingAESKey: z.string().regex(/^[0-9A-Za-z]{43}$/),
  /** The platform's address: another one for a private deployment 私有化部署. */
  api: z
    .string()
    .regex(/^https?:\/\/[^/?#@\s]+$/)
    .default('https://qyapi.weixin.qq.com'),
  /** The language in which conversations begin; the platform doesn't say which one a person speaks. */
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
};

export const appSettings = z.strictObject({
  ...common,
  /** AgentId of the self-built application 自建应用 */
  agentId: z.coerce.number().int().positive(),
});

export const kfSettings = z.strictObject({
  ...common,
  /** open_kfid of the customer-service account 客服帐号 */
  openKfId: z.string().regex(/^[\w-]{1,64}$/),
});

/** What both kinds have. */
export type CommonSettings = Omit<z.infer<typeof appSettings>, 'agentId'>;
export type AppSettings = z.infer<typeof appSettings>;
export type KfSettings = z.infer<typeof kfSettings>;

/** An account with its settings as our schema has parsed them. */
export type Configured<Settings> = Account & { settings: Settings };
