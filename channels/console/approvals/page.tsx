import { Segmented } from 'antd';
import { useEffect } from 'react';
import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { go, usePlace } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { Holidays } from './holidays.tsx';
import { LeaveList } from './list.tsx';
import { SwapRecord } from './swap-record.tsx';
import '../ui/page.css';
import './approvals.css';

const RENEW_MS = 10_000;
const VIEWS = ['waiting', 'team', 'mine', 'holidays'] as const;
type View = (typeof VIEWS)[number];
const NOTHING = {
  waiting: 'approvals.noWaiting',
  team: 'approvals.noTeam',
  mine: 'approvals.noMine',
} as const;

/** 审批: what waits for me, my team's leave, my own requests, and the public holidays. */
export default function ApprovalsPage() {
  const { id } = usePlace();
  const t = useT();
  const { can } = useSession();
  const own = VIEWS.filter((view) => view !== 'team' || can('leave.manage'));
  const view = own.find((each) => each === id) ?? 'waiting';
  const options = own.map((value) => ({ value, label: t(`approvals.${value}`) }));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.approvals')}</h1>
        <Segmented<View> options={options} value={view} onChange={(next) => go('approvals', next)} />
        {can('swap.read') && <SwapRecord />}
      </div>
      <div className="page-body">
        {view === 'holidays' ? <Holidays /> : <Leaves key={view} view={view} />}
      </div>
    </div>
  );
}

function Leaves({ view }: { view: Exclude<View, 'holidays'> }) {
  const t = useT();
  const { data, error, reload } = useResource(`leaves ${view}`, (signal) =>
    call('GET /api/v1/leaves', { query: { view } }, { signal }),
  );
  useEffect(() => {
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!data) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  if (data.leaves.length === 0) return <Nothing words={t(NOTHING[view])} />;
  return <LeaveList leaves={data.leaves} onChanged={reload} />;
}
