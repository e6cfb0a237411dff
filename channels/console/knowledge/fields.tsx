import { Input } from 'antd';
import { type ReactNode, useId } from 'react';
import type { Entry } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { Markdown } from '../ui/markdown.tsx';
import { type Draft, tidy, variablesIn } from './draft.ts';
import { SmsCount } from './sms-count.tsx';
import { Suggestions } from './suggestions.tsx';

interface Props {
  /** Undefined: a new one, which has no suggestions yet. */
  entry?: Entry;
  draft: Draft;
  onChange(draft: Draft): void;
}

export function Fields({ entry, draft, onChange }: Props) {
  const t = useT();
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const variables = variablesIn(draft.title, draft.body, draft.sms);
  return (
    <div className="fields">
      <Labelled label={t('knowledge.title')}>
        {(id) => (
          <Input
            id={id}
            value={draft.title}
            maxLength={80}
            onChange={({ target }) => set({ title: target.value })}
            data-testid="entry-title-input"
          />
        )}
      </Labelled>
      <Body draft={draft} set={set} />
      {variables.length > 0 && (
        <p className="variables">
          {t('knowledge.variables')}
          {variables.map((name) => (
            <mark key={name} className="variable">
              {name}
            </mark>
          ))}
        </p>
      )}
      <Labelled label={t('knowledge.sms')} aside={<SmsCount text={draft.sms} />}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 2, maxRows: 6 }}
            value={draft.sms}
            maxLength={500}
            onChange={({ target }) => set({ sms: target.value })}
            data-testid="entry-sms"
          />
        )}
      </Labelled>
      <Labelled label={t('knowledge.questions')} aside={<small>{t('knowledge.questionsHint')}</small>}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 4, maxRows: 12 }}
            value={draft.questions.join('\n')}
            onChange={({ target }) => set({ questions: target.value.split('\n') })}
            data-testid="entry-questions"
          />
        )}
      </Labelled>
      {entry && (
        <Suggestions
          entry={entry}
          draft={draft}
          onTake={(question) =>
            set({ questions: tidy({ ...draft, questions: [...draft.questions, question] }).questions })
          }
        />
      )}
      <Dates draft={draft} set={set} />
    </div>
  );
}

type Set = (part: Partial<Draft>) => void;

function Body({ draft, set }: { draft: Draft; set: Set }) {
  const t = useT();
  return (
    <div className="fields-body">
      <Labelled label={t('knowledge.body')} aside={<small>{t('knowledge.bodyHint')}</small>}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoSize={{ minRows: 9, maxRows: 22 }}
            value={draft.body}
            maxLength={8000}
            onChange={({ target }) => set({ body: target.value })}
            data-testid="entry-body"
          />
        )}
      </Labelled>
      <section aria-label={t('knowledge.preview')}>
        <h3>{t('knowledge.preview')}</h3>
        <div className="wording" data-testid="entry-preview">
          <Markdown text={draft.body} />
        </div>
      </section>
    </div>
  );
}

function Dates({ draft, set }: { draft: Draft; set: Set }) {
  const t = useT();
  return (
    <div className="fields-dates">
      <Labelled label={t('knowledge.validFrom')}>
        {(id) => (
          <Input
            id={id}
            type="date"
            required
            value={draft.validFrom}
            onChange={({ target }) => target.value && set({ validFrom: target.value })}
          />
        )}
      </Labelled>
      <Labelled label={t('knowledge.validTo')} aside={<small>{t('knowledge.validToHint')}</small>}>
        {(id) => (
          <Input
            id={id}
            type="date"
            min={draft.validFrom}
            value={draft.validTo ?? ''}
            onChange={({ target }) => set({ validTo: target.value || null })}
            data-testid="entry-valid-to"
          />
        )}
      </Labelled>
    </div>
  );
}

interface LabelledProps {
  label: string;
  aside?: ReactNode;
  children(id: string): ReactNode;
}

export function Labelled({ label, aside, children }: LabelledProps) {
  const id = useId();
  return (
    <div className="labelled">
      <span className="labelled-head">
        <label htmlFor={id}>{label}</label>
        {aside}
      </span>
      {children(id)}
    </div>
  );
}
