import { Button, Empty, Result, Spin } from 'antd';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/error.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from './words.ts';

export function Loading() {
  const t = useT();
  return (
    <div className="state" role="status" aria-live="polite">
      <Spin />
      <span className="state-words">{t('app.loading')}</span>
    </div>
  );
}

export function Failed({ error, retry }: { error: ApiError; retry?: () => void }) {
  const t = useT();
  return (
    <Result
      className="state-failed"
      status="warning"
      title={t('app.failed')}
      subTitle={wordsFor(error, t)}
      extra={retry && <Button onClick={retry}>{t('app.retry')}</Button>}
    />
  );
}

export function Nothing({ words, children }: { words: string; children?: ReactNode }) {
  return (
    <div className="state">
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words}>
        {children}
      </Empty>
    </div>
  );
}
