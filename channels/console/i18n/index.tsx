import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { wire } from '../api/call.ts';
import { en } from './en.ts';
import { type TextKey, type Texts, zhCN } from './zh-CN.ts';

export type { TextKey };
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export type Vars = Readonly<Record<string, string | number>>;
/** A text of the interface with its `{placeholders}` filled. */
export type Translate = (key: TextKey, vars?: Vars) => string;

const TEXTS: Record<Locale, Texts> = { 'zh-CN': zhCN, en };
const STORED = 'yingda.locale';

export function translator(locale: Locale): Translate {
  return (key, vars = {}) =>
    TEXTS[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(vars[name] ?? whole));
}

/** The text for a code that the server may have learnt since: unknown ones are shown as they are. */
export function named(t: Translate, area: string, code: string): string {
  const key = `${area}.${code}`;
  return Object.hasOwn(zhCN, key) ? t(key as TextKey) : code;
}

interface Language {
  locale: Locale;
  t: Translate;
  choose(locale: Locale): void;
  /** Follows the person's own language unless somebody has chosen one in this browser. */
  suggest(locale: string): void;
}

const Context = createContext<Language | undefined>(undefined);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState<Locale>(() => stored() ?? 'zh-CN');
  const language = useMemo<Language>(() => {
    // Before children render: their first calls already carry it.
    wire.locale = locale;
    document.documentElement.lang = locale;
    const t = translator(locale);
    document.title = t('app.title');
    return {
      locale,
      t,
      choose(next) {
        localStorage.setItem(STORED, next);
        setLocale(next);
      },
      suggest(wish) {
        const known = LOCALES.find((each) => each === wish);
        if (known && !stored()) setLocale(known);
      },
    };
  }, [locale]);
  return <Context value={language}>{children}</Context>;
}

function stored(): Locale | undefined {
  const kept = localStorage.getItem(STORED);
  return LOCALES.find((each) => each === kept);
}

export function useLanguage(): Language {
  const language = use(Context);
  if (!language) throw new Error('no LanguageProvider above');
  return language;
}

export const useT = (): Translate => useLanguage().t;
