import { z } from 'zod';
import type { Finding } from '../../channel.ts';
import type { Api } from '../api.ts';
import type { Configured, KfSettings } from '../settings.ts';

const listed = z.object({
  account_list: z
    .array(
      z.object({
        open_kfid: z.string(),
        name: z.string().default(''),
        manage_privilege: z.boolean().default(true),
      }),
    )
    .default([]),
});

/**
 * Whether the Secret may speak for the customer-service account 客服帐号.
 * https://developer.work.weixin.qq.com/document/path/94661
 */
export async function checkKf(
  { settings }: Configured<KfSettings>,
  api: Api,
): Promise<Omit<Finding, 'account'>[]> {
  const { account_list } = listed.parse(await api.post('kf/account/list', { offset: 0, limit: 100 }));
  const own = account_list.find(({ open_kfid }) => open_kfid === settings.openKfId);
  if (!own) {
    const known = account_list.map(({ open_kfid, name }) => `${open_kfid} 「${name}」`).join(', ') || 'none';
    return [
      {
        ok: false,
        text: `open_kfid ${settings.openKfId} is not among the accounts of this Secret: ${known}.`,
      },
    ];
  }
  if (!own.manage_privilege)
    return [
      { ok: false, text: `The application may not manage 「${own.name}」: add it in 可调用接口的应用.` },
    ];
  return [{ ok: true, text: `CorpID, Secret and open_kfid are right: the account is 「${own.name}」.` }];
}
