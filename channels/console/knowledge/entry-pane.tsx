import { EditOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import type { Entry } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { Editor } from './editor.tsx';
import { EntryView } from './entry-view.tsx';
import { Standing } from './standing.tsx';
import { useToday } from './today.ts';
import { Validity } from './validity.tsx';

interface Props {
  id: string;
  /** Raised when entries changed. */
  round: number;
  onPublished(): void;
}

export function EntryPane({ id, round, onPublished }: Props) {
  const t = useT();
  const { can } = useSession();
  const [editing, setEditing] = useState(false);
  const found = useResource(`entry ${id}`, (signal) =>
    call('GET /api/v1/entries/:id', { params: { id } }, { signal }),
  );
  const { reload } = found;
  const last = useRef(round);
  useEffect(() => {
    if (last.current === round) return;
    last.current = round;
    reload();
  }, [round, reload]);
  if (!found.data) return found.error ? <Failed error={found.error} retry={reload} /> : <Loading />;
  const { entry, revisions } = found.data;
  const published = () => {
    setEditing(false);
    reload();
    onPublished();
  };
  return (
    <div className="entry">
      <Head entry={entry}>
        {!editing && (
          <div className="entry-acts">
            {can('entry.withdraw') && entry.state !== 'draft' && (
              <Standing entry={entry} onChanged={published} />
            )}
            {can('entry.publish') && entry.state !== 'withdrawn' && (
              <Button
                type="primary"
                icon={<EditOutlined />}
                onClick={() => setEditing(true)}
                data-testid="entry-edit"
              >
                {t('knowledge.edit')}
              </Button>
            )}
          </div>
        )}
      </Head>
      {entry.state === 'withdrawn' && (
        <Alert showIcon type="warning" title={t('entries.withdrawnNow')} data-testid="entry-withdrawn" />
      )}
      {editing ? (
        <Editor newest={entry} onClose={() => setEditing(false)} onPublished={published} onStale={reload} />
      ) : (
        <EntryView entry={entry} revisions={revisions} />
      )}
    </div>
  );
}

function Head({ entry, children }: { entry: Entry; children: ReactNode }) {
  const t = useT();
  const today = useToday();
  return (
    <div className="entry-head">
      <div>
        <h2 data-testid="entry-title">{entry.title}</h2>
        <p className="entry-head-meta">
          <span className="num">{entry.id}</span>
          <span>{entry.catalogue}</span>
          <span>{entry.department}</span>
          <span className="num" data-testid="entry-revision">
            {t('knowledge.revision', { number: entry.revision })}
          </span>
          <Validity entry={entry} today={today} />
        </p>
      </div>
      {children}
    </div>
  );
}
