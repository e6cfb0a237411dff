import { type Api, WireError } from './api.ts';
import type { Box, Kept } from './storage.ts';
import type { Activity, ActivitySet, ConversationInfo } from './wire.ts';

/** Direct Line tokens live 30 minutes; Microsoft's own client renews at half. */
const refreshEveryMs = 15 * 60_000;

/** The customer's hold on one conversation: token, resume key, and every call that needs them. */
export interface Session {
  readonly conversationId: string | undefined;
  stored(): boolean;
  start(): Promise<string | undefined>;
  resume(): Promise<void>;
  reconnect(watermark: string): Promise<string | undefined>;
  poll(watermark: string): Promise<ActivitySet>;
  post(activity: Activity): Promise<{ id: string }>;
  /** The conversation is gone: drop the keys. */
  forget(): void;
}

export interface SessionParts {
  api: Api;
  box: Box;
  key: string;
  site: string;
  userToken: string | undefined;
}

export function createSession(parts: SessionParts): Session {
  const { api, box, key } = parts;
  let token = '';
  let conversationId: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let resuming: Promise<void> | undefined;

  const keep = (info: ConversationInfo) => {
    token = info.token;
    conversationId = info.conversationId;
    const before = box.get<Kept>(key);
    const seen = before?.conversationId === info.conversationId ? before.seen : undefined;
    if (info.resumeKey) box.set(key, { conversationId, resumeKey: info.resumeKey, seen });
    clearTimeout(timer);
    timer = setTimeout(refresh, refreshEveryMs);
  };
  const refresh = () => {
    // A lost refresh is no harm: the next call is told 403 and resumes.
    api.refresh(token).then(keep, () => {
      timer = setTimeout(refresh, refreshEveryMs / 15);
    });
  };
  const resume = async () => {
    await onlyOneTab(key, async () => {
      const kept = box.get<Kept>(key);
      if (!kept) throw new WireError('gone', 'nothing to resume');
      keep(await api.resume(kept.conversationId, kept.resumeKey));
    });
  };
  const here = () => conversationId ?? '';
  return {
    get conversationId() {
      return conversationId;
    },
    stored: () => box.get<Kept>(key) !== undefined,
    async start() {
      keep(await api.generate(parts.site, parts.userToken));
      const info = await api.start(token);
      keep(info);
      return info.streamUrl;
    },
    resume() {
      resuming ??= resume().finally(() => {
        resuming = undefined;
      });
      return resuming;
    },
    reconnect: async (watermark) => (await api.reconnect(here(), token, watermark)).streamUrl,
    poll: (watermark) => api.poll(here(), token, watermark),
    async post(activity) {
      try {
        return await api.post(here(), token, activity);
      } catch (error) {
        const fault = error instanceof WireError ? error.fault : undefined;
        if (fault === 'gone')
          return refusedOrGone(error as WireError, () => api.reconnect(here(), token, ''));
        if (fault !== 'expired') throw error;
        await this.resume();
        return api.post(here(), token, activity);
      }
    },
    forget() {
      box.remove(key);
      clearTimeout(timer);
      conversationId = undefined;
    },
  };
}

/** 404 to a post may mean the button that it pressed: only if the conversation too is not found is it gone. */
async function refusedOrGone(error: WireError, ask: () => Promise<unknown>): Promise<never> {
  await ask();
  throw new WireError('refused', error.message);
}

/** Two tabs that spend the same resume key at once would leave one of them with a key about to lapse. */
function onlyOneTab(key: string, run: () => Promise<void>): Promise<void> {
  return navigator.locks ? navigator.locks.request(key, run) : run();
}
