import { App, Button, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import type { Broadcast } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { useT } from '../i18n/index.tsx';
import { SmsCount } from '../knowledge/sms-count.tsx';
import { Notice } from '../ui/notice.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { wordsFor } from '../ui/words.ts';

interface Fields {
  title: string;
  text: string;
  account: string;
  perMinute: number;
}

/** Writing a broadcast 群发, new or anew. */
export function Editor({ broadcast, onSaved }: { broadcast?: Broadcast; onSaved(next: Broadcast): void }) {
  const t = useT();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const known = useResource('broadcast accounts', (signal) =>
    call('GET /api/v1/broadcast-accounts', {}, { signal }),
  );
  const [form] = Form.useForm<Fields>();
  const text = Form.useWatch('text', form) ?? broadcast?.text ?? '';
  const account = Form.useWatch('account', form);
  if (!known.data) return known.error ? <Failed error={known.error} retry={known.reload} /> : <Loading />;
  const { accounts, optOutWord } = known.data;
  if (accounts.length === 0) return <Notice kind="warning">{t('broadcasts.noAccount')}</Notice>;
  const counted = accounts.find(({ id }) => id === account)?.counted;
  const save = async (fields: Fields) => {
    setBusy(true);
    const options = { clientId: newClientId() };
    try {
      if (!broadcast) return onSaved(await call('POST /api/v1/broadcasts', { body: fields }, options));
      const { id, revision } = broadcast;
      const input = { params: { id }, body: { ...fields, revision } };
      onSaved(await call('PUT /api/v1/broadcasts/:id', input, options));
    } catch (error) {
      message.error(wordsFor(error, t));
    } finally {
      setBusy(false);
    }
  };
  const rules = [{ required: true, message: t('broadcasts.need') }];
  const initial = broadcast ?? { account: accounts[0]?.id, perMinute: 300 };
  return (
    <Form<Fields> form={form} layout="vertical" onFinish={save} initialValues={initial} requiredMark={false}>
      <Form.Item name="title" label={t('broadcasts.title')} rules={rules}>
        <Input maxLength={80} data-testid="broadcast-title" />
      </Form.Item>
      <Form.Item name="account" label={t('broadcasts.account')} rules={rules}>
        <Select options={accounts.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <Form.Item
        name="text"
        label={t('broadcasts.text')}
        rules={rules}
        extra={counted && <SmsCount text={text.trim()} />}
      >
        <Input.TextArea rows={5} maxLength={2000} data-testid="broadcast-input" />
      </Form.Item>
      {!text.includes(optOutWord) && (
        <Notice kind="info">{t('broadcasts.optOutHint', { word: optOutWord })}</Notice>
      )}
      <Form.Item name="perMinute" label={t('broadcasts.perMinute')} rules={rules}>
        <InputNumber min={1} max={6000} precision={0} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy} data-testid="broadcast-save">
        {t('broadcasts.save')}
      </Button>
    </Form>
  );
}
