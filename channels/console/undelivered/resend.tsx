import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { asApiError } from '../api/error.ts';
import type { Undelivered } from '../api/types.ts';
import { useSession } from '../app/session.tsx';
import { useLanguage } from '../i18n/index.tsx';
import { momentOf, wordsFor } from '../ui/words.ts';

/** 「重发」, once: afterwards when that was. */
export function Resend({
  delivery: { id, resentAt },
  onResent,
}: {
  delivery: Undelivered;
  onResent(): void;
}) {
  const { t, locale } = useLanguage();
  const { can } = useSession();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  // Pressed again after the line broke, it is the same write.
  const clientId = useRef<string>(undefined);
  if (resentAt !== null)
    return (
      <span className="undelivered-resent num" data-testid="undelivered-resent">
        {t('undelivered.resentAt', { time: momentOf(resentAt, locale) })}
      </span>
    );
  if (!can('delivery.resend')) return <span className="faint">{t('undelivered.notResent')}</span>;
  const resend = async () => {
    setBusy(true);
    clientId.current ??= newClientId();
    try {
      await call('POST /api/v1/deliveries/:id/resend', { params: { id } }, { clientId: clientId.current });
      message.success(t('undelivered.queued'));
      onResent();
    } catch (error) {
      const late = asApiError(error).code === 'not_allowed_now';
      message.warning(late ? t('undelivered.already') : wordsFor(error, t));
      if (late) onResent();
    }
    setBusy(false);
  };
  return (
    <Button size="small" onClick={resend} loading={busy} data-testid="undelivered-resend">
      {t('undelivered.resend')}
    </Button>
  );
}
