import { Button, Input, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import type { LeaveProps } from './props.ts';
import { useWrite } from './use-write.ts';

/** What the reader may do with a request now. The server asks the same again. */
export function Acts({ leave: { id, can }, onChanged }: LeaveProps) {
  const t = useT();
  const { busy, write } = useWrite(onChanged);
  const params = { id };
  const decide = (action: 'approve' | 'refuse', note: string) =>
    write((clientId) =>
      call('POST /api/v1/leaves/:id/decide', { params, body: { action, note } }, { clientId }),
    );
  const back = (early: boolean) =>
    write((clientId) => call('POST /api/v1/leaves/:id/return', { params, body: { early } }, { clientId }));
  const withdraw = () =>
    write((clientId) => call('POST /api/v1/leaves/:id/withdraw', { params }, { clientId }));
  return (
    <div className="approval-acts">
      {can.decide && (
        <Button
          type="primary"
          loading={busy}
          onClick={() => decide('approve', '')}
          data-testid="leave-approve"
        >
          {t('approvals.approve')}
        </Button>
      )}
      {can.decide && <Refuse busy={busy} refuse={(note) => decide('refuse', note)} />}
      {can.back === 'yes' && (
        <Button type="primary" loading={busy} onClick={() => back(false)} data-testid="leave-back">
          {t('approvals.back')}
        </Button>
      )}
      {can.back === 'early' && (
        <Popconfirm
          title={t('approvals.early')}
          description={t('approvals.earlySure')}
          okText={t('approvals.early')}
          cancelText={t('approvals.keep')}
          onConfirm={() => back(true)}
        >
          <Button loading={busy}>{t('approvals.early')}</Button>
        </Popconfirm>
      )}
      {can.withdraw && (
        <Button loading={busy} onClick={withdraw} data-testid="leave-withdraw">
          {t('approvals.withdraw')}
        </Button>
      )}
    </div>
  );
}

function Refuse({ busy, refuse }: { busy: boolean; refuse(note: string): Promise<void> }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  return (
    <>
      <Button danger onClick={() => setAsking(true)} data-testid="leave-refuse">
        {t('approvals.refuse')}
      </Button>
      <Modal
        open={asking}
        title={t('approvals.refuse')}
        okText={t('approvals.refuse')}
        okButtonProps={{ disabled: !note.trim(), loading: busy, danger: true }}
        onOk={() => refuse(note.trim()).then(() => setAsking(false))}
        onCancel={() => setAsking(false)}
      >
        <Input
          maxLength={200}
          value={note}
          placeholder={t('approvals.why')}
          aria-label={t('approvals.why')}
          onChange={({ target }) => setNote(target.value)}
        />
      </Modal>
    </>
  );
}
