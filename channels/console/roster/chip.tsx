import { SwapOutlined } from '@ant-design/icons';
import { useLanguage } from '../i18n/index.tsx';
import { hoursWords } from './dates.ts';
import type { RosterEntry, ShiftKind } from './types.ts';
import { entryWords, initialOf, noteOf, toneOf } from './words.ts';

interface Props {
  entry: RosterEntry;
  person: string;
  shifts: readonly ShiftKind[];
  /** A square of the month has room for one character. */
  compact: boolean;
  movable: boolean;
  onOpen(entry: RosterEntry): void;
}

/** A shift in its square. What leave or a swap took away is struck through, what came by a swap has its sign. */
export function Chip({ entry, person, shifts, compact, movable, onOpen }: Props) {
  const { t, locale } = useLanguage();
  const note = noteOf(entry, t);
  const words = entryWords(entry, person, t, locale);
  return (
    <button
      type="button"
      className={`shift ${toneOf(entry.name, shifts)} shift-${entry.state}`}
      tabIndex={-1}
      aria-label={words}
      title={compact ? words : undefined}
      data-entry={movable ? entry.shiftId : undefined}
      data-testid="shift"
      onClick={() => onOpen(entry)}
    >
      <span className="shift-name">
        {compact ? initialOf(entry.title) : entry.title}
        {entry.state === 'taken' && <SwapOutlined aria-hidden />}
      </span>
      {!compact && <span className="shift-hours num">{hoursWords(entry)}</span>}
      {!compact && note && <span className="shift-note">{note}</span>}
    </button>
  );
}
