import { Radio, Select } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import type { NoticeItem } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';

export type Audience = NoticeItem['audience'];
export const NOBODY: Audience = { everyone: false, teams: [], jobTypes: [], roles: [], persons: [] };

const ROLES = [
  'agent',
  'shift_leader',
  'supervisor',
  'complaint_specialist',
  'callback_specialist',
  'quality_inspector',
  'knowledge_editor',
  'engineer',
] as const;

interface Props {
  audience: Audience;
  setAudience(next: Audience): void;
  /** The writer's own team alone. */
  team: Audience;
}

type Kind = 'team' | 'everyone' | 'chosen';

function kindOf(audience: Audience, team: Audience): Kind {
  if (audience.everyone) return 'everyone';
  const own = JSON.stringify({ ...NOBODY, ...audience }) === JSON.stringify({ ...NOBODY, ...team });
  return own && team.teams.length > 0 ? 'team' : 'chosen';
}

/** To whom: the own team, everybody, or whoever is in one of the chosen teams, job types and roles, or is named. */
export function AudienceChoice({ audience, setAudience, team }: Props) {
  const t = useT();
  const { scope } = useSession();
  const wide = scope('notice.write') === 'centre';
  const [kind, setKind] = useState(() => kindOf(audience, team));
  const choose = (next: Kind) => {
    setKind(next);
    setAudience(next === 'everyone' ? { ...NOBODY, everyone: true } : next === 'team' ? team : NOBODY);
  };
  return (
    <>
      <Radio.Group
        aria-label={t('notices.audience')}
        value={kind}
        onChange={({ target }) => choose(target.value)}
      >
        {team.teams.length > 0 && <Radio value="team">{t('notices.team')}</Radio>}
        {wide && <Radio value="everyone">{t('notices.everyone')}</Radio>}
        <Radio value="chosen">{t('notices.chosen')}</Radio>
      </Radio.Group>
      {kind === 'chosen' && <Chosen {...{ audience, setAudience, wide }} />}
    </>
  );
}

interface ChosenProps extends Omit<Props, 'team'> {
  /** May write to more than the own team. */
  wide: boolean;
}

function Chosen({ audience, setAudience, wide }: ChosenProps) {
  const t = useT();
  const { data } = useResource('notice audience', (signal) =>
    call('GET /api/v1/notice-audience', {}, { signal }),
  );
  const { teams = [], jobTypes = [], persons = [] } = data ?? {};
  const jobType = (key: string) => (key in JOB_TYPES ? t(JOB_TYPES[key as keyof typeof JOB_TYPES]) : key);
  return (
    <div className="notice-audience">
      {wide && (
        <>
          <Many
            label={t('notices.teams')}
            value={audience.teams}
            options={teams.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(chosen) => setAudience({ ...audience, teams: chosen })}
            testId="notice-teams"
          />
          <Many
            label={t('notices.jobTypes')}
            value={audience.jobTypes}
            options={jobTypes.map((key) => ({ value: key, label: jobType(key) }))}
            onChange={(chosen) => setAudience({ ...audience, jobTypes: chosen })}
            testId="notice-job-types"
          />
          <Many
            label={t('notices.roles')}
            value={audience.roles}
            options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
            onChange={(chosen) => setAudience({ ...audience, roles: chosen })}
            testId="notice-roles"
          />
        </>
      )}
      <Many
        label={t('notices.persons')}
        value={audience.persons}
        options={persons.map(({ id, name, number, teamName }) => ({
          value: id,
          label: [name, number, teamName].filter(Boolean).join(' '),
        }))}
        onChange={(chosen) => setAudience({ ...audience, persons: chosen })}
        testId="notice-persons"
      />
    </div>
  );
}

const JOB_TYPES = {
  hotline: 'notices.job.hotline',
  complaint: 'notices.job.complaint',
  callback: 'notices.job.callback',
  editing: 'notices.job.editing',
  aftersales: 'notices.job.aftersales',
  quality: 'notices.job.quality',
  analysis: 'notices.job.analysis',
  support: 'notices.job.support',
  office: 'notices.job.office',
  system: 'notices.job.system',
} as const;

interface ManyProps<Value extends string> {
  label: string;
  value: readonly Value[];
  options: { value: Value; label: string }[];
  onChange(chosen: Value[]): void;
  testId: string;
}

function Many<Value extends string>({ label, value, options, onChange, testId }: ManyProps<Value>) {
  return (
    <div className="notice-many">
      <span>{label}</span>
      <Select<Value[]>
        mode="multiple"
        allowClear
        optionFilterProp="label"
        aria-label={label}
        value={[...value]}
        options={options}
        onChange={onChange}
        data-testid={testId}
      />
    </div>
  );
}
