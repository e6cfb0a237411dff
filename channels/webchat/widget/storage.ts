import type { Activity } from './wire.ts';

/** What outlives the page, so that a reload finds the conversation (会话) again. */
export interface Kept {
  conversationId: string;
  resumeKey: string;
  /** Id of the last message the customer has seen. */
  seen?: string;
}

/** What a customer left while we could not be reached; kept until we have it, and no longer. */
export interface Left {
  text: string;
  contact: string;
  /** The same at every attempt. */
  id: string;
}

/** Per tab: what a reload must not lose. */
export interface TabState {
  open?: boolean;
  draft?: string;
  /** Written and not yet acknowledged. */
  outbox?: Activity[];
}

/** Storage that may be missing: private mode and sandboxed frames throw on the mere access. */
export interface Box {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  remove(key: string): void;
}

/** A box over localStorage or sessionStorage that falls back to memory. `open` runs inside the guard. */
export function createBox(open: () => Storage): Box {
  const memory = new Map<string, string>();
  const storage = attempt(open);
  return {
    get<T>(key: string): T | undefined {
      const text = attempt(() => storage?.getItem(key)) ?? memory.get(key);
      return text ? attempt(() => JSON.parse(text) as T) : undefined;
    },
    set(key, value) {
      const text = JSON.stringify(value);
      memory.set(key, text);
      attempt(() => storage?.setItem(key, text));
    },
    remove(key) {
      memory.delete(key);
      attempt(() => storage?.removeItem(key));
    },
  };
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/**
 * The key under which a site's conversation is kept: one per signed-in user, so that the next person at the same
 * computer does not find the last one's words. The token's `sub` is only a label here, the server checks the token.
 */
export function keyFor(site: string, userToken: string | undefined): string {
  const sub = userToken ? subjectOf(userToken) : undefined;
  return sub ? `yingda:${site}:${sub}` : `yingda:${site}`;
}

function subjectOf(token: string): string | undefined {
  const payload = token.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/');
  const claims = attempt(() => JSON.parse(atob(payload ?? '')) as { sub?: unknown });
  return typeof claims?.sub === 'string' ? claims.sub : token.slice(-16);
}
