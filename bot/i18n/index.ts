import * as en from './en/index.ts';
import type { PlaceholdersIn, Vars } from './types.ts';
import * as zhCN from './zh-CN/index.ts';

export type { Translation, Vars } from './types.ts';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

type Source = typeof zhCN;
type Area = keyof Source;

/** Every text's address, `area.key`, derived from the zh-CN files (the source language). */
export type TextKey = { [A in Area]: `${A & string}.${keyof Source[A] & string}` }[Area];

type TextAt<Key> = Key extends `${infer A}.${infer Name}`
  ? A extends Area
    ? Source[A][Name & keyof Source[A]]
    : never
  : never;

/** The placeholders that the zh-CN text of this key has. */
export type PlaceholdersOf<Key extends TextKey> = PlaceholdersIn<TextAt<Key> & string>;

type Fill<Key extends TextKey> = [PlaceholdersOf<Key>] extends [never]
  ? [vars?: Vars]
  : [vars: Readonly<Record<PlaceholdersOf<Key>, string | number>> & Vars];

const texts: Record<Locale, Record<string, Record<string, string>>> = { 'zh-CN': { ...zhCN }, en: { ...en } };

/**
 * The text of `key` in `locale`, its `{name}` placeholders filled. For a key written in the code the
 * compiler demands exactly the placeholders that the zh-CN text has.
 */
export function t<Key extends TextKey>(locale: Locale, key: Key, ...fill: Fill<Key>): string {
  return say(locale, key, fill[0]);
}

/** As `t`, for a key that travels in data (a rule's quote): its variables are checked by tests only. */
export function say(locale: Locale, key: TextKey, vars: Vars = {}): string {
  const dot = key.indexOf('.');
  const text = texts[locale][key.slice(0, dot)]?.[key.slice(dot + 1)];
  // The types forbid an unknown key; should one arrive from stored data, showing it beats failing a turn.
  return text === undefined ? key : fillPlaceholders(text, vars);
}

/** Replaces `{name}` by its value; a name without a value stays visible. Wording of entries uses it too. */
export function fillPlaceholders(text: string, vars: Vars): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(vars, name) ? String(vars[name]) : whole,
  );
}

/** True when `key` is the address of a text: for keys read back from the database. */
export function isTextKey(key: string): key is TextKey {
  const dot = key.indexOf('.');
  return Object.hasOwn(texts['zh-CN'][key.slice(0, dot)] ?? {}, key.slice(dot + 1));
}

/** Maps a browser's or channel's language tag (`zh-Hans`, `en-GB`, …) to one of ours; Chinese by default. */
export function localeOf(tag: string | undefined | null): Locale {
  return /^en\b/i.test(tag ?? '') ? 'en' : 'zh-CN';
}
