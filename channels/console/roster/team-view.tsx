import { useCallback, useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { useLanguage } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { cellsFor, inTheWay, type Move } from './cells.ts';
import { type Unit, windowOf } from './dates.ts';
import { FileActs } from './file-acts.tsx';
import { GapStrip } from './gap-strip.tsx';
import { Grid, type Opened } from './grid.tsx';
import { Legend } from './legend.tsx';
import { PeriodBar } from './period-bar.tsx';
import { type ShiftAsked, ShiftDialog } from './shift-dialog.tsx';
import { TeamChoice } from './team-choice.tsx';
import type { Spot } from './types.ts';
import { UndoBar } from './undo-bar.tsx';
import { useEdits } from './use-edits.ts';

const RENEW_MS = 15_000;

interface Props {
  unit: Unit;
  /** A day of what is shown. */
  date: string;
  onDate(date: string): void;
  /** Empty: all that the reader may see. */
  team: string;
  onTeam(team: string): void;
}

/** A team's roster of a week or a month. */
export function TeamView({ unit, date, onDate, team, onTeam }: Props) {
  const { t, locale } = useLanguage();
  const { can } = useSession();
  const window = windowOf(unit, date);
  const query = { ...window, ...(team && { team }) };
  const { data, error, reload } = useResource(`roster ${locale} ${window.from} ${unit} ${team}`, (signal) =>
    call('GET /api/v1/roster', { query }, { signal }),
  );
  useEffect(() => {
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const edits = useEdits(reload);
  const [asked, setAsked] = useState<ShiftAsked>();
  const open = useCallback((opened: Opened) => setAsked({ opened }), []);
  const drop = async (shiftId: string, from: Spot, to: Spot) => {
    const entry = data?.entries.find((each) => each.shiftId === shiftId && each.state === 'planned');
    if (!data || !entry) return;
    const { name } = entry;
    const move: Move = { from: { ...from, name }, to: { ...to, name } };
    const opened = { ...from, entry };
    if (inTheWay(data.entries, move).length > 0) return setAsked({ opened, to });
    const result = await edits.save(cellsFor(data.entries, move), data.people, false);
    if (result && !result.saved) setAsked({ opened, to, result });
  };
  return (
    <>
      <div className="roster-bar">
        <PeriodBar {...{ unit, date, window, onDate }} today={data?.today} />
        {data && data.teams.length > 1 && <TeamChoice teams={data.teams} {...{ team, onTeam }} />}
        <FileActs query={query} onSaved={edits.saved} />
      </div>
      {!data && (error ? <Failed error={error} retry={reload} /> : <Loading />)}
      {data?.people.length === 0 && <Nothing words={t('roster.nobodyHere')} />}
      {data && data.people.length > 0 && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys where no square can be pressed */}
          <section className="roster-scroll" aria-label={t('shell.roster')} tabIndex={0}>
            <Grid
              {...{ roster: data, unit }}
              strip={can('roster.headcount') && <GapStrip {...{ window, unit }} roster={data} />}
              onOpen={open}
              onDrop={drop}
            />
          </section>
          <Legend shifts={data.shifts} editable={data.people.some(({ mayEdit }) => mayEdit)} />
        </>
      )}
      <UndoBar edits={edits} />
      {data && asked && (
        <ShiftDialog roster={data} {...{ asked, edits }} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}
