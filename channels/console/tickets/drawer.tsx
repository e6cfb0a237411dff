import { Button, Drawer } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { call } from '../api/call.ts';
import type { TicketDetail } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { go } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { named, useLanguage } from '../i18n/index.tsx';
import { Files } from '../ui/files.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';
import { TicketActs } from './acts.tsx';
import { Contact } from './contact.tsx';
import { LimitTag } from './limit-tag.tsx';

interface Props {
  id: string;
  /** Raised when the ticket may have changed. */
  round: number;
  onClose(): void;
  onChanged(): void;
}

export function TicketDrawer({ id, round, onClose, onChanged }: Props) {
  const { t } = useLanguage();
  const ticket = useResource(`ticket ${id}`, (signal) =>
    call('GET /api/v1/tickets/:id', { params: { id } }, { signal }),
  );
  useRenewed(round, ticket.reload);
  const changed = (next: TicketDetail) => {
    ticket.set(next);
    onChanged();
  };
  return (
    <Drawer
      open
      rootStyle={{ top: 52 }}
      onClose={onClose}
      size={520}
      title={ticket.data?.number ?? t('shell.tickets')}
      mask={false}
    >
      <div data-testid="ticket-drawer">
        {ticket.loading && <Loading />}
        {ticket.data ? (
          <Detail ticket={ticket.data} onChanged={changed} onStale={ticket.reload} />
        ) : (
          ticket.error && <Failed error={ticket.error} retry={ticket.reload} />
        )}
      </div>
    </Drawer>
  );
}

function useRenewed(round: number, reload: () => void): void {
  const last = useRef(round);
  useEffect(() => {
    if (last.current === round) return;
    last.current = round;
    reload();
  }, [round, reload]);
}

interface DetailProps {
  ticket: TicketDetail;
  onChanged(next: TicketDetail): void;
  /** Somebody else changed it meanwhile. */
  onStale(): void;
}

function Detail({ ticket, onChanged, onStale }: DetailProps) {
  const { t, locale } = useLanguage();
  const { can } = useSession();
  const { kind, category, state, owner, department, dispatch, due, createdAt, conversationId } = ticket;
  return (
    <div className="ticket">
      <dl className="facts">
        <Fact label={t('tickets.state')}>
          <span className={`ticket-state ticket-state-${state}`} data-testid="ticket-state">
            {t(`ticketState.${state}`)}
          </span>
        </Fact>
        <Fact label={t('ticket.kind')}>
          {kind.name} · {category.name}
        </Fact>
        <Fact label={t('tickets.owner')}>{owner?.name ?? t('tickets.nobody')}</Fact>
        <Fact label={t('tickets.department')}>{department?.name ?? t('tickets.notDispatched')}</Fact>
        <Fact label={t('tickets.dispatchLimit')}>
          {momentOf(dispatch.dueAt, locale)} <LimitTag limit={dispatch} />
        </Fact>
        <Fact label={t('tickets.handleLimit')}>
          {momentOf(due.dueAt, locale)} <LimitTag limit={due} />
        </Fact>
        <Fact label={t('tickets.createdAt')}>{momentOf(createdAt, locale)}</Fact>
        <Fact label={t('ticket.contact')}>
          <Contact ticketId={ticket.id} masked={ticket.contact} />
        </Fact>
      </dl>
      <section>
        <h2>{t('ticket.description')}</h2>
        <p className="plain">{ticket.description}</p>
        <Files files={ticket.files} />
        {conversationId && can('desk.read') && (
          <Button type="link" size="small" className="flush" onClick={() => go('desk', conversationId)}>
            {t('tickets.toConversation')}
          </Button>
        )}
      </section>
      <TicketActs ticket={ticket} onChanged={onChanged} onStale={onStale} />
      <Steps steps={ticket.steps} />
    </div>
  );
}

function Steps({ steps }: { steps: TicketDetail['steps'] }) {
  const { t, locale } = useLanguage();
  return (
    <section>
      <h2>{t('tickets.steps')}</h2>
      <ol className="steps" data-testid="ticket-steps">
        {steps.map(({ kind, by, name, note, at }) => (
          <li key={`${at} ${kind} ${note}`}>
            <span className="step-head">
              <strong>{named(t, 'step', kind)}</strong>
              <span>{name ?? named(t, 'actor', by)}</span>
              <time className="num">{momentOf(at, locale)}</time>
            </span>
            {note && <p className="plain">{note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}
