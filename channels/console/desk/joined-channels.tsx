import { App, Button } from 'antd';
import { call } from '../api/call.ts';
import { asApiError } from '../api/error.ts';
import { useResource } from '../api/use-resource.ts';
import { PlaceLink } from '../app/place-link.tsx';
import { useSession } from '../app/session.tsx';
import { useLanguage } from '../i18n/index.tsx';
import { accountWords, momentOf, wordsFor } from '../ui/words.ts';

interface Props {
  conversationId: string;
  /** Null: this address was never joined to another. */
  customerId: string | null;
  /** The conversation's customer is another one now. */
  onParted(): void;
}

/** 客户的其他渠道: where the same customer also writes, as far as they have joined it themselves. */
export function JoinedChannels({ conversationId, customerId, onParted }: Props) {
  const { t, locale } = useLanguage();
  const { can } = useSession();
  const joined = useResource(customerId ? `joined ${conversationId} ${customerId}` : undefined, (signal) =>
    call('GET /api/v1/conversations/:id/joined', { params: { id: conversationId } }, { signal }),
  );
  const others = joined.data?.conversations ?? [];
  if (!joined.error && others.length === 0) return null;
  return (
    <section data-testid="joined">
      <h2>{t('joined.title')}</h2>
      {joined.error && <p role="alert">{wordsFor(joined.error, t)}</p>}
      <ul className="context-joined">
        {others.map(({ conversationId: id, account, name, lastAt }) => (
          <li key={id}>
            <PlaceLink page="desk" id={id} testId="joined-conversation">
              {accountWords(account, name, t)}
            </PlaceLink>
            {lastAt !== null && (
              <small className="num">{t('joined.last', { time: momentOf(lastAt, locale) })}</small>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && can('desk.note') && <Part id={conversationId} onParted={onParted} />}
    </section>
  );
}

function Part({ id, onParted }: { id: string; onParted(): void }) {
  const { t } = useLanguage();
  const { message, modal } = App.useApp();
  const part = async () => {
    try {
      await call('POST /api/v1/conversations/:id/part', { params: { id } });
      message.success(t('joined.parted'));
    } catch (error) {
      // Others were joined to this address: each of them is parted at its own conversation.
      const root = asApiError(error).code === 'not_found';
      message.warning(root ? t('joined.notHere') : wordsFor(error, t));
    }
    onParted();
  };
  const ask = () =>
    modal.confirm({
      title: t('joined.ask'),
      content: t('joined.why'),
      okText: t('joined.part'),
      okButtonProps: { danger: true, 'data-testid': 'part-confirm' },
      onOk: part,
    });
  return (
    <Button size="small" onClick={ask} data-testid="part">
      {t('joined.part')}
    </Button>
  );
}
