import { z } from 'zod';
import type { Account, ChannelHost } from '../../channel.ts';

/** Settings of a site, as its row of the database has them; what can't be read counts as not set. */
const settings = z.object({
  site: z.string().min(1).max(64).optional().catch(undefined),
  /** Origins of the pages that may embed it, such as `https://shop.example`; `*` is any. Our own is always in. */
  origins: z.array(z.string()).catch([]),
  /** Signs `userToken`s. Shorter than 32 characters would be guessed: not used. */
  secret: z.string().min(32).optional().catch(undefined),
  locale: z.string().optional().catch(undefined),
  accent: z.string().optional().catch(undefined),
  greeting: z.string().optional().catch(undefined),
  /** How cards are drawn: `hero` for clients without Adaptive Cards. */
  cards: z.enum(['adaptive', 'hero']).catch('adaptive'),
});

/** A site 站点: one web page family with the widget, or the colleagues' own chat. */
export interface Site {
  name: string;
  account: Account;
  anyOrigin: boolean;
  origins: ReadonlySet<string>;
  secret: string | undefined;
  locale: string;
  cards: 'adaptive' | 'hero';
  /** What anybody may know about it: the answer of GET sites/:site. */
  info: Record<string, string>;
}

export interface Sites {
  load(): Promise<void>;
  /** From memory, refreshed behind the scenes: the hot path waits for no database. */
  get(name: string): Site | undefined;
  nameOf(account: Account): string;
  /** As `get`, but looks again before it says no. */
  find(name: string): Promise<Site | undefined>;
  /** True if some site allows this origin: whom preflights and errors may answer. */
  knowsOrigin(origin: string): boolean;
}

const FRESH_MS = 5000;
const ASK_AGAIN_MS = 1000;

/** @param configured sites of the channels' file: the settings there count, not those of their rows */
export function createSites(
  host: Pick<ChannelHost, 'accounts' | 'now'>,
  configured: readonly Account[] = [],
): Sites {
  const inFile = new Map(configured.map((account) => [account.id, account]));
  const settingsOf = ({ id, settings: row }: Account) =>
    settings.parse(inFile.get(id)?.settings ?? row ?? {});
  let byName = new Map<string, Site>();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;
  const reload = async () => {
    const accounts = await host.accounts();
    const next = new Map<string, Site>();
    for (const account of accounts) {
      const site = account.channel === 'webchat' ? toSite(account, settingsOf(account)) : undefined;
      if (site && !next.has(site.name)) next.set(site.name, site);
    }
    byName = next;
    loadedAt = host.now();
  };
  const load = () => {
    loading ??= reload().finally(() => {
      loading = undefined;
    });
    return loading;
  };
  const older = (ms: number) => Math.abs(host.now() - loadedAt) > ms;
  const get = (name: string) => {
    // A failed reload keeps what we had; the next call tries again.
    if (older(FRESH_MS)) load().catch(() => undefined);
    return byName.get(name);
  };
  return {
    load,
    get,
    nameOf: (account) => settingsOf(account).site ?? account.id,
    async find(name) {
      if (!byName.has(name) && older(ASK_AGAIN_MS)) await load();
      return get(name);
    },
    knowsOrigin: (origin) => [...byName.values()].some((site) => site.anyOrigin || site.origins.has(origin)),
  };
}

function toSite(account: Account, set: z.output<typeof settings>): Site {
  const name = set.site ?? account.id;
  const locale = set.locale ?? 'zh-CN';
  const shown = { accent: set.accent, greeting: set.greeting };
  const info: Record<string, string> = { site: name, name: account.name, locale };
  for (const [key, value] of Object.entries(shown)) if (value !== undefined) info[key] = value;
  return {
    name,
    account,
    anyOrigin: set.origins.includes('*'),
    origins: new Set(set.origins.flatMap((origin) => (URL.canParse(origin) ? [new URL(origin).origin] : []))),
    secret: set.secret,
    locale,
    cards: set.cards,
    info,
  };
}
