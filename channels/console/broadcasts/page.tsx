import { Button } from 'antd';
import { useEffect } from 'react';
import { call } from '../api/call.ts';
import type { BroadcastItem } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { go, usePlace } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { useLanguage, useT } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';
import { BroadcastDrawer, NEW } from './drawer.tsx';
import '../ui/page.css';
import './broadcasts.css';

const RENEW_MS = 10_000;
const MOST = 100;

/** 群发: the list, and one broadcast beside it. */
export default function BroadcastsPage() {
  const { id } = usePlace();
  const t = useT();
  const { can } = useSession();
  const list = useResource('broadcasts', (signal) =>
    call('GET /api/v1/broadcasts', { query: { limit: MOST } }, { signal }),
  );
  const { data, error, reload } = list;
  useEffect(() => {
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.broadcasts')}</h1>
        {can('broadcast.write') && (
          <Button
            type="primary"
            className="broadcast-new"
            onClick={() => go('broadcasts', NEW)}
            data-testid="broadcast-new"
          >
            {t('broadcasts.new')}
          </Button>
        )}
      </div>
      <div className="page-body">
        {!data && (error ? <Failed error={error} retry={reload} /> : <Loading />)}
        {data?.broadcasts.length === 0 && <Nothing words={t('broadcasts.none')} />}
        {data && data.broadcasts.length > 0 && <Table rows={data.broadcasts} chosen={id} />}
      </div>
      {id && <BroadcastDrawer key={id} id={id} onClose={() => go('broadcasts')} onChanged={reload} />}
    </div>
  );
}

function Table({ rows, chosen }: { rows: readonly BroadcastItem[]; chosen: string | undefined }) {
  const { t, locale } = useLanguage();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('broadcasts.name')}</th>
          <th scope="col">{t('broadcasts.state')}</th>
          <th scope="col">{t('broadcasts.recipients')}</th>
          <th scope="col">{t('broadcasts.account')}</th>
          <th scope="col">{t('broadcasts.author')}</th>
          <th scope="col">{t('broadcasts.approver')}</th>
          <th scope="col">{t('broadcasts.createdAt')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, title, state, recipients, account, accountName, author, approver, createdAt }) => (
          // The button in the first cell is the keyboard’s way; the row only makes the mouse’s target larger.
          <tr
            key={id}
            className={id === chosen ? 'broadcast-row row-current' : 'broadcast-row'}
            onClick={() => go('broadcasts', id)}
            data-testid="broadcast-row"
          >
            <td>
              <button type="button" className="link" onClick={() => go('broadcasts', id)}>
                {title}
              </button>
            </td>
            <td>{t(`broadcastState.${state}`)}</td>
            <td className="num">{recipients}</td>
            <td>{accountName ?? account}</td>
            <td>{author}</td>
            <td>{approver ?? '–'}</td>
            <td className="num">{momentOf(createdAt, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
