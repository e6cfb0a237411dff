import { App, Button, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';

/** So long a number that was revealed stays on the screen. */
const SHOWN_MS = 60_000;

/** A customer's number, masked; in clear for a minute, against a reason that goes on the record. */
export function Contact({ ticketId, masked }: { ticketId: string; masked: string }) {
  const t = useT();
  const { can } = useSession();
  const [asking, setAsking] = useState(false);
  const [clear, setClear] = useState<string>();
  useEffect(() => {
    if (!clear) return;
    const timer = setTimeout(() => setClear(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [clear]);
  return (
    <>
      <span data-testid="contact">{clear ?? masked}</span>
      {!clear && can('ticket.reveal') && (
        <Button type="link" size="small" onClick={() => setAsking(true)} data-testid="reveal">
          {t('reveal.show')}
        </Button>
      )}
      {asking && <Reason ticketId={ticketId} onClose={() => setAsking(false)} onClear={setClear} />}
    </>
  );
}

interface ReasonProps {
  ticketId: string;
  onClose(): void;
  onClear(contact: string): void;
}

function Reason({ ticketId, onClose, onClear }: ReasonProps) {
  const t = useT();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const reveal = async () => {
    setBusy(true);
    try {
      const { contact } = await call('POST /api/v1/tickets/:id/reveal', {
        params: { id: ticketId },
        body: { reason: reason.trim() },
      });
      onClear(contact);
      onClose();
    } catch (error) {
      message.error(wordsFor(error, t));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('reveal.title')}
      okText={t('reveal.show')}
      onCancel={onClose}
      onOk={reveal}
      okButtonProps={{ disabled: !reason.trim(), loading: busy, 'data-testid': 'reveal-confirm' }}
    >
      <p className="dialog-why">{t('reveal.why')}</p>
      <Input
        autoFocus
        maxLength={200}
        value={reason}
        aria-label={t('reveal.reason')}
        placeholder={t('reveal.reason')}
        onChange={({ target }) => setReason(target.value)}
        onPressEnter={() => reason.trim() && reveal()}
        data-testid="reveal-reason"
      />
    </Modal>
  );
}
