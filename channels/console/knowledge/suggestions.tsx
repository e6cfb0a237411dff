import { BulbOutlined } from '@ant-design/icons';
import { Alert, Button, Tag } from 'antd';
import { type Answer, call } from '../api/call.ts';
import type { Entry } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import { type Draft, tidy } from './draft.ts';
import { type Suggesting, useSuggestions } from './use-suggestions.ts';
import './suggestions.css';

type Suggestion = Answer<'POST /api/v1/entries/:id/suggested-questions'>['suggestions'][number];

interface Props {
  entry: Entry;
  draft: Draft;
  onTake(question: string): void;
}

/** 推荐相似问: the model writes them, the editor takes them one by one; nothing is added by itself. */
export function Suggestions({ entry, draft, onTake }: Props) {
  const t = useT();
  const { title, questions, body } = tidy(draft);
  const { state, ask } = useSuggestions((signal) =>
    call(
      'POST /api/v1/entries/:id/suggested-questions',
      { params: { id: entry.id }, body: { title, questions, body } },
      { signal },
    ),
  );
  return (
    <section className="suggestions" aria-label={t('knowledge.suggestions')}>
      <div className="suggestions-head">
        <Button
          size="small"
          icon={<BulbOutlined />}
          loading={state.kind === 'loading'}
          onClick={ask}
          data-testid="entry-suggest"
        >
          {t('knowledge.suggest')}
        </Button>
        <small>{t('knowledge.suggestHint')}</small>
      </div>
      <div role="status" aria-live="polite" data-testid="entry-suggestions">
        <Outcome state={state} taken={questions} onTake={onTake} />
      </div>
    </section>
  );
}

interface OutcomeProps {
  state: Suggesting;
  taken: readonly string[];
  onTake(question: string): void;
}

function Outcome({ state, taken, onTake }: OutcomeProps) {
  const t = useT();
  if (state.kind === 'none') return null;
  if (state.kind === 'loading') return <p className="faint">{t('knowledge.suggesting')}</p>;
  if (state.kind === 'failed') return <Alert type="warning" showIcon title={wordsFor(state.error, t)} />;
  const { configured, suggestions } = state.answer;
  if (!configured) return <Alert type="info" showIcon title={t('knowledge.noModel')} />;
  if (suggestions.length === 0) return <p className="faint">{t('knowledge.noSuggestions')}</p>;
  return (
    <ul className="suggestions-list">
      {suggestions.map((suggestion) => (
        <Row
          key={suggestion.text}
          suggestion={suggestion}
          taken={taken.includes(suggestion.text)}
          onTake={() => onTake(suggestion.text)}
        />
      ))}
    </ul>
  );
}

function Row({ suggestion, taken, onTake }: { suggestion: Suggestion; taken: boolean; onTake(): void }) {
  const t = useT();
  const { text, known, other } = suggestion;
  return (
    <li>
      <span className="suggestions-text">{text}</span>
      {known && <Tag>{t('knowledge.suggestKnown')}</Tag>}
      {other && <Tag color="warning">{t('knowledge.suggestOther', { title: other.title })}</Tag>}
      <Button
        size="small"
        disabled={taken || known}
        onClick={onTake}
        aria-label={`${t('knowledge.take')} ${text}`}
      >
        {taken ? t('knowledge.taken') : t('knowledge.take')}
      </Button>
    </li>
  );
}
