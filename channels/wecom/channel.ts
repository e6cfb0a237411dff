import type { ChannelKind } from '../channel.ts';
import { appChannel } from './app/channel.ts';
import { kfChannel } from './kf/channel.ts';
import { appSettings, kfSettings } from './settings.ts';

/**
 * WeCom 企业微信, for colleagues: messages of a self-built application 自建应用. Accounts are called `wecom:…`. The key of
 * an address is the UserID in small letters. The external id is the MsgId; events have none, theirs is
 * `FromUserName CreateTime Event EventKey TaskId`.
 */
export const kind: ChannelKind = { name: 'wecom', settings: appSettings, create: appChannel };

/**
 * WeCom 微信客服, for customers in WeChat. Accounts are called `wecom-kf:…`. It can show other things than an
 * application can, so it is a kind of its own. The key of an address is the external_userid, and the external id the
 * msgid that sync_msg gives.
 */
export const kfKind: ChannelKind = { name: 'wecom-kf', settings: kfSettings, create: kfChannel };
