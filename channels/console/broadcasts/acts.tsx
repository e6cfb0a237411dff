import { Button, DatePicker, Input, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { Notice } from '../ui/notice.tsx';
import { centreMoment } from '../ui/words.ts';
import type { DetailProps } from './props.ts';
import { type Moves, useWrite } from './use-broadcast.ts';

/** What the reader may do with a broadcast now. The server asks the same again. */
export function Acts({ broadcast, onChanged, onStale }: DetailProps) {
  const t = useT();
  const { can } = useSession();
  const { busy, write } = useWrite(onChanged, onStale);
  const { id, revision, state, mine, recipients } = broadcast;
  const input = { params: { id }, body: { revision } };
  const move = (act: Moves) =>
    write((clientId) => call(`POST /api/v1/broadcasts/:id/${act}`, input, { clientId }));
  const begin = (startAt: number | null) =>
    write((clientId) =>
      call(
        'POST /api/v1/broadcasts/:id/start',
        { params: { id }, body: { revision, startAt } },
        { clientId },
      ),
    );
  const reject = (remark: string) =>
    write((clientId) =>
      call(
        'POST /api/v1/broadcasts/:id/reject',
        { params: { id }, body: { revision, remark } },
        { clientId },
      ),
    );
  const button = (act: Moves, primary = false, disabled = false) => (
    <Button
      type={primary ? 'primary' : 'default'}
      {...{ disabled, loading: busy }}
      onClick={() => move(act)}
      data-testid={`broadcast-${act}`}
    >
      {t(`broadcasts.${act}`)}
    </Button>
  );
  const [write_, send, approve] = ['broadcast.write', 'broadcast.send', 'broadcast.approve'].map(can);
  const open = state !== 'done' && state !== 'cancelled';
  return (
    <div className="broadcast-acts">
      {state === 'draft' && mine && write_ && button('submit', true, recipients === 0)}
      {state === 'submitted' && mine && <Notice kind="info">{t('broadcasts.ownApproval')}</Notice>}
      {state === 'submitted' && !mine && approve && button('approve', true)}
      {state === 'submitted' && approve && <Reject busy={busy} reject={reject} />}
      {(state === 'submitted' || state === 'approved') && mine && write_ && button('withdraw')}
      {state === 'approved' && send && <Begin busy={busy} begin={begin} />}
      {state === 'running' && send && button('pause', true)}
      {state === 'paused' && send && button('resume', true)}
      {open && send && (
        <Popconfirm
          title={t('broadcasts.cancel')}
          description={t('broadcasts.cancelSure')}
          okText={t('broadcasts.cancel')}
          cancelText={t('broadcasts.keep')}
          onConfirm={() => move('cancel')}
        >
          <Button danger>{t('broadcasts.cancel')}</Button>
        </Popconfirm>
      )}
    </div>
  );
}

function Begin({ busy, begin }: { busy: boolean; begin(startAt: number | null): void }) {
  const t = useT();
  const [at, setAt] = useState<number>();
  return (
    <>
      <Button type="primary" loading={busy} onClick={() => begin(null)} data-testid="broadcast-start">
        {t('broadcasts.start')}
      </Button>
      <DatePicker
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        placeholder={t('broadcasts.startAtCentre')}
        // Its own "now" is the browser's.
        showNow={false}
        onChange={(moment) => setAt(moment ? centreMoment(moment.format('YYYY-MM-DDTHH:mm')) : undefined)}
      />
      <Button disabled={at === undefined} loading={busy} onClick={() => at !== undefined && begin(at)}>
        {t('broadcasts.schedule')}
      </Button>
    </>
  );
}

function Reject({ busy, reject }: { busy: boolean; reject(remark: string): Promise<void> }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const [remark, setRemark] = useState('');
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('broadcasts.reject')}</Button>
      <Modal
        open={asking}
        title={t('broadcasts.reject')}
        okText={t('broadcasts.reject')}
        okButtonProps={{ disabled: !remark.trim(), loading: busy }}
        onOk={() => reject(remark.trim()).then(() => setAsking(false))}
        onCancel={() => setAsking(false)}
      >
        <Input
          maxLength={200}
          value={remark}
          placeholder={t('broadcasts.remark')}
          aria-label={t('broadcasts.remark')}
          onChange={({ target }) => setRemark(target.value)}
        />
      </Modal>
    </>
  );
}
