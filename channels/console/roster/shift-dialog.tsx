import { Modal } from 'antd';
import { useLanguage } from '../i18n/index.tsx';
import { dayWords, hoursWords } from './dates.ts';
import type { Opened } from './grid.tsx';
import { ShiftForm } from './shift-form.tsx';
import type { EditResult, Roster, Spot } from './types.ts';
import type { Edits } from './use-edits.ts';
import { noteOf, toneOf } from './words.ts';

/** What is open: a shift or an empty square, where it was dropped, and what the server said of that. */
export interface ShiftAsked {
  readonly opened: Opened;
  readonly to?: Spot;
  readonly result?: EditResult;
}

export interface ShiftDialogProps {
  roster: Roster;
  asked: ShiftAsked;
  edits: Edits;
  onClose(): void;
}

/** A shift: what it is, and for who may change it where it goes. All that a drag does can be done here by keys. */
export function ShiftDialog({ roster, asked, edits, onClose }: ShiftDialogProps) {
  const { t, locale } = useLanguage();
  const { entry, personId, date } = asked.opened;
  const person = roster.people.find(({ id }) => id === personId);
  const editable = person?.mayEdit && (!entry || entry.state === 'planned');
  const note = entry && noteOf(entry, t);
  return (
    <Modal
      open
      width={480}
      title={`${person?.name ?? ''} · ${dayWords(date, locale)}`}
      footer={null}
      onCancel={onClose}
      data-testid="shift-dialog"
    >
      <div className="shift-dialog">
        {entry && (
          <p className={`shift ${toneOf(entry.name, roster.shifts)} shift-${entry.state}`}>
            <span className="shift-name">{entry.title}</span>
            <span className="shift-hours num">{hoursWords(entry)}</span>
            {note && <span className="shift-note">{note}</span>}
          </p>
        )}
        {editable && <ShiftForm {...{ roster, asked, edits, onClose }} />}
        {person?.mayEdit && !editable && <p className="faint">{t('roster.builtUpon')}</p>}
      </div>
    </Modal>
  );
}
