import { App, Input, Modal } from 'antd';
import { useRef, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { type ApiError, asApiError } from '../api/error.ts';
import type { Entry } from '../api/types.ts';
import { type Translate, useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import { Changes } from './changes.tsx';
import type { Change, Draft } from './draft.ts';

interface Props {
  entry: Entry;
  draft: Draft;
  changed: readonly Change[];
  onClose(): void;
  onPublished(): void;
  onStale(): void;
}

/** Shows what will reach customers, asks for a note, publishes. */
export function PublishDialog({ entry, draft, changed, onClose, onPublished, onStale }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const clientId = useRef(newClientId());
  const publish = async () => {
    setBusy(true);
    try {
      const body = { ...draft, revision: entry.revision, note: note.trim() };
      await call(
        'PUT /api/v1/entries/:id',
        { params: { id: entry.id }, body },
        { clientId: clientId.current },
      );
      message.success(t('knowledge.published'));
      onPublished();
    } catch (error) {
      const told = asApiError(error);
      setBusy(false);
      message.error(problem(told, t));
      if (told.code === 'network') return;
      clientId.current = newClientId();
      if (told.code === 'version_changed') onStale();
      onClose();
    }
  };
  return (
    <Modal
      open
      width={680}
      title={t('knowledge.publishTitle')}
      okText={t('knowledge.publish')}
      onCancel={onClose}
      onOk={publish}
      okButtonProps={{ loading: busy, 'data-testid': 'entry-publish-confirm' }}
    >
      <p className="dialog-why">{t('knowledge.publishWhy')}</p>
      <Changes changes={changed} />
      <Input
        value={note}
        maxLength={200}
        aria-label={t('knowledge.note')}
        placeholder={t('knowledge.note')}
        onChange={({ target }) => setNote(target.value)}
        data-testid="entry-note"
      />
    </Modal>
  );
}

export function problem(error: ApiError, t: Translate): string {
  const { unknownVariables } = error.details;
  if (Array.isArray(unknownVariables))
    return t('knowledge.unknownVariables', { names: unknownVariables.join(', ') });
  return wordsFor(error, t);
}
