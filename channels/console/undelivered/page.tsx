import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect } from 'react';
import { call } from '../api/call.ts';
import type { Undelivered } from '../api/types.ts';
import { type PagedList, usePages } from '../api/use-pages.ts';
import { useT } from '../i18n/index.tsx';
import { Notice } from '../ui/notice.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { wordsFor } from '../ui/words.ts';
import { UndeliveredTable } from './table.tsx';
import '../ui/page.css';
import './undelivered.css';

const PAGE = 50;
/** No live event tells of a failed delivery. */
const RENEW_MS = 60_000;

/** 未送达: what did not reach people, why, and sending it again. */
export default function UndeliveredPage() {
  const t = useT();
  const list = usePages('undelivered', async (cursor) => {
    const query = { limit: PAGE, ...(cursor && { cursor }) };
    const { deliveries, next } = await call('GET /api/v1/deliveries/undelivered', { query });
    return { items: deliveries, next };
  });
  const { reload } = list;
  useEffect(() => {
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.undelivered')}</h1>
        <p className="undelivered-why">{t('undelivered.what')}</p>
        <Button
          icon={<ReloadOutlined />}
          onClick={reload}
          loading={list.busy}
          data-testid="undelivered-reload"
        >
          {t('undelivered.reload')}
        </Button>
      </div>
      {list.items && list.error && <Notice kind="warning">{wordsFor(list.error, t)}</Notice>}
      <div className="page-body">
        <Body list={list} />
      </div>
    </div>
  );
}

function Body({ list: { items, error, more, busy, reload } }: { list: PagedList<Undelivered> }) {
  const t = useT();
  if (!items) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  if (items.length === 0) return <Nothing words={t('undelivered.none')} />;
  return (
    <>
      <UndeliveredTable deliveries={items} onResent={reload} />
      {more && (
        <Button className="page-more" onClick={more} loading={busy} data-testid="undelivered-more">
          {t('tickets.more')}
        </Button>
      )}
    </>
  );
}
