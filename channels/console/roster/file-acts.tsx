import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { addressOf } from '../api/call.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { ImportDialog } from './import-dialog.tsx';

const LAYOUTS = ['grid', 'list'] as const;
const FORMATS = ['xlsx', 'csv'] as const;

interface Props {
  /** The days and the team that are shown. */
  query: { from: string; to: string; team?: string };
  onSaved(editId: string | null): void;
}

/** The roster as a file: to take away, and to read back. */
export function FileActs({ query, onSaved }: Props) {
  const t = useT();
  const { can } = useSession();
  const [importing, setImporting] = useState(false);
  const items = LAYOUTS.flatMap((layout) =>
    FORMATS.map((format) => ({
      key: `${layout}-${format}`,
      label: (
        <a
          href={addressOf('GET /api/v1/roster/export', {}, { ...query, layout, format })}
          download
          data-testid={`export-${layout}-${format}`}
        >
          {t(`roster.${layout}`)} · {format === 'xlsx' ? 'Excel' : 'CSV'}
        </a>
      ),
    })),
  );
  return (
    <div className="roster-files">
      {can('roster.edit') && (
        <Button icon={<UploadOutlined />} onClick={() => setImporting(true)} data-testid="roster-import">
          {t('roster.import')}
        </Button>
      )}
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button icon={<DownloadOutlined />} data-testid="roster-export">
          {t('roster.export')}
        </Button>
      </Dropdown>
      {importing && <ImportDialog onSaved={onSaved} onClose={() => setImporting(false)} />}
    </div>
  );
}
