import { CloseOutlined, UndoOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useT } from '../i18n/index.tsx';
import type { Edits } from './use-edits.ts';

/** Stays until the next change, so that nobody has to be quick to take one back. */
export function UndoBar({ edits: { last, busy, undo, forget } }: { edits: Edits }) {
  const t = useT();
  return (
    <div role="status" className="roster-undo-place">
      {last && (
        <div className="roster-undo" data-testid="roster-saved">
          <span>{t('roster.saved')}</span>
          <Button
            size="small"
            icon={<UndoOutlined />}
            loading={busy}
            onClick={undo}
            data-testid="roster-undo"
          >
            {t('roster.undo')}
          </Button>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('roster.dismiss')}
            onClick={forget}
          />
        </div>
      )}
    </div>
  );
}
