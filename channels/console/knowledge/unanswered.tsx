import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { go } from '../app/router.ts';
import { useLanguage } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';

/** 未答问题: what customers asked and nothing answered, newest first, with the entry that came nearest. */
export function UnansweredList() {
  const { t, locale } = useLanguage();
  const list = useResource('unanswered', (signal) =>
    call('GET /api/v1/unanswered', { query: { limit: 200 } }, { signal }),
  );
  if (!list.data) return list.error ? <Failed error={list.error} retry={list.reload} /> : <Loading />;
  if (list.data.questions.length === 0) return <Nothing words={t('knowledge.noUnanswered')} />;
  return (
    <ul data-testid="unanswered">
      {list.data.questions.map(({ id, text, createdAt, nearestEntryId }) => (
        <li key={id} className="unanswered-row">
          <p>{text}</p>
          <p className="entry-row-meta num">
            {momentOf(createdAt, locale)}
            {nearestEntryId && (
              <button type="button" className="link" onClick={() => go('knowledge', nearestEntryId)}>
                {t('knowledge.nearest', { id: nearestEntryId })}
              </button>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
