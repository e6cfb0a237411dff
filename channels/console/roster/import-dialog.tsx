import { InboxOutlined } from '@ant-design/icons';
import { App, Checkbox, Modal, Spin, Upload } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import { Remarks } from './remarks.tsx';
import type { Imported } from './types.ts';

interface Props {
  onSaved(editId: string | null): void;
  onClose(): void;
}

const TYPES = '.xlsx,.csv';

/** A roster out of a file: first what it would change and what is wrong with it, line by line; then it is made so. */
export function ImportDialog({ onSaved, onClose }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const [file, setFile] = useState<File>();
  const [found, setFound] = useState<Imported>();
  const [agreed, setAgreed] = useState(false);
  const [doing, setDoing] = useState<'checking' | 'applying'>();
  const send = async (given: File, query: { apply?: 'true'; confirmed?: 'true'; seen?: string }) => {
    setDoing(query.apply ? 'applying' : 'checking');
    try {
      const body = new Blob([given], { type: 'application/octet-stream' });
      return (await call('POST /api/v1/roster/import', { query, body })) as Imported;
    } catch (error) {
      message.error(wordsFor(error, t));
      return undefined;
    } finally {
      setDoing(undefined);
    }
  };
  const look = async (given: File) => {
    setFile(given);
    setFound(undefined);
    setAgreed(false);
    setFound(await send(given, {}));
  };
  const apply = async () => {
    if (!file || !found) return;
    const answer = await send(file, {
      apply: 'true',
      seen: found.seen,
      ...(agreed && { confirmed: 'true' }),
    });
    // The roster has changed since the preview: what is shown is looked at anew.
    if (!answer) return look(file);
    if (!answer.saved) return setFound(answer);
    onSaved(answer.editId);
    onClose();
  };
  const ready = found?.problems.length === 0 && found.planned + found.cancelled > 0;
  return (
    <Modal
      open
      width={680}
      title={t('roster.importTitle')}
      okText={t('roster.apply')}
      okButtonProps={{
        disabled: !ready || (found.warnings.length > 0 && !agreed),
        loading: doing === 'applying',
        'data-testid': 'import-apply',
      }}
      onOk={apply}
      onCancel={onClose}
    >
      <div className="roster-import" data-testid="import-dialog">
        <Upload.Dragger
          accept={TYPES}
          showUploadList={false}
          disabled={doing !== undefined}
          beforeUpload={(given) => {
            void look(given);
            return false;
          }}
        >
          <InboxOutlined aria-hidden />
          <p>{file ? t('roster.importOther', { name: file.name }) : t('roster.importDrop')}</p>
        </Upload.Dragger>
        <p className="faint">{t('roster.importHow')}</p>
        <div aria-live="polite">
          {doing && (
            <p className="roster-import-doing">
              <Spin size="small" /> {t(doing === 'applying' ? 'roster.applying' : 'roster.checking')}
            </p>
          )}
          {found && !doing && (
            <p data-testid="import-counts">
              {found.problems.length > 0
                ? t('roster.importProblems', { lines: found.lines, n: found.problems.length })
                : t('roster.importCounts', {
                    lines: found.lines,
                    planned: found.planned,
                    cancelled: found.cancelled,
                  })}
            </p>
          )}
        </div>
        {found && !doing && <Remarks problems={found.problems} warnings={found.warnings} />}
        {ready && found.warnings.length > 0 && (
          <Checkbox
            checked={agreed}
            onChange={({ target }) => setAgreed(target.checked)}
            data-testid="import-agree"
          >
            {t('roster.importAgree')}
          </Checkbox>
        )}
      </div>
    </Modal>
  );
}
