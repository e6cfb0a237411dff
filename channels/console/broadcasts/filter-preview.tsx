import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import type { Criteria } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { named, type Translate, useLanguage } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';
import { Counts } from './counts.tsx';

const PAUSE_MS = 300;

/** Whom a filter finds now: how many, who is left out, and a few of them, masked. */
export function FilterPreview({ account, criteria }: { account: string; criteria: Criteria }) {
  const { t, locale } = useLanguage();
  const body = useSettled({ account, criteria });
  const { data, error, reload } = useResource(JSON.stringify(body), (signal) =>
    call('POST /api/v1/broadcast-filters/preview', { body }, { signal }),
  );
  if (!data) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  const { found, sample } = data;
  return (
    <div data-testid="filter-found" aria-live="polite">
      <p>
        {t('broadcasts.filterFound', { lines: found.lines, usable: found.usable })} <Counts found={found} />
      </p>
      {sample.length > 0 && (
        <ul className="filter-sample">
          {sample.map(({ address, tier, region, locale: speaks, lastAt }) => (
            <li key={`${address} ${lastAt}`}>
              <span className="num">{address}</span>
              <span>{named(t, 'tier', tier)}</span>
              <span>{region ?? '–'}</span>
              <span>{named(t, 'language', speaks)}</span>
              <span className="faint num">
                {lastAt === null ? t('broadcasts.never') : momentOf(lastAt, locale)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What a filter asks, in words. */
export function filterWords({ tiers, regions, locales, ...more }: Criteria, t: Translate): string {
  const list = (label: string, words: string[]) =>
    words.length > 0 ? [`${label} ${words.join(' / ')}`] : [];
  const days = (name: 'contactedWithin' | 'silentFor') =>
    more[name] === null ? [] : [`${t(`broadcasts.${name}`)} ${more[name]} ${t('broadcasts.days')}`];
  const words = [
    ...list(
      t('broadcasts.tiers'),
      tiers.map((tier) => named(t, 'tier', tier)),
    ),
    ...list(t('broadcasts.regions'), regions),
    ...list(
      t('broadcasts.locales'),
      locales.map((locale) => named(t, 'language', locale)),
    ),
    ...days('contactedWithin'),
    ...days('silentFor'),
    ...(more.openTicket === null
      ? []
      : [t(more.openTicket ? 'broadcasts.ticketOpen' : 'broadcasts.ticketNone')]),
  ];
  return words.length > 0 ? words.join(' · ') : t('broadcasts.everybody');
}

/** The value once it has stood still for a moment: who types a number isn't counted at every digit. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const key = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says when the value is another one
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return settled;
}
