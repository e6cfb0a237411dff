import { Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { isOver, type Shown } from './types.ts';
import { useWrite } from './use-write.ts';

/** What a leader has decided about who is missing, and, for the leader, deciding it. */
export function Decisions({ handover, onChanged }: Shown) {
  const t = useT();
  const { person } = useSession();
  const { decisions, comes, mine } = handover;
  const waiting = comes.filter(
    ({ id, acceptedAt, decided }) => acceptedAt === null && !decided && id !== person.id,
  );
  const nobody =
    comes.length === 0 && decisions.length === 0 ? [{ id: null, name: t('handover.everybody') }] : [];
  const open = mine.leads && !isOver(handover) ? [...waiting, ...nobody] : [];
  if (decisions.length === 0 && open.length === 0) return null;
  return (
    <section data-testid="handover-decisions">
      <h3>{t('handover.decisions')}</h3>
      {decisions.map(({ kind, by, missing, standIn, note, at }) => (
        <p key={at}>
          {t(kind === 'release' ? 'handover.decidedRelease' : 'handover.decidedStandIn', {
            ...{ by, note, missing: missing ?? t('handover.everybody'), standIn: standIn ?? '' },
          })}
        </p>
      ))}
      {open.map(({ id, name }) => (
        <Decide key={id ?? 'nobody'} missingId={id} name={name} handover={handover} onChanged={onChanged} />
      ))}
    </section>
  );
}

function Decide({
  missingId,
  name,
  handover,
  onChanged,
}: Shown & { missingId: string | null; name: string }) {
  const t = useT();
  const { busy, write } = useWrite(onChanged);
  const [note, setNote] = useState('');
  const [number, setNumber] = useState('');
  const decide = (standIn: string | null) =>
    write((options) => {
      const input = { params: { id: handover.id }, body: { missingId, standIn, note: note.trim() } };
      return call('POST /api/v1/handovers/:id/decide', input, options);
    });
  const ready = note.trim() !== '';
  return (
    <div className="handover-decide no-print">
      <span>{name}</span>
      <Input
        value={note}
        placeholder={t('handover.note')}
        aria-label={t('handover.note')}
        maxLength={1000}
        onChange={({ target }) => setNote(target.value)}
        data-testid="decide-note"
      />
      <Button
        danger
        loading={busy}
        disabled={!ready}
        onClick={() => decide(null)}
        data-testid="decide-release"
      >
        {t('handover.release')}
      </Button>
      <Input
        className="handover-number"
        value={number}
        placeholder={t('handover.standInNumber')}
        aria-label={t('handover.standInNumber')}
        maxLength={20}
        onChange={({ target }) => setNumber(target.value.trim())}
        data-testid="decide-number"
      />
      <Button
        loading={busy}
        disabled={!ready || !number}
        onClick={() => decide(number)}
        data-testid="decide-stand-in"
      >
        {t('handover.standIn')}
      </Button>
    </div>
  );
}
