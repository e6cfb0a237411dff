import type { Entry, Revision } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { Markdown } from '../ui/markdown.tsx';
import { Revisions } from './revisions.tsx';
import { SmsCount } from './sms-count.tsx';
import { WithVariables } from './variables.tsx';

export function EntryView({ entry, revisions }: { entry: Entry; revisions: readonly Revision[] }) {
  const t = useT();
  return (
    <div className="entry-view">
      <section>
        <h3>{t('knowledge.body')}</h3>
        <div className="wording" data-testid="entry-body-view">
          <Markdown text={entry.body} />
        </div>
      </section>
      <section>
        <h3>
          {t('knowledge.sms')} <SmsCount text={entry.sms} />
        </h3>
        <p className="wording plain">
          <WithVariables text={entry.sms} />
        </p>
      </section>
      <section>
        <h3>
          {t('knowledge.questions')} <span className="count num">{entry.questions.length}</span>
        </h3>
        <ul className="questions">
          {entry.questions.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t('knowledge.validity')}</h3>
        <p className="num">
          {entry.validFrom} – {entry.validTo ?? t('knowledge.open')}
        </p>
      </section>
      <Revisions revisions={revisions} />
    </div>
  );
}
