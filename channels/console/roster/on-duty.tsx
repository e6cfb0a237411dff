import { useEffect } from 'react';
import { type Answer, call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { named, useLanguage } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { momentOf } from '../ui/words.ts';
import { hoursWords } from './dates.ts';

const RENEW_MS = 30_000;
type OnDutyPerson = Answer<'GET /api/v1/roster/on-duty'>['people'][number];

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
      {groups(data.people, ({ team }) => team?.name ?? '').map(([team, people]) => (
        <section key={team} className="on-duty-team">
          <h2>{team || t('roster.noTeam')}</h2>
          {groups(people, ({ shift, until }) => `${shift} ${until}`).map(([key, [first, ...others]]) => (
            <div key={key} className="on-duty-shift">
              <h3>
                {first?.shift}
                <small className="num">{t('roster.until', { at: untilWords(first?.until ?? 0) })}</small>
              </h3>
              <ul>
                {[first, ...others].map(
                  (person) =>
                    person && (
                      <li key={person.personId}>
                        <b>{person.name}</b>
                        <small className="num">
                          {person.number} {named(t, 'role', person.role)}
                        </small>
                      </li>
                    ),
                )}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </section>
  );
}

const untilWords = (until: number) => hoursWords({ from: until, to: until }).split('–')[1] ?? '';

function groups(people: readonly OnDutyPerson[], keyOf: (person: OnDutyPerson) => string) {
  const found = new Map<string, OnDutyPerson[]>();
  for (const person of people) found.set(keyOf(person), [...(found.get(keyOf(person)) ?? []), person]);
  return [...found];
}
