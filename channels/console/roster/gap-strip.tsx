import { CheckOutlined, WarningOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { useLanguage } from '../i18n/index.tsx';
import { type DateWindow, dayWords, plusDays, type Unit } from './dates.ts';
import { missing, worstOf } from './gap.ts';
import { HeadcountDialog } from './headcount-dialog.tsx';
import type { Headcount, Roster } from './types.ts';

interface Props {
  window: DateWindow;
  unit: Unit;
  roster: Pick<Roster, 'today' | 'through'>;
}

/** Under the dates: the hour of each day in which the centre is shortest of people. Pressed, it shows the day. */
export function GapStrip({ window, unit, roster }: Props) {
  const { t } = useLanguage();
  const [shown, setShown] = useState<string>();
  const { data } = useResource(`headcount ${window.from} ${window.to}`, (signal) =>
    call('GET /api/v1/roster/headcount', { query: window }, { signal }),
  );
  // Its place is kept from the first: rows that move down under the pointer are pressed by mistake.
  const days: string[] = [];
  for (let date = window.from; date <= window.to; date = plusDays(date, 1)) days.push(date);
  return (
    <>
      <tr className="roster-gaps" data-testid="roster-gaps">
        <th scope="row" title={t('roster.gapWhat')}>
          {t('roster.gap')}
        </th>
        {days.map((date) => (
          <td key={date}>
            {/* What is over can't be mended, and where nothing is planned yet everybody lacks. */}
            {data && date >= roster.today && date <= (roster.through ?? '') && (
              <DayGap {...{ data, date }} compact={unit === 'month'} onShow={() => setShown(date)} />
            )}
          </td>
        ))}
      </tr>
      {data && shown && (
        <HeadcountDialog
          headcount={data}
          date={shown}
          onDate={setShown}
          onClose={() => setShown(undefined)}
        />
      )}
    </>
  );
}

interface DayGapProps {
  data: Headcount;
  date: string;
  compact: boolean;
  onShow(): void;
}

function DayGap({ data, date, compact, onShow }: DayGapProps) {
  const { t, locale } = useLanguage();
  const worst = worstOf(data.hours.filter((hour) => hour.date === date));
  const none = data.weeks === 0;
  const words = none
    ? t('roster.gapNoHistory')
    : worst
      ? t('roster.gapWorst', { n: missing(worst), hour: worst.hour })
      : t('roster.gapNone');
  const mark = none ? '–' : worst ? `−${Math.ceil(missing(worst))}` : <CheckOutlined aria-hidden />;
  return (
    <button
      type="button"
      className={`roster-gap ${none ? '' : worst ? 'roster-gap-short' : 'roster-gap-enough'}`}
      aria-label={`${dayWords(date, locale)} ${words}`}
      title={compact ? words : undefined}
      onClick={onShow}
      data-testid={`gap-${date}`}
    >
      {!compact && !none && (worst ? <WarningOutlined aria-hidden /> : <CheckOutlined aria-hidden />)}
      {compact ? mark : words}
    </button>
  );
}
