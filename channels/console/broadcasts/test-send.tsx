import { App, Button, Input, Space } from 'antd';
import { useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';

/** 发送测试: the text as it is, to a few numbers. */
export function TestSend({ id }: { id: string }) {
  const t = useT();
  const { message } = App.useApp();
  const [written, setWritten] = useState('');
  const [busy, setBusy] = useState(false);
  const numbers = written.split(/[\s,，;；、]+/).filter(Boolean);
  const send = async () => {
    setBusy(true);
    try {
      const input = { params: { id }, body: { numbers } };
      const options = { clientId: newClientId() };
      const { queued } = await call('POST /api/v1/broadcasts/:id/test', input, options);
      message.success(t('broadcasts.tested', { n: queued }));
    } catch (error) {
      message.error(wordsFor(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section>
      <h2>{t('broadcasts.test')}</h2>
      <Space.Compact block>
        <Input
          inputMode="tel"
          autoComplete="off"
          value={written}
          placeholder={t('broadcasts.testHint')}
          aria-label={t('broadcasts.testHint')}
          onChange={({ target }) => setWritten(target.value)}
        />
        <Button onClick={send} loading={busy} disabled={numbers.length === 0 || numbers.length > 5}>
          {t('broadcasts.test')}
        </Button>
      </Space.Compact>
    </section>
  );
}
