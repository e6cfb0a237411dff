import type { TicketItem } from '../api/types.ts';
import { useLanguage } from '../i18n/index.tsx';
import { momentOf } from '../ui/words.ts';
import { LimitTag } from './limit-tag.tsx';

interface Props {
  tickets: readonly TicketItem[];
  chosen: string | undefined;
  onOpen(id: string): void;
}

/** A plain table: the list is read and clicked, nothing in it is sorted or edited. */
export function TicketTable({ tickets, chosen, onOpen }: Props) {
  const { t } = useLanguage();
  return (
    <table className="table" data-testid="tickets-table">
      <thead>
        <tr>
          <th scope="col">{t('tickets.number')}</th>
          <th scope="col">{t('ticket.kind')}</th>
          <th scope="col">{t('ticket.description')}</th>
          <th scope="col">{t('tickets.state')}</th>
          <th scope="col">{t('tickets.owner')}</th>
          <th scope="col">{t('tickets.dispatchLimit')}</th>
          <th scope="col">{t('tickets.handleLimit')}</th>
          <th scope="col">{t('tickets.createdAt')}</th>
        </tr>
      </thead>
      <tbody>
        {tickets.map((ticket) => (
          <Row key={ticket.id} ticket={ticket} current={ticket.id === chosen} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  ticket: TicketItem;
  current: boolean;
  onOpen(id: string): void;
}

function Row({ ticket, current, onOpen }: RowProps) {
  const { t, locale } = useLanguage();
  const { id, number, kind, category, description, state, owner, department, dispatch, due, createdAt } =
    ticket;
  return (
    // The button in the first cell is the keyboard’s way; the row only makes the mouse’s target larger.
    <tr
      data-testid="ticket-row"
      data-number={number}
      className={current ? 'ticket-row row-current' : 'ticket-row'}
      onClick={() => onOpen(id)}
    >
      <td>
        <button type="button" className="link num" onClick={() => onOpen(id)} data-testid="ticket-open">
          {number}
        </button>
      </td>
      <td>
        {kind.name}
        <small>{category.name}</small>
      </td>
      <td className="cell-text">{description}</td>
      <td>
        <span className={`ticket-state ticket-state-${state}`}>{t(`ticketState.${state}`)}</span>
      </td>
      <td>
        {owner?.name ?? <span className="faint">{t('tickets.nobody')}</span>}
        {department && <small>{department.name}</small>}
      </td>
      <td>
        <LimitTag limit={dispatch} />
      </td>
      <td>
        <LimitTag limit={due} />
      </td>
      <td className="num">{momentOf(createdAt, locale)}</td>
    </tr>
  );
}
