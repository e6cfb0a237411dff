import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import type { Which } from './filters.tsx';

/** The server's limit for one press. */
const MOST = 200;

interface Props {
  which: Which;
  /** How many of what is looked at can be sent again. */
  count: number;
  onResent(): void;
}

/** 「全部重发」: all that the filters leave, the oldest first, once confirmed. */
export function ResendAll({ which, count, onResent }: Props) {
  const t = useT();
  const { can } = useSession();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  if (!can('delivery.resend') || count === 0) return null;
  const atMost = Math.min(count, MOST);
  const resend = async () => {
    setBusy(true);
    try {
      const body = { ...which, atMost };
      const { queued, left } = await call(
        'POST /api/v1/deliveries/resend',
        { body },
        { clientId: newClientId() },
      );
      message.success(t('undelivered.allQueued', { queued, left }));
    } catch (error) {
      message.error(wordsFor(error, t));
    }
    setBusy(false);
    onResent();
  };
  return (
    <Popconfirm
      title={t('undelivered.allSure', { count: atMost })}
      description={t('undelivered.allWhat')}
      okText={t('undelivered.resend')}
      onConfirm={resend}
    >
      <Button loading={busy} data-testid="undelivered-resend-all">
        {t('undelivered.all', { count })}
      </Button>
    </Popconfirm>
  );
}
