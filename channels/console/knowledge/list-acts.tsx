import { DownloadOutlined, PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { addressOf } from '../api/call.ts';
import { go } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { NEW } from './synonyms.ts';

/** What editors do to the list: a new entry, many out of a file, all into one. */
export function ListActs({ onChanged }: { onChanged(): void }) {
  const t = useT();
  const { can } = useSession();
  const [importing, setImporting] = useState(false);
  if (!can('entry.add')) return null;
  return (
    <div className="entry-new">
      <Button icon={<PlusOutlined />} onClick={() => go('knowledge', NEW)} data-testid="entry-new">
        {t('entries.add')}
      </Button>
      <Button icon={<UploadOutlined />} onClick={() => setImporting(true)} data-testid="entry-import">
        {t('entries.import')}
      </Button>
      <Button
        icon={<DownloadOutlined />}
        href={addressOf('GET /api/v1/entries/export')}
        download
        data-testid="entry-export"
      >
        {t('entries.export')}
      </Button>
      {importing && <ImportDialog onChanged={onChanged} onClose={() => setImporting(false)} />}
    </div>
  );
}
