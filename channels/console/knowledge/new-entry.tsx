import { App, Button, Input, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { asApiError } from '../api/error.ts';
import type { Entry } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { problemAt } from '../ui/words.ts';
import { type Draft, tidy } from './draft.ts';
import { Discard, useWarning } from './editor.tsx';
import { Fields, Labelled } from './fields.tsx';
import { problem } from './publish-dialog.tsx';
import { useToday } from './today.ts';

interface Place {
  id: string;
  language: Entry['language'];
  catalogue: string;
  department: string;
}

interface Props {
  onClose(): void;
  onAdded(id: string): void;
}

const NOWHERE: Place = { id: '', language: 'zh', catalogue: '', department: '' };

/** 新建条目: where it belongs, and what the editor of an entry has; published as soon as it is whole. */
export function NewEntry({ onClose, onAdded }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const today = useToday();
  const [place, setPlace] = useState(NOWHERE);
  const [draft, setDraft] = useState<Draft>(() => {
    return { title: '', questions: [], body: '', sms: '', validFrom: today, validTo: null };
  });
  const [busy, setBusy] = useState(false);
  const clientId = useRef(newClientId());
  const { title, body, sms } = tidy(draft);
  const written = [title, body, sms, place.catalogue, place.department].map((text) => text.trim() !== '');
  const dirty = written.some(Boolean) || draft.questions.length > 0;
  useWarning(dirty);
  const publish = async () => {
    setBusy(true);
    const { id, ...where } = place;
    const input = { body: { ...tidy(draft), ...where, ...(id.trim() && { id }) } };
    try {
      const added = await call('POST /api/v1/entries', input, { clientId: clientId.current });
      message.success(t('entries.added', { id: added.id }));
      onAdded(added.id);
    } catch (error) {
      const told = asApiError(error);
      setBusy(false);
      if (told.code !== 'network') clientId.current = newClientId();
      if (told.code === 'conflict') message.error(t('entries.idTaken', { id: id.trim() }));
      else message.error(problemAt(told, 'id') ? t('entries.idWrong') : problem(told, t));
    }
  };
  return (
    <div className="entry">
      <div className="entry-head">
        <h2>{t('entries.add')}</h2>
      </div>
      <div className="editor">
        <Where place={place} onChange={setPlace} />
        <Fields draft={draft} onChange={setDraft} />
        <div className="editor-foot">
          <span className="faint">{t('entries.addWhy')}</span>
          <Discard dirty={dirty} onDiscard={onClose} />
          <Button
            type="primary"
            disabled={!written.every(Boolean)}
            loading={busy}
            onClick={publish}
            data-testid="entry-add-confirm"
          >
            {t('knowledge.publish')}
          </Button>
        </div>
      </div>
    </div>
  );
}

function Where({ place, onChange }: { place: Place; onChange(place: Place): void }) {
  const t = useT();
  const text = (field: 'id' | 'catalogue' | 'department', maxLength: number) => (id: string) => (
    <Input
      id={id}
      value={place[field]}
      maxLength={maxLength}
      onChange={({ target }) => onChange({ ...place, [field]: target.value })}
      data-testid={`entry-${field}`}
    />
  );
  return (
    <div className="fields-place">
      <Labelled label={t('entries.id')} aside={<small>{t('entries.idHint')}</small>}>
        {text('id', 40)}
      </Labelled>
      <Labelled label={t('entries.catalogue')} aside={<small>{t('entries.catalogueHint')}</small>}>
        {text('catalogue', 80)}
      </Labelled>
      <Labelled label={t('entries.department')}>{text('department', 40)}</Labelled>
      <Segmented
        value={place.language}
        aria-label={t('entries.language')}
        options={[
          { value: 'zh' as const, label: t('language.zh-CN') },
          { value: 'en' as const, label: t('language.en') },
        ]}
        onChange={(language) => onChange({ ...place, language })}
      />
    </div>
  );
}
