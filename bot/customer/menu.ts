import { isBareNumber } from '../dialog/read.ts';
import { t } from '../i18n/index.ts';
import type { MenuItem } from '../policy/schema.ts';
import { type Behind, numbered, offer, type Wire } from './say.ts';
import type { Act, Offer, Talk } from './talk.ts';

/**
 * Shows a menu of the policy; `path` is empty for the main one. 0 is a person in the main menu and the way back in
 * the others: the last offer.
 */
export function showMenu(talk: Talk, path: number[] = [], behind: Behind = {}, greeting = ''): void {
  const { locale, turn } = talk;
  const { title, items } = menuAt(talk, path);
  const heading = title ? t(locale, 'customer.menu_sub', { title }) : t(locale, 'customer.menu_title');
  const words = greeting ? `${greeting}\n${heading}` : heading;
  offerMenu(talk, 'choices', words, itemOffers(talk, items, path), behind);
  turn.note('menu');
}

/** Offers the main menu under other words. */
export function offerMenu(
  talk: Talk,
  outcome: Wire,
  words: string,
  offers = mainOffers(talk),
  extra = {},
): void {
  const [last, rest] = [offers.at(-1), offers.slice(0, -1)];
  offer(talk, outcome, [words, numbered(rest), `0. ${last?.title ?? ''}`].join('\n'), offers, extra);
}

export function mainOffers(talk: Talk): Offer[] {
  return itemOffers(talk, talk.policy.menu.items, []);
}

function itemOffers({ locale }: Talk, items: readonly MenuItem[], path: number[]): Offer[] {
  const zero: Offer =
    path.length === 0
      ? { title: t(locale, 'customer.menu_human'), act: { do: 'handoff' }, zero: true }
      : { title: t(locale, 'customer.menu_back'), act: { do: 'menu', path: [] }, zero: true };
  const offers = items.map((item, index) => {
    return { title: item.title[locale], act: actOf(item, locale, [...path, index]) };
  });
  return [...offers, zero];
}

function actOf(item: MenuItem, locale: 'zh-CN' | 'en', path: number[]): Act {
  if ('items' in item) return { do: 'menu', path };
  if ('form' in item) return { do: 'form', name: item.form };
  if ('ask' in item) return { do: 'ask', text: item.ask[locale] };
  return { do: item.do === 'ticketStatus' ? 'status' : 'handoff' };
}

/** The menu at a path; the main one where the policy has changed meanwhile and the path leads nowhere. */
function menuAt({ policy, locale }: Talk, path: number[]): { title?: string; items: readonly MenuItem[] } {
  let items: readonly MenuItem[] = policy.menu.items;
  let title: string | undefined;
  for (const index of path) {
    const item = items[index];
    if (!item || !('items' in item)) return { items: policy.menu.items };
    items = item.items;
    title = item.title[locale];
  }
  return { items, ...(title && { title }) };
}

/** What a reply picks among the offers: a title, a number, or 0 for the last. */
export function picked(
  offers: readonly Offer[],
  text: string,
  read: (text: string, count: number) => number | undefined,
): Act | undefined {
  const said = plainly(text);
  const titled = offers.find(({ title }) => title.toLowerCase() === said);
  if (titled) return titled.act;
  if (isZero(said)) return zero(offers);
  const number = read(text, hasZero(offers) ? offers.length - 1 : offers.length);
  return number === undefined ? undefined : offers[number - 1]?.act;
}

/** A number that none of the offers has. Where nothing is listed, 0 is the word for the main menu. */
export function strays(offers: readonly Offer[], text: string): boolean {
  return isBareNumber(text) && (!isZero(plainly(text)) || offers.at(-1)?.act.do === 'none');
}

/** Says which numbers there are, and keeps them. */
export function offerAgain(talk: Talk, offers: Offer[]): void {
  const words = t(talk.locale, 'customer.no_such_number');
  if (hasZero(offers)) offerMenu(talk, 'choices', words, offers);
  else offer(talk, 'choices', `${words}\n${numbered(offers)}`, offers);
}

const plainly = (text: string) => text.normalize('NFKC').trim().toLowerCase();
const isZero = (said: string) => /^0[.。]?$/.test(said);

/** A menu's last offer is its 0, and no other number's. */
const hasZero = (offers: readonly Offer[]) => offers.at(-1)?.zero === true;

function zero(offers: readonly Offer[]): Act | undefined {
  const last = offers.at(-1)?.act;
  return last && (last.do === 'handoff' || last.do === 'menu') ? last : undefined;
}
