import { SearchOutlined } from '@ant-design/icons';
import { Input, Segmented } from 'antd';
import { useState } from 'react';
import { go, usePlace } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { useLive } from '../live/use-live.ts';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { Steps } from '../ui/steps.tsx';
import { EntryPane } from './entry-pane.tsx';
import { EntryRows } from './entry-rows.tsx';
import { ListActs } from './list-acts.tsx';
import { NewEntry } from './new-entry.tsx';
import { SynonymList } from './synonym-list.tsx';
import { SynonymPane } from './synonym-pane.tsx';
import { NEW, useSynonyms } from './synonyms.ts';
import { UnansweredList } from './unanswered.tsx';
import { useEntries } from './use-entries.ts';
import './knowledge.css';

type Part = 'entries' | 'unanswered' | 'synonyms';

/** 知识库: finding entries on the left, one of them on the right. */
export default function KnowledgePage() {
  const { id } = usePlace();
  const t = useT();
  const [text, setText] = useState('');
  const [part, setPart] = useState<Part>('entries');
  const [groupId, setGroupId] = useState<string>();
  const [round, setRound] = useState(0);
  const { can } = useSession();
  const list = useEntries(text.trim());
  const groups = useSynonyms(part === 'synonyms', round);
  const group = groups.data?.find((one) => one.id === groupId);
  const shown = part === 'synonyms' ? groupId === NEW || group !== undefined : id !== undefined;
  const back = () => (part === 'synonyms' ? setGroupId(undefined) : go('knowledge'));
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
    <div className={`knowledge panes panes-${shown ? 'second' : 'first'}`}>
      <h1 className="sr-only">{t('shell.knowledge')}</h1>
      <aside className="knowledge-list pane" aria-label={t('knowledge.list')}>
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
          <PartChoice part={part} onChange={setPart} />
        </div>
        <div className="knowledge-rows">
          {part === 'unanswered' && <UnansweredList />}
          {part === 'synonyms' && <SynonymList groups={groups} chosen={groupId} onOpen={setGroupId} />}
          {part === 'entries' && <ListActs onChanged={list.reload} />}
          {part === 'entries' && <Found list={list} chosen={id} />}
        </div>
      </aside>
      {part === 'synonyms' ? (
        <section className="knowledge-middle pane" aria-label={t('synonyms.title')}>
          {shown && <Steps back={t('synonyms.title')} onBack={back} />}
          {shown ? (
            <SynonymPane
              key={group ? `${group.id} ${group.revision}` : NEW}
              {...{ group, round, onStale: groups.reload }}
              onSaved={({ id: saved }) => {
                setGroupId(saved);
                groups.reload();
              }}
              onRemoved={() => {
                setGroupId(undefined);
                groups.reload();
              }}
              onEntry={(entryId) => {
                setPart('entries');
                go('knowledge', entryId);
              }}
            />
          ) : (
            <Nothing words={t('synonyms.why')} />
          )}
        </section>
      ) : (
        <section className="knowledge-middle pane" aria-label={t('knowledge.entry')}>
          {shown && <Steps back={t('knowledge.list')} onBack={back} />}
          {id === NEW && can('entry.add') ? (
            <NewEntry
              onClose={() => go('knowledge')}
              onAdded={(added) => {
                list.reload();
                go('knowledge', added, { replace: true });
              }}
            />
          ) : id ? (
            <EntryPane key={id} id={id} round={round} onPublished={list.reload} />
          ) : (
            <Nothing words={t('knowledge.choose')} />
          )}
        </section>
      )}
    </div>
  );
}

function PartChoice({ part, onChange }: { part: Part; onChange(part: Part): void }) {
  const t = useT();
  const { can } = useSession();
  const option = (value: Part) => ({
    value,
    label: <span data-testid={`${value}-tab`}>{t(`knowledge.${value}`)}</span>,
  });
  return (
    <Segmented
      block
      size="small"
      value={part}
      aria-label={t('knowledge.part')}
      options={[
        option('entries'),
        ...(can('unanswered.read') ? [option('unanswered')] : []),
        ...(can('synonym.read') ? [option('synonyms')] : []),
      ]}
      onChange={onChange}
    />
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
