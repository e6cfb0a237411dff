import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useT } from '../i18n/index.tsx';
import { cellsFor, inTheWay, type Move, type Placed, sameSpot } from './cells.ts';
import { Remarks } from './remarks.tsx';
import type { ShiftDialogProps } from './shift-dialog.tsx';
import { ShiftFields } from './shift-fields.tsx';
import type { EditResult } from './types.ts';

/** Where a shift goes, or that it goes; what the server says of it stands here before anything is changed. */
export function ShiftForm({ roster, asked: { opened, to, result }, edits, onClose }: ShiftDialogProps) {
  const t = useT();
  const { entries, people, days } = roster;
  const { entry, personId, date } = opened;
  const from: Placed | undefined = entry && { personId, date, name: entry.name };
  const [goal, setGoal] = useState({ personId, date, ...to, name: entry?.name });
  const [exchange, setExchange] = useState(true);
  const [said, setSaid] = useState<{ of: Move; result: EditResult } | undefined>(
    result && { of: { from, to: { ...goal, name: entry?.name ?? '' } }, result },
  );
  const { name } = goal;
  const wish: Move | undefined = name ? { from, to: { ...goal, name }, exchange } : undefined;
  const there = wish ? inTheWay(entries, wish) : [];
  const beside = from && there.length > 0 && !sameSpot(from, goal);
  const known = days.some((day) => day.date === goal.date);
  const twice = name !== undefined && there.includes(name);
  const changes = name !== entry?.name || !sameSpot(goal, opened);
  const asks = said?.result.problems.length === 0;
  const save = async (of: Move, confirmed = false) => {
    const answer = await edits.save(cellsFor(entries, of), people, confirmed);
    if (!answer || answer.saved) onClose();
    else setSaid({ of, result: answer });
  };
  return (
    <>
      <ShiftFields
        {...{ roster, goal }}
        onGoal={(next) => {
          setGoal(next);
          setSaid(undefined);
        }}
      />
      {!known && <p className="roster-hint">{t('roster.otherDays')}</p>}
      {twice && changes && <p className="roster-hint">{t('roster.twice')}</p>}
      {beside && !twice && (
        <Radio.Group
          className="shift-beside"
          value={exchange}
          onChange={({ target }) => {
            setExchange(target.value);
            setSaid(undefined);
          }}
          options={[
            { value: true, label: t('roster.exchange', { there: titles(there, roster.shifts) }) },
            { value: false, label: t('roster.beside', { there: titles(there, roster.shifts) }) },
          ]}
        />
      )}
      {said && <Remarks {...said.result} />}
      <div className="shift-acts">
        {from && (
          <Button danger loading={edits.busy} onClick={() => save({ from })} data-testid="shift-remove">
            {t('roster.removeShift')}
          </Button>
        )}
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        {said && asks ? (
          <Button
            type="primary"
            loading={edits.busy}
            onClick={() => save(said.of, true)}
            data-testid="shift-confirm"
          >
            {t('roster.anyway')}
          </Button>
        ) : (
          <Button
            type="primary"
            loading={edits.busy}
            disabled={!wish || !changes || !known || twice}
            onClick={() => wish && save(wish)}
            data-testid="shift-save"
          >
            {t('roster.save')}
          </Button>
        )}
      </div>
    </>
  );
}

const titles = (names: readonly string[], shifts: ShiftDialogProps['roster']['shifts']) =>
  names.map((name) => shifts.find((shift) => shift.name === name)?.title ?? name).join(' + ');
