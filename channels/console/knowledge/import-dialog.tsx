import { InboxOutlined } from '@ant-design/icons';
import { App, Button, Modal, Spin, Upload } from 'antd';
import { useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import { Remarks } from '../roster/remarks.tsx';
import { wordsFor } from '../ui/words.ts';
import '../roster/acts.css';

interface Props {
  /** Entries were published, or taken back. */
  onChanged(): void;
  onClose(): void;
}

type Remark = { line?: number; code: string; text: string };

/** What an import answers: the API's description names files' answers by their media type alone. */
interface Imported {
  saved: boolean;
  importId: string | null;
  entries: number;
  problems: Remark[];
  warnings: Remark[];
}

const TYPES = '.jsonl,.csv,.xlsx';

/** Entries out of a file: first what is wrong with it, line by line; then all are published at once, and can be taken back. */
export function ImportDialog({ onChanged, onClose }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const [file, setFile] = useState<File>();
  const [found, setFound] = useState<Imported>();
  const [busy, setBusy] = useState(false);
  const send = async (given: File, query: { apply?: 'true' }) => {
    setBusy(true);
    try {
      const body = new Blob([given], { type: 'application/octet-stream' });
      return (await call('POST /api/v1/entries/import', { query, body })) as Imported;
    } catch (error) {
      message.error(wordsFor(error, t));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const look = async (given: File) => {
    setFile(given);
    setFound(undefined);
    setFound(await send(given, {}));
  };
  const undo = useUndo(onChanged);
  const apply = async () => {
    if (!file) return;
    const answer = await send(file, { apply: 'true' });
    // The knowledge has changed since the preview, or no answer came: it is looked at anew.
    if (!answer) return look(file);
    if (!answer.importId) return setFound(answer);
    undo.offer(answer.importId, answer.entries);
    onChanged();
    onClose();
  };
  const ready = found !== undefined && found.problems.length === 0;
  return (
    <Modal
      open
      width={680}
      title={t('entries.importTitle')}
      okText={t('entries.importApply')}
      okButtonProps={{ disabled: !ready, loading: busy, 'data-testid': 'entry-import-apply' }}
      onOk={apply}
      onCancel={onClose}
    >
      <div className="entry-import" data-testid="entry-import-dialog">
        <Upload.Dragger
          accept={TYPES}
          showUploadList={false}
          disabled={busy}
          beforeUpload={(given) => {
            void look(given);
            return false;
          }}
        >
          <InboxOutlined aria-hidden />
          <p>{file ? t('entries.importOther', { name: file.name }) : t('entries.importDrop')}</p>
        </Upload.Dragger>
        <p className="faint">{t('entries.importHow')}</p>
        <div aria-live="polite">
          {busy && <Spin size="small" />}
          {found && !busy && (
            <p data-testid="entry-import-counts">
              {t(ready ? 'entries.importReady' : 'entries.importProblems', { n: found.entries })}
            </p>
          )}
        </div>
        {found && !busy && (
          <Remarks title={t('entries.problems')} problems={found.problems} warnings={found.warnings} />
        )}
      </div>
    </Modal>
  );
}

/** The way back, in what is said when all is published. */
function useUndo(onChanged: () => void) {
  const t = useT();
  const { message } = App.useApp();
  const undo = async (id: string) => {
    try {
      const input = { params: { id } };
      const undone = await call('POST /api/v1/entries/imports/:id/undo', input, { clientId: newClientId() });
      message.success(t('entries.importUndone', { n: undone.withdrawn }));
    } catch (error) {
      message.error(wordsFor(error, t));
    }
    onChanged();
  };
  return {
    offer(importId: string, n: number) {
      const key = `imported ${importId}`;
      const takeBack = () => {
        message.destroy(key);
        void undo(importId);
      };
      const content = (
        <>
          {t('entries.imported', { n })}
          <Button type="link" size="small" onClick={takeBack} data-testid="entry-import-undo">
            {t('entries.undo')}
          </Button>
        </>
      );
      message.success({ key, content, duration: 20 });
    },
  };
}
