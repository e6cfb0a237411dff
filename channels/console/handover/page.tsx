import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { go, usePlace } from '../app/router.ts';
import { useLanguage, useT } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';
import { Detail } from './detail.tsx';
import { type HandoverItem, shiftWords } from './types.ts';
import '../ui/page.css';
import './handover.css';
import './print.css';

const RENEW_MS = 10_000;
const MOST = 50;

/** 交接班: old records on the left, and the one that goes on, or the one chosen, beside them. */
export default function HandoverPage() {
  const { id } = usePlace();
  const t = useT();
  const [q, setQ] = useState('');
  return (
    <div className="page handover-page">
      <div className="page-head">
        <h1>{t('shell.handover')}</h1>
        <Input.Search
          allowClear
          className="handover-search"
          placeholder={t('handover.search')}
          aria-label={t('handover.search')}
          maxLength={100}
          onSearch={(words) => setQ(words.trim())}
        />
      </div>
      <div className="page-body handover-columns">
        <Records q={q} chosen={id} />
        {id ? <Chosen key={id} id={id} /> : <Current />}
      </div>
    </div>
  );
}

function Records({ q, chosen }: { q: string; chosen: string | undefined }) {
  const { t, locale } = useLanguage();
  const { data, error, reload } = useResource(`handovers ${q}`, (signal) =>
    call('GET /api/v1/handovers', { query: { limit: MOST, ...(q && { q }) } }, { signal }),
  );
  return (
    <nav className="handover-records" aria-label={t('handover.records')} data-testid="handover-records">
      <button
        type="button"
        className="list-row"
        aria-current={!chosen || undefined}
        onClick={() => go('handover')}
      >
        <strong>{t('handover.current')}</strong>
      </button>
      {!data && (error ? <Failed error={error} retry={reload} /> : <Loading />)}
      {data?.handovers.length === 0 && <Nothing words={t('handover.noneFound')} />}
      {data?.handovers.map(({ id, team, changeAt, state, fromShift, toShift }) => (
        <button
          key={id}
          type="button"
          className="list-row"
          aria-current={id === chosen || undefined}
          onClick={() => go('handover', id)}
          data-testid="handover-record"
        >
          <span className="num">
            {momentOf(changeAt, locale)} {team}
          </span>
          <small className="faint">
            {shiftWords(fromShift, toShift, t)} · {t(`handoverState.${state}`)}
          </small>
        </button>
      ))}
    </nav>
  );
}

function Current() {
  const t = useT();
  const { data, error, reload } = useResource('handover current', (signal) =>
    call('GET /api/v1/handovers/current', {}, { signal }),
  );
  useRenewed(reload);
  if (!data) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  const { handover, items, openMinutes: minutes } = data;
  if (!handover) return <Nothing words={t('handover.none', { minutes })} />;
  const over = handover.state === 'accepted' || handover.state === 'decided';
  // Between two handovers the team's list goes on.
  const shown: readonly HandoverItem[] = over ? items : handover.list;
  return <Detail handover={handover} items={shown} editable onChanged={reload} />;
}

function Chosen({ id }: { id: string }) {
  const { data, error, reload } = useResource(`handover ${id}`, (signal) =>
    call('GET /api/v1/handovers/:id', { params: { id } }, { signal }),
  );
  useRenewed(reload);
  if (!data) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  return <Detail handover={data} items={data.list} onChanged={reload} />;
}

/** Colleagues write and take over meanwhile. */
function useRenewed(reload: () => void): void {
  useEffect(() => {
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload]);
}
