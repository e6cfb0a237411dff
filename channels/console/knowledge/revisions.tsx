import { Button } from 'antd';
import { useState } from 'react';
import type { Revision } from '../api/types.ts';
import { useLanguage } from '../i18n/index.tsx';
import { momentOf } from '../ui/words.ts';
import { Changes } from './changes.tsx';
import { changes } from './draft.ts';

/** Every wording that the entry had, newest first; each shows what it changed. */
export function Revisions({ revisions }: { revisions: readonly Revision[] }) {
  const { t, locale } = useLanguage();
  const [open, setOpen] = useState<number>();
  return (
    <section>
      <h3>{t('knowledge.revisions')}</h3>
      <ul className="revisions" data-testid="revisions">
        {revisions.map((revision, index) => {
          const before = revisions[index + 1];
          const { number, state, author, note, createdAt } = revision;
          return (
            <li key={number}>
              <span className="num">{t('knowledge.revision', { number })}</span>
              <span className="num faint">{momentOf(createdAt, locale)}</span>
              <span>{author ?? t('knowledge.imported')}</span>
              {state === 'withdrawn' && <span className="tag">{t('entries.recordWithdrawn')}</span>}
              {state === 'published' && before?.state === 'withdrawn' && (
                <span className="tag">{t('entries.recordRestored')}</span>
              )}
              <span className="revision-note">{note}</span>
              {before && (
                <Button
                  type="link"
                  size="small"
                  aria-expanded={open === number}
                  onClick={() => setOpen(open === number ? undefined : number)}
                >
                  {t('knowledge.whatChanged')}
                </Button>
              )}
              {before && open === number && <Changes changes={changes(before, revision)} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
