import { useEffect } from 'react';
import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { named, useLanguage } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';
import { endWords } from './dates.ts';
import { groupBy } from './group.ts';

const RENEW_MS = 30_000;

/** 谁在岗: who is on now, by team and shift, with until when. */
export function OnDuty() {
  const { t, locale } = useLanguage();
  const { data, error, reload } = useResource(`roster on duty ${locale}`, (signal) =>
    call('GET /api/v1/roster/on-duty', { query: {} }, { signal }),
  );
  useEffect(() => {
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload]);
  if (!data) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  if (data.people.length === 0) return <Nothing words={t('roster.nobodyOn')} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keys, and nothing in it can be pressed
    <section className="on-duty" aria-label={t('roster.now')} tabIndex={0} data-testid="on-duty">
      <p className="faint num">
        {t('roster.onAt', { at: momentOf(data.at, locale), n: data.people.length })}
      </p>
      {[...groupBy(data.people, ({ team }) => team?.name ?? '')].map(([team, people]) => (
        <section key={team} className="on-duty-team">
          <h2>{team || t('roster.noTeam')}</h2>
          {[...groupBy(people, ({ shift, until }) => `${shift} ${until}`)].map(([key, same]) => (
            <div key={key} className="on-duty-shift">
              <h3>
                {same[0]?.shift}
                <small className="num">{t('roster.until', { at: endWords(same[0]?.until ?? 0) })}</small>
              </h3>
              <ul>
                {same.map(({ personId, name, number, role }) => (
                  <li key={personId}>
                    <b>{name}</b>
                    <small className="num">
                      {number} {named(t, 'role', role)}
                    </small>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </section>
  );
}
