import { SearchOutlined } from '@ant-design/icons';
import { Input, Segmented } from 'antd';
import { useState } from 'react';
import { go, usePlace } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { useLive } from '../live/use-live.ts';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { EntryPane } from './entry-pane.tsx';
import { EntryRows } from './entry-rows.tsx';
import { UnansweredList } from './unanswered.tsx';
import { useEntries } from './use-entries.ts';
import './knowledge.css';

/** 知识库: finding entries on the left, one of them on the right. */
export default function KnowledgePage() {
  const { id } = usePlace();
  const t = useT();
  const { can } = useSession();
  const [text, setText] = useState('');
  const [part, setPart] = useState<'entries' | 'unanswered'>('entries');
  const [round, setRound] = useState(0);
  const list = useEntries(text.trim());
  const renew = () => {
    list.reload();
    setRound((n) => n + 1);
  };
  useLive(can('live.knowledge') ? ['knowledge'] : [], { onEvent: renew, onResync: renew });
  const find = (words: string) => {
    setText(words);
    setPart('entries');
  };
  return (
    <div className="knowledge">
      <h1 className="sr-only">{t('shell.knowledge')}</h1>
      <aside className="knowledge-list" aria-label={t('knowledge.list')}>
        <div className="knowledge-find">
          <Input
            prefix={<SearchOutlined />}
            allowClear
            value={text}
            placeholder={t('knowledge.search')}
            aria-label={t('knowledge.search')}
            onChange={({ target }) => find(target.value)}
            data-testid="entry-search"
          />
          {can('unanswered.read') && (
            <Segmented
              block
              size="small"
              value={part}
              aria-label={t('knowledge.part')}
              options={[
                { value: 'entries', label: t('knowledge.entries') },
                {
                  value: 'unanswered',
                  label: <span data-testid="unanswered-tab">{t('knowledge.unanswered')}</span>,
                },
              ]}
              onChange={(next) => setPart(next as typeof part)}
            />
          )}
        </div>
        <div className="knowledge-rows">
          {part === 'unanswered' ? <UnansweredList /> : <Found list={list} chosen={id} />}
        </div>
      </aside>
      <section className="knowledge-middle" aria-label={t('knowledge.entry')}>
        {id ? (
          <EntryPane key={id} id={id} round={round} onPublished={list.reload} />
        ) : (
          <Nothing words={t('knowledge.choose')} />
        )}
      </section>
    </div>
  );
}

function Found({ list, chosen }: { list: ReturnType<typeof useEntries>; chosen: string | undefined }) {
  const t = useT();
  if (!list.entries) return list.error ? <Failed error={list.error} retry={list.reload} /> : <Loading />;
  if (list.entries.length === 0) return <Nothing words={t('knowledge.none')} />;
  return (
    <EntryRows
      entries={list.entries}
      chosen={chosen}
      more={list.more}
      onOpen={(next) => go('knowledge', next)}
    />
  );
}
