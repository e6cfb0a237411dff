import { Input, Radio, Select } from 'antd';
import { useT } from '../i18n/index.tsx';
import type { Roster, Spot } from './types.ts';

type Goal = Spot & { name: string | undefined };

interface Props {
  roster: Roster;
  goal: Goal;
  onGoal(goal: Goal): void;
}

/** Which shift, whose, on which day. */
export function ShiftFields({ roster: { shifts, people, days }, goal, onGoal }: Props) {
  const t = useT();
  return (
    <div className="shift-fields">
      <span>{t('roster.shift')}</span>
      <Radio.Group
        optionType="button"
        value={goal.name}
        onChange={({ target }) => onGoal({ ...goal, name: target.value })}
        options={shifts.map(({ name, title }) => ({ value: name, label: title }))}
        aria-label={t('roster.shift')}
      />
      <span>{t('roster.person')}</span>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        value={goal.personId}
        onChange={(personId) => onGoal({ ...goal, personId })}
        options={people
          .filter(({ mayEdit }) => mayEdit)
          .map(({ id, name, number }) => ({ value: id, label: `${name} ${number}` }))}
        aria-label={t('roster.person')}
        data-testid="shift-person"
      />
      <span>{t('roster.date')}</span>
      <Input
        type="date"
        // Of other days the page doesn't know what stands there already.
        min={days[0]?.date}
        max={days.at(-1)?.date}
        value={goal.date}
        onChange={({ target }) => onGoal({ ...goal, date: target.value })}
        aria-label={t('roster.date')}
        data-testid="shift-date"
      />
    </div>
  );
}
