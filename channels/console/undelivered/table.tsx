import type { Undelivered } from '../api/types.ts';
import { PlaceLink } from '../app/place-link.tsx';
import { useSession } from '../app/session.tsx';
import { useLanguage } from '../i18n/index.tsx';
import { accountWords, momentOf } from '../ui/words.ts';
import { Resend } from './resend.tsx';

interface Props {
  deliveries: readonly Undelivered[];
  onResent(): void;
}

export function UndeliveredTable({ deliveries, onResent }: Props) {
  const { t } = useLanguage();
  return (
    <table className="table undelivered" data-testid="undelivered-table">
      <thead>
        <tr>
          <th scope="col">{t('undelivered.at')}</th>
          <th scope="col">{t('undelivered.account')}</th>
          <th scope="col">{t('undelivered.text')}</th>
          <th scope="col">{t('undelivered.reason')}</th>
          <th scope="col">{t('undelivered.acts')}</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} onResent={onResent} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ delivery, onResent }: { delivery: Undelivered; onResent(): void }) {
  const { t, locale } = useLanguage();
  const { can } = useSession();
  const { conversationId, account, accountName, text, why, error, attempts, endedAt, resentAt } = delivery;
  return (
    <tr data-testid="undelivered-row">
      <td className="num undelivered-at">
        {momentOf(endedAt, locale)}
        {attempts > 1 && <small>{t('undelivered.attempts', { count: attempts })}</small>}
      </td>
      <td>
        {accountWords(account, accountName, t)}
        <small>{t(`undelivered.class.${delivery.class}`)}</small>
      </td>
      <td>
        <p className="undelivered-text">{text || t('undelivered.noText')}</p>
        {can('desk.read') && (
          <PlaceLink page="desk" id={conversationId} testId="undelivered-conversation">
            {t('tickets.toConversation')}
          </PlaceLink>
        )}
      </td>
      <td>
        <strong>{t(`undelivered.why.${why}`)}</strong>
        {resentAt === null && <small>{t(`undelivered.todo.${why}`)}</small>}
        {error && <code className="undelivered-error">{error}</code>}
      </td>
      <td className="undelivered-acts">
        <Resend delivery={delivery} onResent={onResent} />
      </td>
    </tr>
  );
}
