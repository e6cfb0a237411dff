import { useNow } from '../api/clock.ts';
import type { Limit } from '../api/types.ts';
import { useLanguage } from '../i18n/index.tsx';
import { momentOf, spanWords } from '../ui/words.ts';
import { standingOf } from './limit.ts';

/** The countdown of a limit, in words and in colour. */
export function LimitTag({ limit }: { limit: Limit }) {
  const { t, locale } = useLanguage();
  const now = useNow();
  const { colour, leftMs } = standingOf(limit, now);
  const words =
    leftMs === null
      ? t(`limit.${colour === 'missed' ? 'missed' : 'met'}`)
      : t(leftMs < 0 ? 'limit.over' : 'limit.left', { time: spanWords(Math.abs(leftMs), t) });
  return (
    <span className={`limit limit-${colour} num`} data-colour={colour} title={momentOf(limit.dueAt, locale)}>
      {words}
    </span>
  );
}
