import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { FILE_TYPES, upload } from '../api/upload.ts';
import { useT } from '../i18n/index.tsx';
import type { LeaveProps } from './props.ts';
import { useWrite } from './use-write.ts';

/** The certificates of a sick leave: to look at and decide for the leader, to hand in for its person. */
export function Certificates({ leave: { id, from, to, certificates, can }, onChanged }: LeaveProps) {
  const t = useT();
  const { busy, write } = useWrite(onChanged);
  const decide = (certificate: string, accept: boolean) =>
    write((clientId) =>
      call(
        'POST /api/v1/certificates/:id/decide',
        { params: { id: certificate }, body: { accept, note: '' } },
        { clientId },
      ),
    );
  return (
    <>
      {certificates.map((each) => (
        <p key={each.id} className="approval-slip">
          <a href={`/api/v1/certificates/${each.id}/file`}>{each.name || t('approvals.file')}</a>
          <span className="num">
            {each.from} – {each.to}
          </span>
          {can.manage && each.state === 'waiting' && (
            <>
              <Button size="small" type="primary" loading={busy} onClick={() => decide(each.id, true)}>
                {t('approvals.accept')}
              </Button>
              <Button size="small" loading={busy} onClick={() => decide(each.id, false)}>
                {t('approvals.giveBack')}
              </Button>
            </>
          )}
        </p>
      ))}
      {can.handIn && <HandIn {...{ id, from, to, onChanged }} />}
    </>
  );
}

interface HandInProps {
  id: string;
  from: string;
  to: string;
  onChanged(): void;
}

function HandIn({ id, onChanged, ...leave }: HandInProps) {
  const t = useT();
  const { busy, write } = useWrite(onChanged);
  const [from, setFrom] = useState(leave.from);
  const [to, setTo] = useState(leave.to);
  const send = (file: File | undefined) => {
    if (!file) return;
    void write(async (clientId) => {
      const fileId = await upload(file, () => {}, 'certificate').done;
      const input = { params: { id }, body: { fileId, from, to } };
      return call('POST /api/v1/leaves/:id/certificates', input, { clientId });
    });
  };
  const day = (value: string, set: (day: string) => void) => (
    <Input
      type="date"
      className="approval-date"
      value={value}
      aria-label={t('approvals.uploadDates')}
      onChange={({ target }) => set(target.value)}
    />
  );
  return (
    <p className="approval-slip">
      {t('approvals.uploadDates')}
      {day(from, setFrom)} – {day(to, setTo)}
      <input
        type="file"
        accept={FILE_TYPES.join()}
        disabled={busy || !from || !to || to < from}
        aria-label={t('approvals.upload')}
        onChange={({ target }) => send(target.files?.[0])}
      />
    </p>
  );
}
