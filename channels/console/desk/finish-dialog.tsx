import { App, Modal, Radio } from 'antd';
import { useRef, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { useLanguage } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { wordsFor } from '../ui/words.ts';

interface Props {
  conversationId: string;
  onClose(): void;
  onFinished(): void;
}

/** 小结: the code is asked for, and with it the ending is confirmed; it can't be taken back. */
export function FinishDialog({ conversationId, onClose, onFinished }: Props) {
  const { t, locale } = useLanguage();
  const { message } = App.useApp();
  const settings = useResource('desk settings', (signal) =>
    call('GET /api/v1/desk/settings', {}, { signal }),
  );
  const [wrapUp, setWrapUp] = useState<string>();
  const [busy, setBusy] = useState(false);
  const clientId = useRef(newClientId());
  const finish = async () => {
    if (!wrapUp) return;
    setBusy(true);
    try {
      const input = { params: { id: conversationId }, body: { wrapUp } };
      await call('POST /api/v1/desk/conversations/:id/finish', input, { clientId: clientId.current });
      message.success(t('desk.finishDone'));
      onClose();
    } catch (error) {
      message.error(wordsFor(error, t));
      // Another choice is another write.
      clientId.current = newClientId();
    } finally {
      setBusy(false);
      onFinished();
    }
  };
  return (
    <Modal
      open
      title={t('desk.finishTitle')}
      okText={t('desk.finish')}
      cancelText={t('app.cancel')}
      onCancel={onClose}
      onOk={finish}
      okButtonProps={{ disabled: !wrapUp, loading: busy, 'data-testid': 'wrap-up-confirm' }}
      width={560}
    >
      <p className="dialog-why">{t('desk.finishWhy')}</p>
      {settings.loading && <Loading />}
      {settings.error && <Failed error={settings.error} retry={settings.reload} />}
      <Radio.Group
        aria-label={t('desk.wrapUp')}
        className="wrap-up"
        value={wrapUp}
        onChange={({ target }) => setWrapUp(target.value)}
      >
        {settings.data?.wrapUpCodes.map(({ code, name }) => (
          <Radio key={code} value={code}>
            <span data-testid={`wrap-up-${code}`}>{name[locale] ?? code}</span>
          </Radio>
        ))}
      </Radio.Group>
    </Modal>
  );
}
