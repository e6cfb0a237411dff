import { DownloadOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { useLanguage } from '../i18n/index.tsx';
import { centreWall } from '../ui/words.ts';

/** Some browsers have no picker for months: there it is typed. */
const MONTH = /^\d{4}-\d\d$/;
const FORMATS = ['xlsx', 'csv'] as const;

/** The swap record 换班记录表 of a month, to take away. */
export function SwapRecord() {
  const { t, locale } = useLanguage();
  const [month, setMonth] = useState(() => centreWall(serverNow()).slice(0, 7));
  return (
    <p className="approval-slip approval-record">
      {t('approvals.swapRecord')}
      <Input
        type="month"
        className="approval-date"
        value={month}
        aria-label={t('approvals.swapMonth')}
        onChange={({ target }) => setMonth(target.value)}
      />
      {MONTH.test(month) &&
        FORMATS.map((format) => (
          <a
            key={format}
            href={`/api/v1/swaps/export?${new URLSearchParams({ month, format, language: locale })}`}
            download
            data-testid={`swaps-${format}`}
          >
            <DownloadOutlined aria-hidden /> {format === 'xlsx' ? 'Excel' : 'CSV'}
          </a>
        ))}
    </p>
  );
}
