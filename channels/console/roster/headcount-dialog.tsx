import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useLanguage } from '../i18n/index.tsx';
import { dayWords, plusDays } from './dates.ts';
import { missing, stretchesOf } from './gap.ts';
import { HeadcountChart } from './headcount-chart.tsx';
import type { Headcount } from './types.ts';

interface Props {
  headcount: Headcount;
  date: string;
  onDate(date: string): void;
  onClose(): void;
}

/** A day, hour by hour: how many people it needs and how many it has, as a picture and in words. */
export function HeadcountDialog({ headcount, date, onDate, onClose }: Props) {
  const { t, locale } = useLanguage();
  const hours = headcount.hours.filter((hour) => hour.date === date);
  const stretches = stretchesOf(hours);
  const { weeks, serviceLevel, withinSeconds, handleSeconds, measured } = headcount;
  const step = (days: -1 | 1) => {
    const to = plusDays(date, days);
    const there = headcount.hours.some((hour) => hour.date === to);
    return (
      <Button
        size="small"
        icon={days < 0 ? <LeftOutlined /> : <RightOutlined />}
        aria-label={t(days < 0 ? 'roster.dayBefore' : 'roster.dayAfter')}
        disabled={!there}
        onClick={() => onDate(to)}
      />
    );
  };
  return (
    <Modal open width={760} title={t('roster.headcount')} footer={null} onCancel={onClose}>
      <div className="headcount" data-testid="headcount">
        <h3>
          {step(-1)}
          <span aria-live="polite">{dayWords(date, locale)}</span>
          {step(1)}
        </h3>
        <ul className="headcount-words" data-testid="headcount-words">
          {stretches.map(({ from, to, most }) => (
            <li key={from}>{t('roster.gapStretch', { from, to, n: most })}</li>
          ))}
          {stretches.length === 0 && <li>{t(weeks > 0 ? 'roster.gapEnough' : 'roster.gapNoHistoryYet')}</li>}
        </ul>
        <HeadcountChart hours={hours} />
        {weeks > 0 && (
          <p className="faint">
            {t('roster.gapBasis', {
              weeks,
              level: Math.round(serviceLevel * 100),
              seconds: withinSeconds,
              handle: handleSeconds,
              how: t(measured ? 'roster.measured' : 'roster.assumed'),
            })}
          </p>
        )}
        <details>
          <summary>{t('roster.asTable')}</summary>
          <HourTable hours={hours} />
        </details>
      </div>
    </Modal>
  );
}

function HourTable({ hours }: { hours: Headcount['hours'] }) {
  const { t } = useLanguage();
  return (
    <table className="table headcount-table">
      <thead>
        <tr>
          <th scope="col">{t('roster.hour')}</th>
          <th scope="col">{t('roster.contacts')}</th>
          <th scope="col">{t('roster.required')}</th>
          <th scope="col">{t('roster.rostered')}</th>
          <th scope="col">{t('roster.short')}</th>
        </tr>
      </thead>
      <tbody className="num">
        {hours.map((each) => (
          <tr key={each.hour}>
            <td>{t('roster.hourSpan', { from: each.hour, to: each.hour + 1 })}</td>
            <td>{Math.round(each.contacts * 10) / 10}</td>
            <td>{each.required}</td>
            <td>{each.rostered}</td>
            <td>{missing(each) || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
