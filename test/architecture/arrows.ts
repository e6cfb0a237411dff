import type { Facts, Import } from './facts.ts';

export const isTest = (path: string) => path.startsWith('test/') || /\.(test|testdata)\.tsx?$/.test(path);
/** The composition root: main.ts and its folder hand the real parts over, and may import anything. */
export const isRoot = (path: string) => path === 'bot/main.ts' || path.startsWith('bot/compose/');

/** Every import of a file that goes against the arrows of docs/ARCHITECTURE.md. */
export function wrongArrows({ path, imports }: Facts): string[] {
  if (isTest(path)) return [];
  return imports
    .filter(({ internal }) => internal)
    .filter((each) => isTest(each.to) || !allows(path, each))
    .map(({ to, typeOnly }) => `${path} must not import ${to}${typeOnly ? ' (types)' : ''}`);
}

function allows(from: string, { to, typeOnly }: Import): boolean {
  if (to === 'bot/main.ts') return false;
  if (isRoot(to)) return isRoot(from);
  if (isRoot(from)) return true;
  const [top] = from.split('/');
  if (top === 'bot') {
    if (CONTRACT.includes(to)) return typeOnly;
    return inside(to, 'bot') || to === 'knowledge/index.ts' || to === 'prisma/client.ts';
  }
  if (top === 'knowledge') return inside(to, 'knowledge') || to === 'prisma/client.ts';
  if (top === 'prisma') return inside(to, 'prisma');
  return top === 'channels' && channelAllows(from, to);
}

function channelAllows(from: string, to: string): boolean {
  const [, channel = ''] = from.split('/');
  if (CONTRACT.includes(from)) return CONTRACT.includes(to);
  if (channel === 'registry.ts')
    return to === 'channels/channel.ts' || /^channels\/\w+\/channel\.ts$/.test(to);
  // A browser program: it meets the product on the wire only.
  if (channel === 'console') return inside(to, 'channels/console');
  return to === 'channels/channel.ts' || inside(to, 'channels/kit') || inside(to, `channels/${channel}`);
}

/** The contract in three files: what a channel is, what it is offered, what goes to and fro. */
const CONTRACT = ['channels/channel.ts', 'channels/host.ts', 'channels/message.ts'];

export const inside = (path: string, folder: string) => path.startsWith(`${folder}/`);

/**
 * Rules that must stay pure: what they reach at run time, however far, is code of the same kind. Listed by name,
 * so that a new rule file is held to it without anybody thinking of it.
 */
const PURE =
  /^bot\/(.*\/)?(rules|checks|ladder|decide|lifecycle|states|sla|deadlines|primitives|calendar|permissions|backoff)\.ts$|^bot\/dialog\/dates\/|^knowledge\/(lifecycle|article)\.ts$/;
const PURE_PACKAGES = ['temporal-polyfill'];

/** Chains from a pure rule to something that isn't: a store, a wire, the machine. */
export function impureRules(all: readonly Facts[]): string[] {
  const byPath = new Map(all.map((facts) => [facts.path, facts]));
  const found: string[] = [];
  for (const { path } of all.filter(
    (each) => PURE.test(each.path) && !isTest(each.path) && !isRoot(each.path),
  )) {
    const seen = new Set<string>();
    const follow = (at: string, chain: string[]): void => {
      if (seen.has(at)) return;
      seen.add(at);
      const { imports = [], uses = new Set<string>() } = byPath.get(at) ?? {};
      for (const use of uses) found.push(`${[...chain, use].join(' → ')} is not pure`);
      for (const { to, internal, typeOnly } of imports) {
        if (typeOnly || PURE_PACKAGES.includes(to)) continue;
        const next = [...chain, to];
        if (internal && inside(to, path.split('/')[0] ?? '')) follow(to, next);
        else found.push(`${next.join(' → ')} is not pure`);
      }
    };
    follow(path, [path]);
  }
  return found;
}
