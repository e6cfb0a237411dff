import { App, Button, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from './words.ts';

/** So long what was revealed stays on the screen. */
const SHOWN_MS = 60_000;

interface Props {
  /** Asks the server for what is hidden; the reason goes on the record. */
  ask(reason: string): Promise<string>;
  /** Called with what was hidden, and with undefined when its minute is over. */
  onClear(clear: string | undefined): void;
  clear: string | undefined;
  testId: string;
}

/** 「查看号码」: shows what is masked for a minute, against a reason. */
export function Reveal({ ask, onClear, clear, testId }: Props) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (clear === undefined) return;
    const timer = setTimeout(() => onClear(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [clear, onClear]);
  return (
    <>
      {clear === undefined && (
        <Button type="link" size="small" onClick={() => setAsking(true)} data-testid={testId}>
          {t('reveal.show')}
        </Button>
      )}
      {asking && <Reason ask={ask} onClose={() => setAsking(false)} onClear={onClear} />}
    </>
  );
}

function Reason({ ask, onClose, onClear }: Pick<Props, 'ask' | 'onClear'> & { onClose(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const reveal = async () => {
    setBusy(true);
    try {
      onClear(await ask(reason.trim()));
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
