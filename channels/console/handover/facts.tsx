import { useLanguage } from '../i18n/index.tsx';
import { momentOf } from '../ui/words.ts';
import type { Handover } from './types.ts';

/** The figures 实时数据; live until the handover is completed, then as they were. */
export function Facts({ handover }: { handover: Handover }) {
  const { t, locale } = useLanguage();
  const { facts } = handover;
  const { ticketsOpen, ticketsOverdue, queue, callbacks, overdue, incidents = [], unread } = facts;
  const counts = { ticketsOpen, ticketsOverdue, queue, callbacks };
  const changes = facts.changes.map(({ cause, off, on }) =>
    t(`handover.cause.${cause}`, { off, on: on ?? t('handover.nobody') }),
  );
  const lists: [string, readonly string[]][] = [
    [t('handover.ticketsOverdue'), overdue],
    [t('handover.incidents'), incidents],
    [t('handover.changes'), changes],
    [t('handover.unread'), unread.map(({ person, titles }) => `${person}：${titles.join('、')}`)],
    [t('handover.knowledgeAdded'), facts.knowledgeAdded],
    [t('handover.knowledgeRemoved'), facts.knowledgeRemoved],
  ];
  return (
    <section data-testid="handover-facts">
      <h3>
        {t('handover.facts')}{' '}
        <small className="faint">{t('handover.factsAt', { at: momentOf(facts.at, locale) })}</small>
      </h3>
      <dl className="handover-figures">
        {(Object.keys(counts) as (keyof typeof counts)[]).map((key) => (
          <div key={key}>
            <dt>{t(`handover.${key}`)}</dt>
            <dd className="num">{counts[key]}</dd>
          </div>
        ))}
      </dl>
      <dl>
        {lists.map(([label, lines]) =>
          lines.length === 0 ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{lines.join('；')}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}
