import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { PlaceLink } from '../app/place-link.tsx';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { LimitTag } from '../tickets/limit-tag.tsx';
import { wordsFor } from '../ui/words.ts';
import '../tickets/limit.css';

const CreateTicket = lazy(async () => ({
  default: (await import('../tickets/create-dialog.tsx')).CreateTicket,
}));

interface Props {
  conversationId: string;
  onTickets(listener: () => void): () => void;
}

/** Tickets that came out of this conversation, and making one. */
export function ConversationTickets({ conversationId, onTickets }: Props) {
  const t = useT();
  const { can } = useSession();
  const [creating, setCreating] = useState(false);
  const list = useResource(`tickets of ${conversationId}`, (signal) =>
    call('GET /api/v1/tickets', { query: { conversation: conversationId, limit: 20 } }, { signal }),
  );
  const { reload } = list;
  useEffect(() => onTickets(reload), [onTickets, reload]);
  return (
    <section>
      <h2>{t('context.tickets')}</h2>
      {list.error && <p role="alert">{wordsFor(list.error, t)}</p>}
      {list.data?.tickets.length === 0 && <p className="faint">{t('context.noTickets')}</p>}
      <ul className="context-tickets">
        {list.data?.tickets.map(({ id, number, kind, state, dispatch }) => (
          <li key={id}>
            <PlaceLink page="tickets" id={id} className="num" testId="conversation-ticket">
              {number}
            </PlaceLink>
            <span>
              {kind.name} · {t(`ticketState.${state}`)}
            </span>
            <LimitTag limit={dispatch} />
          </li>
        ))}
      </ul>
      {can('ticket.create') && (
        <Button icon={<PlusOutlined />} onClick={() => setCreating(true)} data-testid="create-ticket">
          {t('desk.ticketCreate')}
        </Button>
      )}
      {creating && (
        <Suspense>
          <CreateTicket
            conversationId={conversationId}
            onClose={() => setCreating(false)}
            onCreated={reload}
          />
        </Suspense>
      )}
    </section>
  );
}
