import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Resource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { useLanguage } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';
import { NEW, type SynonymGroup } from './synonyms.ts';
import './synonyms.css';

interface Props {
  groups: Resource<readonly SynonymGroup[]>;
  chosen: string | undefined;
  onOpen(id: string): void;
}

/** 同义词: the groups that editors keep, the word of the entries first. */
export function SynonymList({ groups, chosen, onOpen }: Props) {
  const { t, locale } = useLanguage();
  const { can } = useSession();
  if (!groups.data) return groups.error ? <Failed error={groups.error} retry={groups.reload} /> : <Loading />;
  return (
    <>
      {can('synonym.edit') && (
        <div className="synonym-add">
          <Button block icon={<PlusOutlined />} onClick={() => onOpen(NEW)} data-testid="synonym-new">
            {t('synonyms.add')}
          </Button>
        </div>
      )}
      {groups.data.length === 0 && <Nothing words={t('synonyms.none')} />}
      <ul data-testid="synonym-list">
        {groups.data.map(({ id, words: [first, ...others], author, updatedAt }) => (
          <li key={id}>
            <button
              type="button"
              className="list-row entry-row"
              aria-current={id === chosen || undefined}
              onClick={() => onOpen(id)}
              data-testid="synonym-row"
            >
              <span className="entry-row-title">
                {first} = {others.join(t('synonyms.comma'))}
              </span>
              <span className="entry-row-meta num">
                {author} {momentOf(updatedAt, locale)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
