import { Button } from 'antd';
import type { Message } from '../api/types.ts';
import { useLanguage, useT } from '../i18n/index.tsx';
import { Files } from '../ui/files.tsx';
import { timeOf } from '../ui/words.ts';
import { MessageText } from './message-text.tsx';
import type { Outgoing } from './transcript-state.ts';
import type { Hindered } from './use-hindered.ts';

interface LineProps {
  conversationId: string;
  message: Message;
  /** It follows on the same speaker's words, whose name stands above. */
  joined: boolean;
  /** It did not reach the customer, or not yet. */
  hindered?: Hindered['messages'][number] | undefined;
}

export function MessageLine({ conversationId, message, joined, hindered }: LineProps) {
  const { t, locale } = useLanguage();
  const { author, text, at, state, sources, actions } = message;
  const note = message.visibility === 'staff';
  if (author === 'system' && !note) {
    return (
      <p className="line-system" data-author="system" data-seq={message.seq}>
        {text} <time className="num">{timeOf(at, locale)}</time>
      </p>
    );
  }
  const name = message.name ?? t(`transcript.${author === 'staff' ? 'agent' : author}`);
  return (
    <article
      className={`line line-${note ? 'note' : author} ${state === 'superseded' ? 'line-superseded' : ''}`}
      data-author={note ? 'note' : author}
      data-state={state}
      data-seq={message.seq}
    >
      {!joined && (
        <header>
          <strong>{note ? t('transcript.noteOf', { name }) : name}</strong>
          <time className="num">{timeOf(at, locale)}</time>
        </header>
      )}
      <div className="bubble">
        {text && <MessageText conversationId={conversationId} message={message} />}
        <Files files={message.files} />
        {actions.length > 0 && (
          <p className="line-meta">
            {t('transcript.options')}
            {actions.join(' / ')}
          </p>
        )}
        {sources.length > 0 && (
          <p className="line-meta">
            {t('transcript.sources')}
            {sources.map(({ title }) => title).join('；')}
          </p>
        )}
      </div>
      {state === 'superseded' && <p className="line-foot">{t('transcript.superseded')}</p>}
      {hindered && <HinderedFoot {...hindered} />}
    </article>
  );
}

function HinderedFoot({ state, why }: Hindered['messages'][number]) {
  const t = useT();
  const words = t(`transcript.hindered.${state}`);
  return (
    <p
      className={`line-foot ${state === 'undelivered' ? 'line-foot-failed' : ''}`}
      data-testid="hindered"
      data-state={state}
    >
      {why ? `${words}${t('transcript.hindered.why', { why: t(`undelivered.why.${why}`) })}` : words}
    </p>
  );
}

interface OutgoingProps {
  entry: Outgoing;
  onResend(): void;
  onDiscard(): void;
}

export function OutgoingLine({ entry, onResend, onDiscard }: OutgoingProps) {
  const { t, locale } = useLanguage();
  const { kind, state, text, files, at, why } = entry;
  return (
    <article
      className={`line line-${kind === 'note' ? 'note' : 'agent'} line-${state}`}
      data-author={kind === 'note' ? 'note' : 'agent'}
      data-state={state}
    >
      <header>
        <time className="num">{timeOf(at, locale)}</time>
      </header>
      <div className="bubble">
        {text && <p className="plain">{text}</p>}
        {files.length > 0 && <p>{files.map(({ name }) => name).join('；')}</p>}
      </div>
      {state === 'sending' && <p className="line-foot">{t('transcript.sending')}</p>}
      {state === 'failed' && (
        <p className="line-foot line-foot-failed" role="alert">
          {t('transcript.failed', { why: why ?? '' })}
          <Button type="link" size="small" onClick={onResend} data-testid="resend">
            {t('transcript.resend')}
          </Button>
          <Button type="link" size="small" danger onClick={onDiscard}>
            {t('transcript.discard')}
          </Button>
        </p>
      )}
    </article>
  );
}
