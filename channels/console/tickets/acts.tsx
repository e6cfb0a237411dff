import { App, Button, Input, Modal, Radio } from 'antd';
import { useRef, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { asApiError } from '../api/error.ts';
import type { TicketDetail } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';

type Act = TicketDetail['acts'][number];

interface Props {
  ticket: TicketDetail;
  onChanged(next: TicketDetail): void;
  onStale(): void;
}

/** 派发, 回单, 备注, 办结: what this person may do with the ticket now; the server lists it. */
export function TicketActs({ ticket, onChanged, onStale }: Props) {
  const t = useT();
  const [act, setAct] = useState<Act>();
  if (ticket.acts.length === 0) return null;
  return (
    <section className="ticket-acts">
      {ticket.acts.map((each, index) => (
        <Button
          key={each}
          type={index === 0 ? 'primary' : 'default'}
          onClick={() => setAct(each)}
          data-testid={`ticket-act-${each}`}
        >
          {t(`act.${each}`)}
        </Button>
      ))}
      {act && (
        <ActDialog
          act={act}
          ticket={ticket}
          onClose={() => setAct(undefined)}
          onChanged={onChanged}
          onStale={onStale}
        />
      )}
    </section>
  );
}

function ActDialog({ act, ticket, onClose, onChanged, onStale }: Props & { act: Act; onClose(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const [departmentId, setDepartmentId] = useState<string>();
  const [busy, setBusy] = useState(false);
  const clientId = useRef(newClientId());
  const ready = act === 'dispatch' ? departmentId !== undefined : note.trim() !== '';
  const run = async () => {
    setBusy(true);
    const { id, version } = ticket;
    const words = { note: note.trim(), version };
    try {
      const options = { clientId: clientId.current };
      const next =
        act === 'dispatch'
          ? await call(
              'POST /api/v1/tickets/:id/dispatch',
              { params: { id }, body: { ...words, departmentId: departmentId ?? '' } },
              options,
            )
          : await call(`POST /api/v1/tickets/:id/${act}`, { params: { id }, body: words }, options);
      onChanged(next);
      onClose();
    } catch (error) {
      const told = asApiError(error);
      message.error(wordsFor(told, t));
      setBusy(false);
      if (told.code === 'network') return;
      clientId.current = newClientId();
      if (told.code === 'version_changed') onStale();
    }
  };
  return (
    <Modal
      open
      title={t(`act.${act}`)}
      okText={t(`act.${act}`)}
      onCancel={onClose}
      onOk={run}
      okButtonProps={{ disabled: !ready, loading: busy, 'data-testid': 'ticket-act-confirm' }}
    >
      {act === 'close' && <p className="dialog-why">{t('act.closeWhy')}</p>}
      {act === 'dispatch' && <Departments value={departmentId} onChange={setDepartmentId} />}
      <Input.TextArea
        rows={3}
        maxLength={2000}
        value={note}
        aria-label={t(act === 'dispatch' ? 'act.noteOptional' : 'act.noteNeeded')}
        placeholder={t(act === 'dispatch' ? 'act.noteOptional' : 'act.noteNeeded')}
        onChange={({ target }) => setNote(target.value)}
        data-testid="ticket-act-note"
      />
    </Modal>
  );
}

function Departments({ value, onChange }: { value: string | undefined; onChange(id: string): void }) {
  const t = useT();
  const settings = useResource('ticket settings', (signal) =>
    call('GET /api/v1/tickets/settings', {}, { signal }),
  );
  if (settings.error) return <p role="alert">{wordsFor(settings.error, t)}</p>;
  return (
    <Radio.Group
      className="departments"
      aria-label={t('tickets.department')}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {settings.data?.departments.map(({ id, name }) => (
        <Radio key={id} value={id}>
          <span data-testid={`department-${id}`}>{name}</span>
        </Radio>
      ))}
    </Radio.Group>
  );
}
