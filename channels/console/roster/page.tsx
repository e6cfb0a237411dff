import { CalendarOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { serverNow } from '../api/clock.ts';
import { go, usePlace } from '../app/router.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { centreWall } from '../ui/words.ts';
import { CalendarDialog } from './calendar-dialog.tsx';
import { MyShifts } from './my-shifts.tsx';
import { OnDuty } from './on-duty.tsx';
import { TeamView } from './team-view.tsx';
import '../ui/page.css';
import './roster.css';
import './acts.css';
import './shift.css';
import './headcount.css';

const VIEWS = ['week', 'month', 'now', 'mine'] as const;
type View = (typeof VIEWS)[number];

/** 班表: a team's week or month, who is on now, and one's own shifts. */
export default function RosterPage() {
  const { id } = usePlace();
  const t = useT();
  const { can, person } = useSession();
  const view = VIEWS.find((each) => each === id) ?? 'week';
  const [date, setDate] = useState(() => centreWall(serverNow()).slice(0, 10));
  const [team, setTeam] = useState(person.teamId ?? '');
  const [subscribing, setSubscribing] = useState(false);
  const options = VIEWS.map((value) => ({ value, label: t(`roster.${value}`) }));
  return (
    <div className="page">
      <div className="page-head roster-head">
        <h1>{t('shell.roster')}</h1>
        <Segmented<View> options={options} value={view} onChange={(next) => go('roster', next)} />
        {can('roster.calendar') && (
          <Button
            icon={<CalendarOutlined />}
            onClick={() => setSubscribing(true)}
            className="roster-subscribe"
            data-testid="roster-calendar"
          >
            <span className="roster-words">{t('roster.calendar')}</span>
          </Button>
        )}
      </div>
      <div className="page-body roster-body">
        {view === 'now' && <OnDuty />}
        {view === 'mine' && <MyShifts date={date} onDate={setDate} />}
        {(view === 'week' || view === 'month') && (
          <TeamView unit={view} {...{ date, team }} onDate={setDate} onTeam={setTeam} />
        )}
      </div>
      {subscribing && <CalendarDialog onClose={() => setSubscribing(false)} />}
    </div>
  );
}
