import { Button, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import type { TicketState } from '../api/types.ts';
import { go, usePlace } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { useLive } from '../live/use-live.ts';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { TicketDrawer } from './drawer.tsx';
import { TicketTable } from './table.tsx';
import { type TicketFilter, useTickets } from './use-tickets.ts';
import '../ui/page.css';
import './tickets.css';

const STATES = ['open', 'dispatched', 'answered', 'closed'] as const satisfies readonly TicketState[];
/** Colours of limits turn with time, without any event. */
const RENEW_MS = 60_000;

/** 工单: the list with its limits, and one ticket beside it. */
export default function TicketsPage() {
  const { id } = usePlace();
  const { can } = useSession();
  const [filter, setFilter] = useState<TicketFilter>({ state: undefined, owner: undefined });
  const list = useTickets(filter);
  const [round, setRound] = useState(0);
  const renew = () => {
    list.reload();
    setRound((n) => n + 1);
  };
  useLive(can('live.ticket') ? ['tickets'] : [], { onEvent: renew, onResync: renew });
  const { reload } = list;
  useEffect(() => {
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <div className="page">
      <Filters filter={filter} onChange={setFilter} />
      <div className="page-body">
        <Body list={list} chosen={id} />
      </div>
      {id && <TicketDrawer id={id} round={round} onClose={() => go('tickets')} onChanged={list.reload} />}
    </div>
  );
}

function Filters({ filter, onChange }: { filter: TicketFilter; onChange(filter: TicketFilter): void }) {
  const t = useT();
  const all = { value: 'all', label: t('tickets.all') };
  return (
    <div className="page-head">
      <h1>{t('shell.tickets')}</h1>
      <Segmented
        aria-label={t('tickets.state')}
        value={filter.state ?? 'all'}
        options={[
          all,
          ...STATES.map((value) => ({
            value,
            label: <span data-testid={`filter-${value}`}>{t(`ticketState.${value}`)}</span>,
          })),
        ]}
        onChange={(next) =>
          onChange({ ...filter, state: next === 'all' ? undefined : (next as TicketState) })
        }
      />
      <Segmented
        aria-label={t('tickets.owner')}
        value={filter.owner ?? 'all'}
        options={[
          all,
          { value: 'me', label: t('tickets.mine') },
          { value: 'none', label: t('tickets.nobodys') },
        ]}
        onChange={(next) => onChange({ ...filter, owner: next === 'all' ? undefined : (next as 'me') })}
      />
    </div>
  );
}

function Body({ list, chosen }: { list: ReturnType<typeof useTickets>; chosen: string | undefined }) {
  const t = useT();
  const { items: tickets, error, more, busy, reload } = list;
  if (!tickets) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  if (tickets.length === 0) return <Nothing words={t('tickets.none')} />;
  return (
    <>
      <TicketTable tickets={tickets} chosen={chosen} onOpen={(id) => go('tickets', id)} />
      {more && (
        <Button className="page-more" onClick={more} loading={busy}>
          {t('tickets.more')}
        </Button>
      )}
    </>
  );
}
