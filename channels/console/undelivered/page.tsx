import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import type { Undelivered } from '../api/types.ts';
import { type PagedList, usePages } from '../api/use-pages.ts';
import { useT } from '../i18n/index.tsx';
import { Notice } from '../ui/notice.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { wordsFor } from '../ui/words.ts';
import { type AccountNames, Filters, type Which } from './filters.tsx';
import { ResendAll } from './resend-all.tsx';
import { UndeliveredTable } from './table.tsx';
import '../ui/page.css';
import './undelivered.css';

const PAGE = 50;
/** No live event tells of a failed delivery. */
const RENEW_MS = 60_000;

/** 未送达: what did not reach people, why, and sending it again. */
export default function UndeliveredPage() {
  const t = useT();
  const [which, setWhich] = useState<Which>({});
  const [resendable, setResendable] = useState(0);
  const [accounts, setAccounts] = useState<AccountNames>(new Map());
  const list = usePages(`undelivered ${JSON.stringify(which)}`, async (cursor) => {
    const query = { limit: PAGE, ...which, ...(cursor && { cursor }) };
    const page = await call('GET /api/v1/deliveries/undelivered', { query });
    setResendable(page.resendable);
    setAccounts(
      (had) => new Map([...had, ...page.deliveries.map((d) => [d.account, d.accountName] as const)]),
    );
    return { items: page.deliveries, next: page.next };
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
      <div className="undelivered-bar">
        <Filters which={which} onChange={setWhich} accounts={accounts} />
        <ResendAll which={which} count={resendable} onResent={reload} />
      </div>
      {list.items && list.error && <Notice kind="warning">{wordsFor(list.error, t)}</Notice>}
      <div className="page-body">
        <Body list={list} filtered={Object.keys(which).length > 0} />
      </div>
    </div>
  );
}

interface BodyProps {
  list: PagedList<Undelivered>;
  filtered: boolean;
}

function Body({ list: { items, error, more, busy, reload }, filtered }: BodyProps) {
  const t = useT();
  if (!items) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  if (items.length === 0)
    return <Nothing words={t(filtered ? 'undelivered.noneSuch' : 'undelivered.none')} />;
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
