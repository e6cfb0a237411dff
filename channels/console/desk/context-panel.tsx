import type { ReactNode } from 'react';
import { call } from '../api/call.ts';
import type { Conversation } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { named, useLanguage } from '../i18n/index.tsx';
import { momentOf } from '../ui/words.ts';
import { ConversationTickets } from './conversation-tickets.tsx';
import { CustomerProfile } from './customer-profile.tsx';
import { JoinedChannels } from './joined-channels.tsx';
import { readSummary } from './summary.ts';

interface Props {
  conversation: Conversation;
  onTickets(listener: () => void): () => void;
  /** The conversation is no longer joined to others. */
  onParted(): void;
}

/** The right side of the desk: why it was handed over, who it is, and what was made of it. */
export function ContextPanel({ conversation, onTickets, onParted }: Props) {
  const { t, locale } = useLanguage();
  const { can } = useSession();
  const { episode } = conversation;
  const settings = useResource('desk settings', (signal) =>
    call('GET /api/v1/desk/settings', {}, { signal }),
  );
  const queue = settings.data?.queues.find(({ code }) => code === episode?.queue);
  const wrapUp = settings.data?.wrapUpCodes.find(({ code }) => code === episode?.wrapUp);
  return (
    <div className="context">
      {episode && (
        <section>
          <h2>{t('context.reason')}</h2>
          <p className="context-reason">
            {episode.reason ? named(t, 'reason', episode.reason) : t('reason.none')}
          </p>
          <Summary summary={episode.summary} />
        </section>
      )}
      <section>
        <h2>{t('context.customer')}</h2>
        <dl>
          <Fact label={t('context.channel')}>
            {named(t, 'channel', conversation.channel)} · {conversation.site}
          </Fact>
          <Fact label={t('context.language')}>{named(t, 'language', conversation.locale)}</Fact>
          <Fact label={t('context.since')}>{momentOf(conversation.createdAt, locale)}</Fact>
          {episode && <Fact label={t('context.opened')}>{momentOf(episode.openedAt, locale)}</Fact>}
          {episode?.queue && <Fact label={t('context.queue')}>{queue?.name[locale] ?? episode.queue}</Fact>}
          {episode?.wrapUp && (
            <Fact label={t('context.wrapUp')}>{wrapUp?.name[locale] ?? episode.wrapUp}</Fact>
          )}
        </dl>
        <CustomerProfile conversationId={conversation.id} customerId={conversation.customerId} />
      </section>
      <JoinedChannels
        conversationId={conversation.id}
        customerId={conversation.customerId}
        onParted={onParted}
      />
      {can('ticket.read') && <ConversationTickets conversationId={conversation.id} onTickets={onTickets} />}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd className="num">{children}</dd>
    </div>
  );
}

function Summary({ summary }: { summary: Record<string, unknown> | null }) {
  const { t } = useLanguage();
  const { questions, entryIds, form } = readSummary(summary);
  return (
    <div data-testid="summary">
      {questions.length > 0 && (
        <Titled title={t('context.questions')}>
          <ol className="context-questions">
            {questions.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ol>
        </Titled>
      )}
      {entryIds.length > 0 && (
        <Titled title={t('context.entries')}>
          <ul className="context-entries">
            {[...new Set(entryIds)].map((id) => (
              <li key={id}>
                <EntryTitle id={id} />
              </li>
            ))}
          </ul>
        </Titled>
      )}
      {form && form.facts.length > 0 && (
        <Titled title={`${t('context.form')} · ${form.title}`}>
          <dl>
            {form.facts.map(({ label, value }) => (
              <Fact key={label} label={label}>
                {value}
              </Fact>
            ))}
          </dl>
        </Titled>
      )}
    </div>
  );
}

function EntryTitle({ id }: { id: string }) {
  const found = useResource(`entry ${id}`, (signal) =>
    call('GET /api/v1/entries/:id', { params: { id } }, { signal }),
  );
  return found.data?.entry.title ?? id;
}

function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h3>{title}</h3>
      {children}
    </>
  );
}
