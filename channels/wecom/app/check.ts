import type { Finding } from '../../channel.ts';
import type { Api } from '../api.ts';
import type { AppSettings, Configured } from '../settings.ts';

/** Whether CorpID, Secret and AgentId belong together. https://developer.work.weixin.qq.com/document/path/90227 */
export async function checkApp(
  { settings }: Configured<AppSettings>,
  api: Api,
): Promise<Omit<Finding, 'account'>[]> {
  const { name, close } = await api.get('agent/get', { agentid: String(settings.agentId) });
  if (close === 1)
    return [{ ok: false, text: `The application ${settings.agentId} (AgentId) is switched off 已停用.` }];
  return [{ ok: true, text: `CorpID, Secret and AgentId are right: the application is 「${name}」.` }];
}
