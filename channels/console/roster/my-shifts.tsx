import { SwapOutlined } from '@ant-design/icons';
import { type Answer, call } from '../api/call.ts';
import { serverNow } from '../api/clock.ts';
import { useResource } from '../api/use-resource.ts';
import { useLanguage } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { centreWall } from '../ui/words.ts';
import { dayWords, hoursWords, plusDays, weekdayIndex, weekdayWords, windowOf } from './dates.ts';
import { PeriodBar } from './period-bar.tsx';
import type { RosterEntry } from './types.ts';
import { noteOf, toneOf } from './words.ts';

type Mine = Answer<'GET /api/v1/roster/mine'>;

/** 我的班: a month of one's own, as a calendar, and what comes next. */
export function MyShifts({ date, onDate }: { date: string; onDate(date: string): void }) {
  const { locale } = useLanguage();
  const window = windowOf('month', date);
  const { data, error, reload } = useResource(`my roster ${locale} ${window.from}`, (signal) =>
    call('GET /api/v1/roster/mine', { query: window }, { signal }),
  );
  return (
    <div className="my-shifts" data-testid="my-shifts">
      <Next />
      <div className="roster-bar">
        <PeriodBar unit="month" {...{ date, window, onDate }} today={data?.today} />
      </div>
      {!data && (error ? <Failed error={error} retry={reload} /> : <Loading />)}
      {data && <Month mine={data} />}
    </div>
  );
}

const DAYS_AHEAD = 14;

/** The shift that is on, or the first to come. */
function Next() {
  const { t, locale } = useLanguage();
  const today = centreWall(serverNow()).slice(0, 10);
  const query = { from: today, to: plusDays(today, DAYS_AHEAD) };
  const { data } = useResource(`my next shift ${locale} ${today}`, (signal) =>
    call('GET /api/v1/roster/mine', { query }, { signal }),
  );
  if (!data) return null;
  const now = serverNow();
  const next = data.entries.find(({ state, to }) => state !== 'away' && to > now);
  const words = next && `${dayWords(next.date, locale)} ${next.title} ${hoursWords(next)}`;
  return (
    <p className="my-next" data-testid="my-next">
      {next && words ? (
        <>
          <span>{t(next.from <= now ? 'roster.onNow' : 'roster.next')}</span>
          <strong className="num">{words}</strong>
          <span>{noteOf(next, t)}</span>
        </>
      ) : (
        t('roster.noNext', { days: DAYS_AHEAD })
      )}
    </p>
  );
}

function Month({ mine: { today, days, shifts, entries } }: { mine: Mine }) {
  const { t, locale } = useLanguage();
  const [first] = days;
  if (!first) return null;
  const before = weekdayIndex(first.date);
  const weeks = Array.from({ length: Math.ceil((before + days.length) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => days[week * 7 + day - before]),
  );
  return (
    <table className="my-month" aria-label={t('roster.mine')}>
      <thead>
        <tr>
          {Array.from({ length: 7 }, (_, day) => plusDays(first.date, day - before)).map((date) => (
            <th key={date} scope="col">
              {weekdayWords(date, locale)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find(Boolean)?.date}>
            {week.map((day, index) =>
              day ? (
                <td
                  key={day.date}
                  className={
                    day.date === today ? 'roster-today' : day.kind === 'holiday' ? 'roster-rest' : undefined
                  }
                  aria-current={day.date === today ? 'date' : undefined}
                >
                  <span className="my-date num">
                    {Number(day.date.slice(8))}
                    {day.holiday && <em>{day.holiday}</em>}
                  </span>
                  {entries
                    .filter(({ date }) => date === day.date)
                    .map((entry) => (
                      <Own key={`${entry.shiftId} ${entry.from} ${entry.state}`} {...{ entry, shifts }} />
                    ))}
                </td>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the blank squares before the first and after the last
                <td key={index} className="my-blank" />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Own({ entry, shifts }: { entry: RosterEntry; shifts: Mine['shifts'] }) {
  const { t } = useLanguage();
  const note = noteOf(entry, t);
  return (
    <div className={`shift ${toneOf(entry.name, shifts)} shift-${entry.state}`}>
      <span className="shift-name">
        {entry.title}
        {entry.state === 'taken' && <SwapOutlined aria-hidden />}
      </span>
      <span className="shift-hours num">{hoursWords(entry)}</span>
      {note && <span className="shift-note">{note}</span>}
    </div>
  );
}
