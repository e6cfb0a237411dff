import { App, Form, Input, Modal, Radio } from 'antd';
import { useRef, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { asApiError } from '../api/error.ts';
import { useResource } from '../api/use-resource.ts';
import { useT } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { problemAt, wordsFor } from '../ui/words.ts';

interface Fields {
  kind: string;
  category: string;
  description: string;
  contact: string;
}

interface Props {
  conversationId: string;
  onClose(): void;
  onCreated(): void;
}

/** 建工单 out of a conversation. Kinds and categories are the policy's. */
export function CreateTicket({ conversationId, onClose, onCreated }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  // One per dialog: a repeat after a lost answer makes no second ticket. What was refused may be changed and tried anew.
  const clientId = useRef(newClientId());
  const submit = async (fields: Fields) => {
    setBusy(true);
    try {
      const body = { ...fields, description: fields.description.trim(), conversationId };
      const { number } = await call('POST /api/v1/tickets', { body }, { clientId: clientId.current });
      message.success(t('ticket.created', { number }));
      onCreated();
      onClose();
    } catch (error) {
      const told = asApiError(error);
      setBusy(false);
      if (told.details.field === 'contact')
        return form.setFields([{ name: 'contact', errors: [t('ticket.needPhone')] }]);
      const wordless = problemAt(told, 'description');
      if (wordless) form.setFields([{ name: 'description', errors: [wordless] }]);
      else message.error(wordsFor(told, t));
      if (told.code !== 'network') clientId.current = newClientId();
    }
  };
  return (
    <Modal
      open
      title={t('ticket.create')}
      okText={t('ticket.submit')}
      cancelText={t('app.cancel')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ loading: busy, 'data-testid': 'ticket-submit' }}
      width={560}
    >
      <Form<Fields> form={form} layout="vertical" onFinish={submit} requiredMark={false}>
        <KindFields />
        <Form.Item
          name="description"
          label={t('ticket.description')}
          rules={[{ required: true, whitespace: true, message: t('ticket.need') }]}
        >
          <Input.TextArea rows={4} maxLength={4000} data-testid="ticket-description" />
        </Form.Item>
        <Form.Item
          name="contact"
          label={t('ticket.contact')}
          extra={t('ticket.contactHint')}
          rules={[{ required: true, whitespace: true, message: t('ticket.need') }]}
        >
          <Input inputMode="tel" maxLength={60} autoComplete="off" data-testid="ticket-contact" />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function KindFields() {
  const t = useT();
  const form = Form.useFormInstance<Fields>();
  const kind = Form.useWatch('kind', form);
  const settings = useResource('ticket settings', (signal) =>
    call('GET /api/v1/tickets/settings', {}, { signal }),
  );
  if (settings.error) return <Failed error={settings.error} retry={settings.reload} />;
  if (!settings.data) return <Loading />;
  const categories = settings.data.kinds.find(({ id }) => id === kind)?.categories ?? [];
  const rules = [{ required: true, message: t('ticket.need') }];
  return (
    <>
      <Form.Item name="kind" label={t('ticket.kind')} rules={rules}>
        <Radio.Group onChange={() => form.setFieldValue('category', undefined)}>
          {settings.data.kinds.map(({ id, name }) => (
            <Radio.Button key={id} value={id}>
              <span data-testid={`ticket-kind-${id}`}>{name}</span>
            </Radio.Button>
          ))}
        </Radio.Group>
      </Form.Item>
      {categories.length > 0 && (
        <Form.Item name="category" label={t('ticket.category')} rules={rules}>
          <Radio.Group>
            {categories.map(({ id, name }) => (
              <Radio key={id} value={id}>
                <span data-testid={`ticket-category-${id}`}>{name}</span>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
      )}
    </>
  );
}
