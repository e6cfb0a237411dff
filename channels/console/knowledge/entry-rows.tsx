import { Button } from 'antd';
import type { Entry } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { useToday } from './today.ts';
import { Validity } from './validity.tsx';

interface Props {
  entries: readonly Entry[];
  chosen: string | undefined;
  more: (() => void) | undefined;
  onOpen(id: string): void;
}

export function EntryRows({ entries, chosen, more, onOpen }: Props) {
  const t = useT();
  const today = useToday();
  return (
    <>
      <ul data-testid="entry-list">
        {entries.map((entry) => (
          <li key={entry.id}>
            <button
              type="button"
              className="list-row entry-row"
              aria-current={entry.id === chosen || undefined}
              onClick={() => onOpen(entry.id)}
              data-testid="entry-row"
              data-entry={entry.id}
            >
              <span className="entry-row-title">{entry.title}</span>
              <span className="entry-row-meta">
                {entry.language === 'en' && <span className="tag">EN</span>}
                <span className="entry-row-catalogue">{entry.catalogue}</span>
                <Validity entry={entry} today={today} quiet />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {more && (
        <Button type="link" block onClick={more}>
          {t('tickets.more')}
        </Button>
      )}
    </>
  );
}
