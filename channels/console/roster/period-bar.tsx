import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useLanguage } from '../i18n/index.tsx';
import { beside, type DateWindow, type Unit, windowWords } from './dates.ts';

interface Props {
  unit: Unit;
  date: string;
  window: DateWindow;
  /** By the server's clock; unknown until it has answered. */
  today: string | undefined;
  onDate(date: string): void;
}

/** Which week or month is shown, and the way to another. */
export function PeriodBar({ unit, date, window, today, onDate }: Props) {
  const { t, locale } = useLanguage();
  const within = today !== undefined && window.from <= today && today <= window.to;
  return (
    <div className="roster-period">
      <Button
        icon={<LeftOutlined />}
        aria-label={t(unit === 'week' ? 'roster.weekBefore' : 'roster.monthBefore')}
        onClick={() => onDate(beside(unit, date, -1))}
        data-testid="roster-before"
      />
      <Button disabled={!today || within} onClick={() => today && onDate(today)} data-testid="roster-today">
        {t('roster.today')}
      </Button>
      <Button
        icon={<RightOutlined />}
        aria-label={t(unit === 'week' ? 'roster.weekAfter' : 'roster.monthAfter')}
        onClick={() => onDate(beside(unit, date, 1))}
        data-testid="roster-after"
      />
      <h2 aria-live="polite">{windowWords(unit, window, locale)}</h2>
    </div>
  );
}
