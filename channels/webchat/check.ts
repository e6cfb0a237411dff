import type { Account, Finding } from '../channel.ts';
import type { Settings } from './settings.ts';

/** What keeps the sites of the channels' file from being used, or where to put them. There is no platform to ask. */
export function check(accounts: readonly Account[], publicUrl: string | undefined): Finding[] {
  const names = new Map<string, string>();
  return accounts.flatMap((account) => {
    const told = (ok: boolean, text: string): Finding => ({ account: account.id, ok, text });
    const name = (account.settings as Settings).site ?? account.id;
    const other = names.get(name);
    names.set(name, other ?? account.id);
    if (other) return [told(false, `site is "${name}", as that of ${other}: only the first is there.`)];
    if (account.audience === 'staff')
      return [told(true, `The colleagues' chat is ${publicUrl ?? ''}/staff.`)];
    return customers(account.settings as Settings, name, publicUrl).map(([ok, text]) => told(ok, text));
  });
}

function customers(
  { origins, secret }: Settings,
  name: string,
  publicUrl: string | undefined,
): [boolean, string][] {
  const found: [boolean, string][] = [];
  if (!publicUrl)
    found.push([false, 'PUBLIC_URL is not set: other pages have no address to load the chat from.']);
  else if (publicUrl.startsWith('http:') && origins.some((origin) => origin.startsWith('https:')))
    found.push([false, `PUBLIC_URL is ${publicUrl}: pages on https load nothing from http.`]);
  if (origins.length === 0)
    found.push([
      false,
      'origins is empty: no page but our own may embed it. List the origins of your pages.',
    ]);
  if (origins.includes('*')) found.push([true, 'origins has *: any page may embed it.']);
  if (!secret)
    found.push([true, 'secret is not set: visitors are nobody in particular, userTokens are refused.']);
  if (found.every(([ok]) => ok))
    found.push([
      true,
      `Put into the pages: <script src="${publicUrl}/widget.js" data-site="${name}" async></script>`,
    ]);
  return found;
}
