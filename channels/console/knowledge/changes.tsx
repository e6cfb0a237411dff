import { useT } from '../i18n/index.tsx';
import type { Change } from './draft.ts';

/** Fields that changed, each with what was taken out and put in. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const t = useT();
  if (changes.length === 0) return <p className="faint">{t('knowledge.unchanged')}</p>;
  return (
    <dl className="changes" data-testid="changes">
      {changes.map(({ field, pieces }) => (
        <div key={field}>
          <dt>{t(`knowledge.${field}`)}</dt>
          <dd className="plain">
            {pieces.map(({ kind, text }, index) => {
              const key = `${index} ${kind}`;
              if (kind === 'same') return <span key={key}>{text}</span>;
              return kind === 'added' ? <ins key={key}>{text}</ins> : <del key={key}>{text}</del>;
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
