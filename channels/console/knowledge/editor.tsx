import { Alert, Button, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import type { Entry } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { Changes } from './changes.tsx';
import { changes, type Draft, draftOf, tidy } from './draft.ts';
import { Fields } from './fields.tsx';
import { PublishDialog } from './publish-dialog.tsx';

interface Props {
  /** The entry as it is now; when somebody publishes meanwhile it goes ahead of what is being edited. */
  newest: Entry;
  onClose(): void;
  onPublished(): void;
  /** The server has a newer revision than `newest`. */
  onStale(): void;
}

export function Editor({ newest, onClose, onPublished, onStale }: Props) {
  const t = useT();
  const [base, setBase] = useState(newest);
  const [draft, setDraft] = useState<Draft>(() => draftOf(newest));
  const [publishing, setPublishing] = useState(false);
  const changed = changes(draftOf(base), tidy(draft));
  const stale = newest.revision !== base.revision;
  useWarning(changed.length > 0);
  const takeNewest = () => {
    setBase(newest);
    setDraft(draftOf(newest));
  };
  return (
    <div className="editor">
      {stale && (
        <Conflict
          newest={newest}
          draft={tidy(draft)}
          onTakeNewest={takeNewest}
          onKeepMine={() => setBase(newest)}
        />
      )}
      <Fields entry={base} draft={draft} onChange={setDraft} />
      <div className="editor-foot">
        <span className="faint">
          {changed.length > 0
            ? t('knowledge.changedFields', { count: changed.length })
            : t('knowledge.unchanged')}
        </span>
        <Discard dirty={changed.length > 0} onDiscard={onClose} />
        <Button
          type="primary"
          disabled={changed.length === 0 || stale}
          onClick={() => setPublishing(true)}
          data-testid="entry-publish"
        >
          {t('knowledge.publish')}
        </Button>
      </div>
      {publishing && (
        <PublishDialog
          entry={base}
          draft={tidy(draft)}
          changed={changed}
          onClose={() => setPublishing(false)}
          onPublished={onPublished}
          onStale={onStale}
        />
      )}
    </div>
  );
}

export function Discard({ dirty, onDiscard }: { dirty: boolean; onDiscard(): void }) {
  const t = useT();
  if (!dirty) return <Button onClick={onDiscard}>{t('app.cancel')}</Button>;
  return (
    <Popconfirm title={t('knowledge.discardAsk')} okText={t('knowledge.discard')} onConfirm={onDiscard}>
      <Button>{t('app.cancel')}</Button>
    </Popconfirm>
  );
}

interface ConflictProps {
  newest: Entry;
  draft: Draft;
  onTakeNewest(): void;
  onKeepMine(): void;
}

/** Somebody published meanwhile: what mine would change of theirs, and the choice. */
function Conflict({ newest, draft, onTakeNewest, onKeepMine }: ConflictProps) {
  const t = useT();
  return (
    <div role="alert" data-testid="entry-conflict" className="conflict">
      <Alert
        type="warning"
        showIcon
        title={t('knowledge.conflict', { number: newest.revision })}
        description={<Changes changes={changes(draftOf(newest), draft)} />}
        action={
          <div className="conflict-acts">
            <Button size="small" onClick={onTakeNewest} data-testid="entry-reload">
              {t('knowledge.takeNewest')}
            </Button>
            <Button size="small" onClick={onKeepMine}>
              {t('knowledge.keepMine')}
            </Button>
          </div>
        }
      />
    </div>
  );
}

/** The browser asks before the tab is closed over unpublished words. */
export function useWarning(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [dirty]);
}
