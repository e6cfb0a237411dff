import { Alert, App, Button, Input } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { asApiError } from '../api/error.ts';
import { useResource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import { type SynonymGroup, useSynonymWrites, wordsOf } from './synonyms.ts';
import './synonyms.css';

interface Props {
  /** Undefined: a new one. */
  group: SynonymGroup | undefined;
  /** Raised when the knowledge changed. */
  round: number;
  onSaved(group: SynonymGroup): void;
  onRemoved(): void;
  /** Somebody wrote the group meanwhile. */
  onStale(): void;
  onEntry(id: string): void;
}

/** One group of synonyms: its words, what is wrong with them, and what each of them finds. */
export function SynonymPane({ group, round, onSaved, onRemoved, onStale, onEntry }: Props) {
  const t = useT();
  const { can } = useSession();
  const { message } = App.useApp();
  const writes = useSynonymWrites();
  const [text, setText] = useState(group?.words.join('\n') ?? '');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const words = wordsOf(text);
  const dirty = words.join('\n') !== (group?.words.join('\n') ?? '');
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(wordsFor(error, t));
      if (asApiError(error).code === 'version_changed') onStale();
    }
    setBusy(false);
  };
  const save = () =>
    attempt(async () => {
      const saved = await writes.save(group, words);
      message.success(t('synonyms.saved'));
      onSaved(saved);
    });
  const undo = (removed: SynonymGroup) =>
    writes.save(removed, removed.words).then(onSaved, (error) => message.error(wordsFor(error, t)));
  const remove = (kept: SynonymGroup) =>
    attempt(async () => {
      const removed = await writes.remove(kept);
      const key = `undo ${removed.id}`;
      const takeBack = () => {
        message.destroy(key);
        void undo(removed);
      };
      const content = (
        <>
          {t('synonyms.removed')}
          <Button type="link" size="small" onClick={takeBack} data-testid="synonym-undo">
            {t('synonyms.undo')}
          </Button>
        </>
      );
      message.success({ key, content, duration: 10 });
      onRemoved();
    });
  return (
    <div className="entry synonym">
      <h2>{group ? t('synonyms.group') : t('synonyms.add')}</h2>
      <Words text={text} onChange={setText} readOnly={!can('synonym.edit')} />
      {problem && <Alert type="error" showIcon title={problem} data-testid="synonym-problem" />}
      {can('synonym.edit') && (
        <div className="synonym-acts">
          <Button
            type="primary"
            disabled={!dirty || words.length === 0}
            loading={busy}
            onClick={save}
            data-testid="synonym-save"
          >
            {t('synonyms.save')}
          </Button>
          {group && (
            <Button danger disabled={busy} onClick={() => remove(group)} data-testid="synonym-remove">
              {t('synonyms.remove')}
            </Button>
          )}
        </div>
      )}
      {group && <Found group={group} round={round} onEntry={onEntry} />}
    </div>
  );
}

function Words({
  text,
  onChange,
  readOnly,
}: {
  text: string;
  onChange(text: string): void;
  readOnly: boolean;
}) {
  const t = useT();
  const id = useId();
  return (
    <div className="synonym-words">
      <label htmlFor={id}>{t('synonyms.words')}</label>
      <Input.TextArea
        id={id}
        aria-describedby={`${id}-hint`}
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={text}
        readOnly={readOnly}
        placeholder={t('synonyms.example')}
        onChange={({ target }) => onChange(target.value)}
        data-testid="synonym-words"
      />
      <p id={`${id}-hint`} className="faint">
        {t('synonyms.hint')}
      </p>
    </div>
  );
}

/** What each word finds now, so that the editor sees whether the group does what was meant. */
function Found({ group, round, onEntry }: Pick<Props, 'round' | 'onEntry'> & { group: SynonymGroup }) {
  const t = useT();
  const found = useResource(`synonym ${group.id} ${group.revision}`, (signal) =>
    call('GET /api/v1/synonyms/:id/found', { params: { id: group.id } }, { signal }),
  );
  const { reload } = found;
  const last = useRef(round);
  useEffect(() => {
    if (last.current === round) return;
    last.current = round;
    reload();
  }, [round, reload]);
  if (!found.data)
    return found.error ? <Alert type="warning" showIcon title={wordsFor(found.error, t)} /> : null;
  return (
    <section className="synonym-found" aria-label={t('synonyms.found')} data-testid="synonym-found">
      <h3>{t('synonyms.found')}</h3>
      {found.data.words.map(({ word, entries }) => (
        <div key={word}>
          <h4>{word}</h4>
          {entries.length === 0 && <p className="faint">{t('synonyms.foundNothing')}</p>}
          <ul>
            {entries.map(({ id, title }) => (
              <li key={id}>
                <button type="button" className="link synonym-entry" onClick={() => onEntry(id)}>
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
