import type { Entry } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { validityOf } from './draft.ts';

interface Props {
  entry: Pick<Entry, 'validFrom' | 'validTo' | 'state'>;
  today: string;
  /** Says nothing about what is simply valid. */
  quiet?: boolean;
}

/** Whether customers are given this wording today. */
export function Validity({ entry, today, quiet }: Props) {
  const t = useT();
  if (entry.state !== 'published')
    return <span className="validity validity-off">{t(`entryState.${entry.state}`)}</span>;
  const standing = validityOf(entry, today);
  if (standing === 'valid' && quiet) return null;
  return (
    <span className={`validity validity-${standing}`} data-validity={standing}>
      {t(`validity.${standing}`)}
    </span>
  );
}
