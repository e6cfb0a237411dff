import { Select } from 'antd';
import { useT } from '../i18n/index.tsx';
import type { Roster } from './types.ts';

interface Props {
  teams: Roster['teams'];
  team: string;
  onTeam(team: string): void;
}

export function TeamChoice({ teams, team, onTeam }: Props) {
  const t = useT();
  return (
    <Select
      className="roster-team"
      value={team}
      onChange={onTeam}
      options={[
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
        { value: '', label: t('roster.allTeams') },
      ]}
      aria-label={t('roster.team')}
      data-testid="roster-team"
    />
  );
}
