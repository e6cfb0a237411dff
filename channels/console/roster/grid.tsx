import { memo, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useLanguage } from '../i18n/index.tsx';
import { Chip } from './chip.tsx';
import { dayWords, shortDate, type Unit, weekdayWords } from './dates.ts';
import { groupBy } from './group.ts';
import type { Roster, RosterDay, RosterEntry, RosterPerson, ShiftKind, Spot } from './types.ts';
import { useDrag } from './use-drag.ts';
import { useRoving } from './use-roving.ts';

/** What was pressed: a shift, or a square without one. */
export type Opened = Spot & { readonly entry?: RosterEntry };

interface Props {
  roster: Roster;
  unit: Unit;
  /** Under the dates: how many people are missing. */
  strip: ReactNode;
  onOpen(opened: Opened): void;
  onDrop(shiftId: string, from: Spot, to: Spot): void;
}

/** People as rows, days as columns. */
export function Grid({ roster, unit, strip, onOpen, onDrop }: Props) {
  const { t } = useLanguage();
  const table = useRef<HTMLTableElement>(null);
  const keys = useRoving(table);
  const press = useDrag(onDrop);
  const { days, people, entries, shifts, today, through, teams } = roster;
  // A row keeps its list as long as the roster does, and is drawn anew no sooner.
  const rows = useMemo(() => groupBy(entries, ({ personId }) => personId), [entries]);
  const first = days[0]?.date;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each week or month that is shown
  useEffect(() => showToday(table.current), [first, unit]);
  const severalTeams = new Set(people.map(({ teamId }) => teamId)).size > 1;
  return (
    <table
      ref={table}
      className={`roster roster-${unit}`}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: WAI-ARIA's grid pattern allows a table as one
      role="grid"
      aria-label={t('shell.roster')}
      onKeyDown={keys}
      onPointerDown={press}
      data-testid="roster"
    >
      <thead>
        <tr className="roster-heads">
          <th scope="col" className="roster-corner">
            {t('roster.who')}
          </th>
          {days.map((day) => (
            <Head key={day.date} day={day} unit={unit} today={day.date === today} />
          ))}
        </tr>
        {strip}
      </thead>
      <tbody>
        {people.map((person) => (
          <Row
            key={person.id}
            {...{ person, days, shifts, today, through, onOpen }}
            entries={rows.get(person.id)}
            team={severalTeams ? teams.find(({ id }) => id === person.teamId)?.name : undefined}
            compact={unit === 'month'}
          />
        ))}
      </tbody>
    </table>
  );
}

/** Where the days don't all have room, the one before today comes first. */
function showToday(table: HTMLTableElement | null): void {
  const today = table?.querySelector<HTMLElement>('th[aria-current="date"]');
  const before = today?.previousElementSibling as HTMLElement | null | undefined;
  const names = table?.rows[0]?.cells[0];
  if (table?.parentElement && before && names && before !== names)
    table.parentElement.scrollLeft = before.offsetLeft - names.offsetWidth;
}

const dayClass = (day: RosterDay, today: boolean) =>
  today ? 'roster-today' : day.kind === 'weekend' || day.kind === 'holiday' ? 'roster-rest' : undefined;

function Head({ day, unit, today }: { day: RosterDay; unit: Unit; today: boolean }) {
  const { t, locale } = useLanguage();
  const { date, kind, holiday } = day;
  const name = holiday ?? (kind === 'makeUpWorkday' ? t('roster.makeUp') : undefined);
  const small = unit === 'month';
  return (
    <th
      scope="col"
      className={dayClass(day, today)}
      aria-current={today ? 'date' : undefined}
      title={[dayWords(date, locale), name].filter(Boolean).join(' ')}
    >
      <span className="roster-weekday">{weekdayWords(date, locale, small ? 'narrow' : 'short')}</span>
      <span className="roster-date num">{small ? Number(date.slice(8)) : shortDate(date)}</span>
      {name && (
        <span className={kind === 'holiday' ? 'roster-holiday' : 'roster-make-up'}>
          {small ? t(kind === 'holiday' ? 'roster.holidayMark' : 'roster.makeUpMark') : name}
          {small && <span className="sr-only">{name}</span>}
        </span>
      )}
    </th>
  );
}

interface RowProps extends Pick<Roster, 'days' | 'today' | 'through'> {
  person: RosterPerson;
  team: string | undefined;
  entries: readonly RosterEntry[] | undefined;
  shifts: readonly ShiftKind[];
  compact: boolean;
  onOpen(opened: Opened): void;
}

const Row = memo(function Row(props: RowProps) {
  const { person, team, entries = [], days, today } = props;
  return (
    <tr>
      <th scope="row">
        {person.name}
        <small className="num">{team ? `${person.number} ${team}` : person.number}</small>
      </th>
      {days.map((day) => (
        <td
          key={day.date}
          className={dayClass(day, day.date === today)}
          data-person={person.id}
          data-date={day.date}
          data-open-to-shifts={person.mayEdit || undefined}
        >
          <Square {...props} date={day.date} entries={entries.filter(({ date }) => date === day.date)} />
        </td>
      ))}
    </tr>
  );
});

function Square({
  person,
  date,
  entries,
  shifts,
  compact,
  through,
  onOpen,
}: RowProps & { date: string; entries: RosterEntry[] }) {
  const { t, locale } = useLanguage();
  if (entries.length > 0)
    return entries.map((entry) => (
      <Chip
        key={`${entry.shiftId} ${entry.from} ${entry.state}`}
        {...{ entry, shifts, compact }}
        person={person.name}
        movable={person.mayEdit && entry.own && entry.state === 'planned'}
        onOpen={() => onOpen({ personId: person.id, date, entry })}
      />
    ));
  // Beyond the last day with a roster nobody is off: nothing is planned yet.
  const nothing = through !== null && date <= through ? t('roster.off') : '–';
  if (!person.mayEdit) return <span className="roster-off">{nothing}</span>;
  return (
    <button
      type="button"
      className="roster-off"
      tabIndex={-1}
      aria-label={t('roster.addFor', { name: person.name, day: dayWords(date, locale) })}
      onClick={() => onOpen({ personId: person.id, date })}
      data-testid="square"
    >
      {nothing}
    </button>
  );
}
